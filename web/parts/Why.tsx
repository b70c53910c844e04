/** Why this date: the days counted, where it starts, the limit and its article, stops, the last day, what follows. */
import type { ReactNode } from 'react';
import type { Schemas } from '../api/client.ts';
import { dayWords, endWords, instantWords } from '../words/dates.ts';
import { limitWords } from '../words/limits.ts';
import { fullWidth } from '../words/punctuation.ts';
import { inFull } from '../words/statutes.ts';
import { DayCount } from './DayCount.tsx';
import styles from './Why.module.css';

type Explanation = Schemas['Explanation'];

export interface NextStep {
  readonly when: string;
  readonly what: ReactNode;
  readonly done: boolean;
}

interface WhyProps {
  readonly id?: string;
  readonly explanation: Explanation;
  readonly today?: string;
  /** What happened and will happen rung by rung if nothing is done. */
  readonly steps?: readonly NextStep[];
  /** As a panel inside a list row; a card of its own otherwise. */
  readonly inset?: boolean;
}

export function Why({ id, explanation, today, steps = [], inset = false }: WhyProps) {
  const { due, startedAt, starts, stages, basis, mark, days, stops, moved, regime, rule, version, calendar } =
    explanation;
  const end = due === null ? '末日未定' : `${dayWords(due.dueOn)} ${endWords(due.dueAt)}`;
  const counted = days.filter((day) => day.counted).length;
  const skipped = days.length - counted;
  return (
    <div id={id} className={`${styles['why']} ${inset ? styles['inset'] : ''}`}>
      <DayCount explanation={explanation} {...(today === undefined ? {} : { today })} />
      <div className={styles['text']}>
        <h3>为什么是 {end}</h3>
        <dl>
          <dt>起算</dt>
          <dd>
            {instantWords(startedAt)}，{fullWidth(starts)}
            {due?.unit === 'h' ? '' : '，当日不计'}。
          </dd>
          <dt>时限</dt>
          <dd>
            {stages.length === 0 ? '末日由文书或者周期定明' : stages.map(limitWords).join('，加 ')}。
            {fullWidth(inFull(basis))}
            {mark === 'V' ? '' : '；区规定，不是法律'}。
          </dd>
          {due?.unit !== 'h' && days.length > 0 && (
            <>
              <dt>逐日</dt>
              <dd>
                计 {counted} 日{skipped > 0 ? `，不计 ${skipped} 日` : ''}。{fullWidth(regime.says)}。
              </dd>
            </>
          )}
          <dt>停表</dt>
          <dd>{stopWords(stops)}</dd>
          <dt>末日</dt>
          <dd>{lastWords(explanation)}</dd>
          {moved.strict !== null && (
            <>
              <dt>顺延</dt>
              <dd>
                {dayWords(moved.strict.from)} 遇放假，依 {inFull(moved.strict.article)} 顺延至{' '}
                {dayWords(moved.strict.to)}。
              </dd>
            </>
          )}
        </dl>
        <p className="small faint">
          规则 {rule} · 版本 {version} · 日历 {calendar.version}
        </p>
      </div>
      {steps.length > 0 && (
        <div className={styles['steps']}>
          <h3>到时仍未办</h3>
          <ol>
            {steps.map(({ when, what, done }) => (
              <li key={`${when} ${String(done)}`} className={done ? styles['done'] : undefined}>
                <span>{when}</span>
                <span>{what}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function stopWords(stops: Explanation['stops']): string {
  if (stops.length === 0) return '没有停表。';
  return `${stops
    .map(
      ({ title, from, to, counts, document }) =>
        `${instantWords(from)} ${to === null ? '起' : `至 ${instantWords(to)}`}，${title}（${document}）${counts ? '' : '，依本条不停表'}`,
    )
    .join('；')}。`;
}

function lastWords({ due, calendar }: Explanation): string {
  if (due === null) return '停表中，恢复后再定。';
  const sentences = [`${dayWords(due.dueOn)} ${endWords(due.dueAt)}。`];
  if (due.dueOnLenient !== due.dueOn)
    sentences.push(`宽松算法（放假日和普通周末都顺延）为 ${dayWords(due.dueOnLenient)}；提醒和统计按前者。`);
  if (due.provisional)
    sentences.push(`放假安排只公布到 ${dayWords(calendar.knownThrough)}，其后为暂定，公布后可能变动。`);
  return sentences.join('');
}
