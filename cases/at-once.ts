/** One answer for all who ask the same at the same time: whoever asks while it is being counted gets that count. Keeps nothing. */

/** `count` runs once for each key at a time; a failure fails all who wait for it, and the next one asks again. */
export function atOnce<Asked, Answer>(
  keyOf: (asked: Asked) => string,
  count: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  const running = new Map<string, Promise<Answer>>();
  return (asked) => {
    const key = keyOf(asked);
    const already = running.get(key);
    if (already !== undefined) return already;
    const one = count(asked).finally(() => running.delete(key));
    running.set(key, one);
    return one;
  };
}
