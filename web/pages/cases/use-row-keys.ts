/** `j` and `k` go down and up the rows of a list; not while something is typed. */
import { useEffect, type RefObject } from 'react';
import { isChord, isTyping, step } from '../../parts/row-keys.ts';

/** Rows are the elements marked `data-row`. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || isTyping(event.target) || isChord(event)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = rows.findIndex((row) => row === document.activeElement);
      step(rows, at, event);
    };
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, [list]);
}
