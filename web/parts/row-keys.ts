/** What keys of a page have in common: not while something is typed, not the browser's own; `j` and `k` along rows. */

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Pressed together with one of these, a key is the browser's. */
export const isChord = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

/** `j` and `k`: the focus goes to the row below or above; `at` is where it is now, -1: nowhere. */
export function step(rows: readonly HTMLElement[], at: number, event: KeyboardEvent): void {
  const next = rows[event.key === 'j' ? at + 1 : Math.max(0, at - 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
