/** The head of a page: where it belongs, its title, what lies beside it, its acts. */
import { useEffect, type ReactNode } from 'react';
import styles from './Page.module.css';

interface PageProps {
  readonly title: string;
  /** Small line above the title, e.g. 督导 / 启动. */
  readonly above?: ReactNode;
  /** Beside the title: tabs, what the data is of. */
  readonly beside?: ReactNode;
  /** At the right end. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, above, beside, acts, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 照单`;
  }, [title]);
  return (
    <>
      <div className={styles['head']}>
        <div className={styles['title']}>
          {above !== undefined && <div className={styles['above']}>{above}</div>}
          <h1 title={title}>{title}</h1>
        </div>
        {beside}
        {acts !== undefined && <div className={`${styles['acts']} no-print`}>{acts}</div>}
      </div>
      {children}
    </>
  );
}
