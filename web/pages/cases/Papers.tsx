/** Papers of the case: when made, when received, the digest that proves them; each opens as it was received. */
import { useState } from 'react';
import { Button } from 'antd';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { dayAndTime, shortDay } from '../../words/dates.ts';
import { evidencePath } from '../../words/links.ts';
import styles from './Case.module.css';
import type { CaseMoment } from './use-case.ts';

const FEW = 12;

export function Papers({ papers, past }: { readonly papers: CaseMoment['papers']; readonly past: boolean }) {
  const [all, setAll] = useState(false);
  const mayOpen = useMay('evidence.read');
  const shown = all ? papers : papers.slice(0, FEW);
  return (
    <Card title="文书" note={papers.length === 0 ? undefined : `${papers.length} 件`}>
      {papers.length === 0 ? (
        <p className="quiet">{past ? '那一刻还没有文书。' : '还没有文书。办理时上传的佐证会列在这里。'}</p>
      ) : (
        <table className={styles['papers']}>
          <caption className="hidden-text">文书及其形成、登记日期与摘要值</caption>
          <thead>
            <tr>
              <th scope="col">文书</th>
              <th scope="col">形成 / 登记</th>
              <th scope="col">摘要值</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ digest, title, madeOn, receivedAt }, nth) => (
              <tr key={`${digest} ${String(nth)}`}>
                <th scope="row" title={title}>
                  {mayOpen && receivedAt !== null ? (
                    <a href={evidencePath(digest)} target="_blank" rel="noreferrer">
                      {title}
                    </a>
                  ) : (
                    title
                  )}
                </th>
                <td>
                  {madeOn === null ? '—' : shortDay(madeOn)} /{' '}
                  {receivedAt === null ? '未收到' : shortDay(dayAndTime(receivedAt).on)}
                </td>
                <td title={digest}>
                  {digest.slice(0, 4)}…{digest.slice(-2)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {papers.length > FEW && !all && (
        <Button size="small" className="no-print" onClick={() => setAll(true)}>
          其余 {papers.length - FEW} 件
        </Button>
      )}
    </Card>
  );
}
