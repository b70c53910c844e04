/** 启动单: what will be written, counted, in one column that stays in sight. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { dayWords, instantWords } from '../../words/dates.ts';
import styles from './KickOff.module.css';

type Preview = Schemas['CyclePreview'];

const number = new Intl.NumberFormat('zh-CN');

export function Slip({ preview, children }: { readonly preview: Preview; readonly children: ReactNode }) {
  const { totals, period, provisional, hash, dueOn, firstNotices } = preview;
  const ladders = useQuery({ queryKey: ['ladders'], queryFn: () => ask(api.GET('/api/ladders')), staleTime: 300_000 });
  const ladder = ladders.data?.inForce.find(({ body }) => body['name'] === 'supervision-round')?.body;
  const { reminders, after } = ladderWords(ladder);
  const merged = totals.problems['already-in-period'] ?? 0;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['开轮次', `${number.format(totals.rounds)} 个`],
    ...(merged === 0 ? [] : [['其中已有', `${number.format(merged)} 个，不重复开`] as const]),
    ['走访任务', `${number.format(totals.visits)} 户`],
    ['其中须现场', `${number.format(totals.onSite)} 户`],
    ['起止', `${dayWords(period.fromOn)} – ${dayWords(period.toOn)}`],
    [
      '到期',
      <>
        {dayWords(dueOn ?? period.toOn)} 24:00 {provisional && <span className={styles['provisional']}>暂定</span>}
      </>,
    ],
    ['提醒', reminders],
    ['逾期', after],
    ['首批通知', `${number.format(firstNotices.people)} 人，${instantWords(firstNotices.at)} 起`],
  ];
  return (
    <aside className={styles['slip']} aria-label="启动单">
      <h2>启动单</h2>
      <p className="small faint">{preview.title}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="small">
        预览编号 <b>{hash.slice(0, 8).toUpperCase()}</b>
      </p>
      <p className="small quiet">名册有变须重新预览。</p>
      <div className={styles['confirm']}>{children}</div>
    </aside>
  );
}

interface Rung {
  readonly place?: { share?: number; workingDaysBefore?: number; workingDaysAfter?: number; due?: boolean };
  readonly document?: string;
}

/** The ladder in the words of a slip: when reminders go out, which papers follow. */
function ladderWords(ladder: unknown): { readonly reminders: string; readonly after: string } {
  const rungs = (ladder as { readonly rungs?: readonly Rung[] } | undefined)?.rungs ?? [];
  const reminders = rungs.flatMap(({ place }) => {
    if (place?.share !== undefined) return [`${Math.round(place.share * 100)}%`];
    return place?.workingDaysBefore === undefined ? [] : [`前 ${place.workingDaysBefore} 个工作日`];
  });
  const after = rungs.flatMap(({ document }) => (document === undefined ? [] : [document]));
  return { reminders: reminders.join('、') || '按阶梯', after: after.join('、') || '逐级上报' };
}
