/** Something to know before going on. No rank, hence none of the rungs' colours. */
import type { ReactNode } from 'react';
import styles from './Note.module.css';

export const Note = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className={styles['note']} role="status">
    <b>{title}</b>
    {children}
  </div>
);
