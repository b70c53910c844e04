/** Which rung of the ladder moves cases: of those judged, the share somebody answered. */
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import styles from './Overview.module.css';

type Overview = Schemas['Overview'];

export function Effects({ overview: { effects } }: { readonly overview: Overview }) {
  const mayNotices = useMay('notice.read');
  const titles = [...new Map(effects.rungs.map((rung) => [`${rung.tone} ${rung.title}`, rung])).values()].map(
    (rung) => {
      const same = effects.rungs.filter(({ tone, title }) => tone === rung.tone && title === rung.title);
      const sum = (of: (one: typeof rung) => number) => same.reduce((total, one) => total + of(one), 0);
      return { ...rung, judged: sum(({ judged }) => judged), answered: sum(({ answered }) => answered) };
    },
  );
  return (
    <Card
      title="哪一级起了作用"
      note={`近 ${effects.days} 天，发出后 ${effects.within} 个工作日内有人办理`}
      acts={mayNotices ? <Link to="/notices/effects">明细</Link> : undefined}
    >
      {titles.length === 0 ? (
        <p className="quiet">近 {effects.days} 天没有发出过提醒。</p>
      ) : (
        <ul className={styles['effects']}>
          {titles.map(({ tone, title, judged, answered }) => {
            const share = judged === 0 ? 0 : answered / judged;
            return (
              <li key={`${tone} ${title}`}>
                <span className={tone}>{title}</span>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="100" height="8" rx="2" fill="#efede6" />
                  <rect width={share * 100} height="8" rx="2" fill="#5f917f" />
                </svg>
                <em>
                  {answered} / {judged}
                </em>
                <b>{judged === 0 ? '—' : `${Math.floor(share * 100)}%`}</b>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
