/** The places and words of the sample district, read from data/sample. What in them is known and what assumed: `about`. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { at } from './random.ts';

const town = z.object({
  id: z.string(),
  name: z.string(),
  communities: z.int(),
  villages: z.int(),
  knownCommunities: z.array(z.string()),
  knownVillages: z.array(z.string()),
  streets: z.array(z.string()).min(1),
  note: z.string().optional(),
});
const trade = z.object({ name: z.string(), suffix: z.string(), weight: z.number() });
const trades = z.array(trade).min(1);

const document = z.object({
  about: z.string(),
  district: z.object({ id: z.string(), name: z.string() }),
  departments: z.array(z.object({ id: z.string(), name: z.string() })),
  towns: z.array(town),
  surnames: z.array(z.string()).min(1),
  nameWords: z.array(z.string()).min(1),
  trades: z.object({ A: trades, B: trades, C: trades, D: trades }),
});

export type Places = z.infer<typeof document>;
export type Town = z.infer<typeof town>;

/** data/ stays at the root when dist/ is built beside it. Throws when the file is missing or malformed. */
export function readPlaces(): Places {
  const found = ['../../../data', '../../../../data']
    .map((folder) => fileURLToPath(new URL(`${folder}/sample/xihu.json`, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error('data/sample/xihu.json is missing');
  return document.parse(JSON.parse(readFileSync(found, 'utf8')));
}

const DIGITS = '〇一二三四五六七八九';

/** 103 → 一〇三: digit by digit, so that a generated name is never mistaken for a real one. */
export const inDigits = (n: number): string => [...String(n)].map((digit) => DIGITS.charAt(Number(digit))).join('');

export interface Community {
  readonly id: string;
  readonly name: string;
}

/** The communities of a town and its villages, known names first, the rest named 示例. */
export function communitiesOf({
  id,
  name,
  communities,
  villages,
  knownCommunities,
  knownVillages,
}: Town): readonly Community[] {
  const stem = name.replace(/(街道|镇)$/, '');
  const named = (count: number, known: readonly string[], suffix: string): string[] =>
    Array.from(
      { length: count },
      (_, i) => `${i < known.length ? at(known, i) : `${stem}示例${inDigits(i + 1)}`}${suffix}`,
    );
  const names = [...named(communities, knownCommunities, '社区'), ...named(villages, knownVillages, '村')];
  return names.map((full, i) => ({ id: `${id}-${String(i + 1).padStart(2, '0')}`, name: full }));
}
