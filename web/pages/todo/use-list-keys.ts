/**
 * The list by keyboard: `j` and `k` go down and up its rows; in a row `x` chooses it and `w` asks why. Not while something
 * is typed, and not at all when the person switched it off.
 */
import { useEffect, useState, type RefObject } from 'react';
import { isChord, isTyping, step } from '../../parts/row-keys.ts';

const STORED = 'zhaodan.list-keys';

function press(row: Element | null | undefined, key: string): boolean {
  const wanted = key === 'x' ? 'input[type=checkbox]' : '[data-why] button';
  const target = row?.querySelector<HTMLElement>(wanted);
  target?.click();
  return target !== null && target !== undefined;
}

/** Rows are `li`; what gets the focus in each is marked `data-row`. */
export function useListKeys(list: RefObject<HTMLElement | null>) {
  const [on, setOn] = useState(() => localStorage.getItem(STORED) !== 'off');
  useEffect(() => {
    if (!on) return;
    const move = (event: KeyboardEvent) => {
      if (isChord(event)) return;
      const checkbox = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
      if (isTyping(event.target) && !checkbox) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const here = document.activeElement?.closest('li');
      if (event.key === 'x' || event.key === 'w') {
        if (here !== null && list.current?.contains(here ?? null) === true && press(here, event.key))
          event.preventDefault();
        return;
      }
      if (event.key !== 'j' && event.key !== 'k') return;
      const at = rows.findIndex((row) => row.closest('li') === here);
      step(rows, at, event);
    };
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, [list, on]);
  const set = (to: boolean) => {
    localStorage.setItem(STORED, to ? 'on' : 'off');
    setOn(to);
  };
  return { on, set };
}
