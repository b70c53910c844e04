/** Other cases this one has to do with, and where they stand. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Card } from '../../parts/Card.tsx';
import { casePath } from '../../words/links.ts';
import styles from './Case.module.css';
import type { CaseNow } from './use-case.ts';

const FEW = 8;

export function Links({ view: { links, hiddenLinks } }: { readonly view: CaseNow }) {
  const [all, setAll] = useState(false);
  if (links.length === 0 && hiddenLinks === 0) return null;
  // What is left to do comes first; finished ones lose their weight.
  const sorted = [...links].sort((a, b) => Number(a.closed) - Number(b.closed));
  return (
    <Card title="关联" note={`${links.length + hiddenLinks} 件`}>
      <ul className={styles['links']}>
        {(all ? sorted : sorted.slice(0, FEW)).map(({ caseId, why, title, stageTitle, closed }) => (
          <li key={caseId}>
            <Link to={casePath(caseId)} title={title}>
              {title}
            </Link>
            <span className={closed ? 'faint' : styles['tag']}>{stageTitle}</span>
            <p>{why}</p>
          </li>
        ))}
      </ul>
      {links.length > FEW && !all && (
        <Button size="small" className="no-print" onClick={() => setAll(true)}>
          其余 {links.length - FEW} 件
        </Button>
      )}
      {hiddenLinks > 0 && <p className="small faint">另有 {hiddenLinks} 件不在您的查看范围内。</p>}
    </Card>
  );
}
