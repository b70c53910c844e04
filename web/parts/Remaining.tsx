/** What is left of a limit, over its last day: the second line opens why. */
import { dueWords, isLaw, standingWords, type Standing } from '../words/dates.ts';
import styles from './Remaining.module.css';

interface RemainingProps {
  readonly standing: Standing;
  /** Opens and closes the reason; without it the date is text. */
  readonly why?: { readonly open: boolean; readonly panel: string; readonly toggle: () => void };
}

export function Remaining({ standing, why }: RemainingProps) {
  const date = (
    <>
      {dueWords(standing)}
      {why !== undefined && ' · 为何'}
      {!isLaw(standing) && <i className={styles['policy']}> 区规定</i>}
    </>
  );
  return (
    <div className={styles['remaining']}>
      <b className={standing.urgency ?? (standing.status === 'running' ? '' : 'quiet')}>{standingWords(standing)}</b>
      {why === undefined ? (
        <span className={styles['date']}>{date}</span>
      ) : (
        <button
          type="button"
          className={styles['why']}
          aria-expanded={why.open}
          aria-controls={why.panel}
          onClick={why.toggle}
        >
          {date}
        </button>
      )}
    </div>
  );
}
