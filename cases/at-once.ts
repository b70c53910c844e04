/**
 * One answer for all who ask the same at the same time. No answer is older than its question: whoever asks while one is
 * being counted gets the next, which begins when that is done, together with all others who came meanwhile. Keeps nothing.
 */

interface Counting<Answer> {
  readonly running: Promise<Answer>;
  /** For those who asked after it began. */
  next?: Promise<Answer>;
}

/** `count` runs once for each key at a time; a failure fails all who wait for that count, and no others. */
export function atOnce<Asked, Answer>(
  keyOf: (asked: Asked) => string,
  count: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  const counting = new Map<string, Counting<Answer>>();

  const begin = (key: string, asked: Asked): Promise<Answer> => {
    const one: Counting<Answer> = { running: count(asked) };
    counting.set(key, one);
    const done = () => {
      if (one.next === undefined) counting.delete(key);
    };
    void one.running.then(done, done);
    return one.running;
  };

  return (asked) => {
    const key = keyOf(asked);
    const one = counting.get(key);
    if (one === undefined) return begin(key, asked);
    const after = () => begin(key, asked);
    one.next ??= one.running.then(after, after);
    return one.next;
  };
}
