/** How often, how fast, how even: one warm-up that is thrown away, three repetitions, and their spread. Knows no subject. */

const REPETITIONS = 3;

/** What one repetition did: `count` things in `seconds`. */
export interface Sample {
  readonly count: number;
  readonly seconds: number;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** What is measured, as the report names it; Chinese. */
export interface Named {
  /** Stable, kebab-case; the key in the JSON output. */
  readonly id: string;
  readonly title: string;
  /** What is counted, e.g. `次走访`. */
  readonly unit: string;
  /** How it was done, and what it leaves out. */
  readonly how: string;
}

export interface Figure extends Named {
  /** Of the last repetition. */
  readonly count: number;
  /** Of one repetition. */
  readonly seconds: Spread;
  readonly aSecond: Spread;
}

/** Two figures of the same repetitions: `aSecond` of the first over `aSecond` of the second, each repetition for itself. */
export interface Ratio {
  readonly id: string;
  readonly title: string;
  readonly ratio: Spread;
}

/** Least, middle and greatest; an even number of values takes the lower middle. Throws for none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, median, max] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  if (min === undefined || median === undefined || max === undefined) throw new RangeError('no values');
  return { min, median, max };
}

/** Runs `work` and says how long it took. */
export async function timed<T>(work: () => Promise<T> | T): Promise<{ readonly result: T; readonly seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedAt) / 1_000 };
}

const rateOf = ({ count, seconds }: Sample): number => count / seconds;

function figureOf(named: Named, samples: readonly Sample[]): Figure {
  const empty = samples.find(({ count }) => count === 0);
  if (empty !== undefined) throw new Error(`${named.id}: a repetition counted nothing`);
  return {
    ...named,
    count: samples.at(-1)?.count ?? 0,
    seconds: spreadOf(samples.map(({ seconds }) => seconds)),
    aSecond: spreadOf(samples.map(rateOf)),
  };
}

/** Measures one thing; `repetition` 0 is the warm-up. */
export async function measure(named: Named, repetition: (nth: number) => Promise<Sample>): Promise<Figure> {
  await repetition(0);
  const samples: Sample[] = [];
  for (let nth = 1; nth <= REPETITIONS; nth += 1) samples.push(await repetition(nth));
  return figureOf(named, samples);
}

/** Measures one thing beside another, in turns, so that whatever else the machine does falls on both. */
export async function measurePair(
  named: readonly [Named, Named],
  repetition: (nth: number) => Promise<readonly [Sample, Sample]>,
): Promise<{ readonly figures: readonly [Figure, Figure]; readonly ratio: Spread }> {
  await repetition(0);
  const pairs: (readonly [Sample, Sample])[] = [];
  for (let nth = 1; nth <= REPETITIONS; nth += 1) pairs.push(await repetition(nth));
  return {
    figures: [
      figureOf(
        named[0],
        pairs.map(([first]) => first),
      ),
      figureOf(
        named[1],
        pairs.map(([, second]) => second),
      ),
    ],
    ratio: spreadOf(pairs.map(([first, second]) => rateOf(first) / rateOf(second))),
  };
}

/** Works through `items` with so many at once, in order of taking. The first failure ends it. */
export async function abreast<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
