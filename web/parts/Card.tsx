/** A white card with a title; the one box of the console. */
import type { ReactNode } from 'react';
import styles from './Card.module.css';

interface CardProps {
  readonly title?: ReactNode;
  /** Small, beside the title. */
  readonly note?: ReactNode;
  readonly acts?: ReactNode;
  /** Without padding, for lists and tables that reach the edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, note, acts, flush = false, children }: CardProps) {
  return (
    <section className={`${styles['card']} ${flush ? styles['flush'] : ''}`}>
      {title !== undefined && (
        <div className={styles['head']}>
          <h2>{title}</h2>
          {note !== undefined && <span className={styles['note']}>{note}</span>}
          {acts !== undefined && <div className={styles['acts']}>{acts}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
