/** The line while it is dragged: it follows the pointer at once, the page follows a moment later. */
import { useEffect, useRef, useState } from 'react';
import type { Point } from './use-case.ts';

const SETTLE_MS = 120;
const MINUTE_MS = 60_000;

interface Dragged {
  /** Where the page stands. */
  readonly settled: number;
  readonly opened: number;
  readonly now: number;
  readonly move: (point: Point) => void;
}

export function useDraggedPoint({ settled, opened, now, move }: Dragged) {
  const [draft, setDraft] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<number | null>(null);

  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = () => {
    clearTimeout(timer.current);
    if (latest.current === null) return;
    // The last stretch before now means now: nobody can hit the very minute.
    move(latest.current >= now - (now - opened) / 200 ? null : { at: latest.current });
  };
  return {
    at: draft ?? settled,
    drag: (at: number) => {
      // Up to the end of the minute, so that the first entry's own minute shows it.
      const to = Math.min(now, Math.max(opened, Math.ceil(at / MINUTE_MS) * MINUTE_MS));
      latest.current = to;
      setDraft(to);
      clearTimeout(timer.current);
      timer.current = setTimeout(settle, SETTLE_MS);
    },
    drop: () => {
      settle();
      latest.current = null;
      setDraft(null);
    },
  };
}
