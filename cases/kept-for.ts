/** An answer that may be a moment old: counted again for the first who asks after that. For what is looked at, not acted on. */

interface Kept<Answer> {
  readonly until: number;
  readonly answer: Promise<Answer>;
}

/** `ms`: how old an answer may become, from when its counting began. A failure is not kept. */
export function keptFor<Asked, Answer>(
  ms: number,
  keyOf: (asked: Asked) => string,
  count: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer> {
  const kept = new Map<string, Kept<Answer>>();
  return (asked) => {
    const now = performance.now();
    for (const [key, { until }] of kept) if (until <= now) kept.delete(key);
    const key = keyOf(asked);
    const already = kept.get(key);
    if (already !== undefined) return already.answer;
    const one = { until: now + ms, answer: count(asked) };
    kept.set(key, one);
    one.answer.catch(() => {
      if (kept.get(key) === one) kept.delete(key);
    });
    return one.answer;
  };
}
