/** Shown to the business: what will be recorded, and whether it confirms. */
import { Button } from 'antd';
import { useState } from 'react';
import type { VisitBody } from '../../offline/delivery.ts';
import { shown, standing, type ChecklistItem, type Draft } from '../../offline/draft.ts';
import { dayWords } from '../../words/dates.ts';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './Rounds.module.css';

const MODE: Readonly<Record<Draft['mode'], string>> = {
  'on-site': '现场',
  video: '视频',
  'report-meeting': '汇报会',
};
const SEVERITY = { minor: '轻微', general: '一般', serious: '严重' } as const;

interface ConfirmProps {
  readonly draft: Draft;
  readonly checklist: readonly ChecklistItem[];
  readonly send: (confirmedBy: VisitBody['confirmedBy']) => Promise<void>;
  readonly back: () => void;
}

export function Confirm({ draft, checklist, send, back }: ConfirmProps) {
  const [sending, setSending] = useState(false);
  const findings = standing(draft);
  const count = (answer: string) => checklist.filter(({ code }) => draft.answers[code] === answer).length;
  const titleOf = (code: string) => fullWidth(checklist.find((item) => item.code === code)?.title ?? code);
  const put = (confirmedBy: VisitBody['confirmedBy']) => {
    setSending(true);
    void send(confirmedBy).finally(() => setSending(false));
  };
  return (
    <>
      <section className={styles['block']} aria-labelledby="confirm">
        <h2 id="confirm">请经营者看过</h2>
        <p>
          {dayWords(draft.visitedOn)}，{MODE[draft.mode]}督导。任务清单 {count('yes')} 项符合，{count('no')} 项不符合，
          {count('na')} 项不涉及；照片 {shown(draft).length} 张。
        </p>
        {findings.length === 0 ? (
          <p>没有发现问题。</p>
        ) : (
          <ol className={styles['told']}>
            {findings.map(({ finding, item, text, severity, onSpot }) => (
              <li key={finding}>
                <b>{text}</b>
                <span className="quiet">
                  {titleOf(item)} · {SEVERITY[severity]}
                  {onSpot ? ' · 已当场改正' : ' · 交办市场监管所'}
                </span>
              </li>
            ))}
          </ol>
        )}
        {draft.note.trim() !== '' && <p className="quiet">说明：{draft.note}</p>}
        <p className="small faint">送出后原记录保留；有出入的，可在规定期限内补正，补正另记一条。</p>
      </section>
      <div className={styles['sticky']}>
        <Button type="primary" size="large" block loading={sending} onClick={() => put('business')}>
          经营者已确认，送出
        </Button>
        <div className={styles['pair']}>
          <Button size="large" disabled={sending} onClick={() => put('refused')}>
            拒绝确认，照实送出
          </Button>
          <Button size="large" disabled={sending} onClick={back}>
            返回修改
          </Button>
        </div>
      </div>
    </>
  );
}
