/** A rung of urgency as colour, word and shape together. */
import styles from './RungTag.module.css';

const WORDS = { blue: '蓝', yellow: '黄', red: '红' } as const;

export const RungTag = ({ rung, children }: { readonly rung: keyof typeof WORDS; readonly children?: string }) => (
  <span className={`${styles['tag']} ${styles[rung]}`}>{children ?? WORDS[rung]}</span>
);
