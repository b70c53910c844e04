/** The stages of the case's course in order: gone through, standing there, still to come. */
import styles from './Case.module.css';
import type { CaseMoment } from './use-case.ts';

const CLASS = { done: 'stageDone', current: 'stageCurrent', later: 'stageLater' } as const;

export const Stages = ({ stages, past }: { readonly stages: CaseMoment['stages']; readonly past: boolean }) => (
  <ol className={styles['stages']} aria-label={past ? '那一刻的办理阶段' : '办理阶段'}>
    {stages.map(({ stage, title, place }) => (
      <li
        key={stage}
        className={styles[CLASS[place]]}
        {...(place === 'current' ? { 'aria-current': 'step' as const } : {})}
      >
        {title}
      </li>
    ))}
  </ol>
);
