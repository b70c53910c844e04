/** The three rates as callers read them: counted, named, and paged down to their ids. Counts nothing itself. */
import { cycleFigures, liveRates } from '../cases/supervision/figures.ts';
import type { CasesDeps } from '../cases/deps.ts';
import type { CycleScope } from '../domain/supervision/cycle-messages.ts';
import type { Rate } from '../domain/supervision/rates.ts';

export const RATE_NAMES = ['binding', 'pledge', 'completion', 'coverage'] as const;
export type RateNamed = (typeof RATE_NAMES)[number];

export interface Counts {
  readonly numerator: number;
  readonly denominator: number;
}

export interface FiguresView {
  /** Null while the figures are live. */
  readonly frozenAt: number | null;
  readonly total: Readonly<Record<RateNamed, Counts>>;
  readonly units: readonly ({ readonly unit: string; readonly name: string } & Readonly<Record<RateNamed, Counts>>)[];
}

const countsOf = ({ numerator, denominator }: Rate): Counts => ({
  numerator: numerator.length,
  denominator: denominator.length,
});

const byName = <T>(of: (name: RateNamed) => T): Readonly<Record<RateNamed, T>> =>
  Object.fromEntries(RATE_NAMES.map((name) => [name, of(name)])) as Record<RateNamed, T>;

/** Throws `UnknownCase`. */
export async function viewFigures(deps: CasesDeps, key: string): Promise<FiguresView> {
  const { frozenAt, total, units } = await cycleFigures(deps, `cycle/${key}`);
  const { rows } = await deps.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM units WHERE id = ANY($1)',
    [units.map(({ unit }) => unit)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return {
    frozenAt,
    total: byName((name) => countsOf(total[name])),
    units: units.map(({ unit, rates }) => ({
      unit,
      name: names.get(unit) ?? unit,
      ...byName((name) => countsOf(rates[name])),
    })),
  };
}

export interface CountedRef {
  readonly ref: string;
  readonly unit: string | null;
  readonly counted: boolean;
}

export interface RefFilter {
  readonly unit?: string;
  readonly counted?: boolean;
  readonly after?: string;
  readonly limit: number;
}

/** The ids of one rate's denominator, in the order of their code units, from after `after`. Throws `UnknownCase`. */
export async function viewRefs(
  deps: CasesDeps,
  key: string,
  rate: RateNamed,
  { unit: only, counted, after, limit }: RefFilter,
): Promise<readonly CountedRef[]> {
  const { units } = await cycleFigures(deps, `cycle/${key}`);
  return units
    .filter(({ unit }) => only === undefined || unit === only)
    .flatMap(({ unit, rates }): CountedRef[] => {
      const { denominator, missing } = rates[rate];
      const lacking = new Set(missing);
      return denominator.map((ref) => ({ ref, unit: unit === '' ? null : unit, counted: !lacking.has(ref) }));
    })
    .filter((row) => (counted === undefined || row.counted === counted) && (after === undefined || row.ref > after))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1))
    .slice(0, limit);
}

export interface LiveRate extends Counts {
  /** 0 … 1; null where there is nothing to count. */
  readonly rate: number | null;
  readonly missingCount: number;
  /** The first of them. */
  readonly missing: readonly string[];
}

const LISTED = 500;

/** The rates as they stand now, over the district or a unit and everything below it (BB-10). */
export async function viewLiveRates(
  deps: CasesDeps,
  scope: Pick<CycleScope, 'unit' | 'class'>,
): Promise<Readonly<Record<RateNamed, LiveRate>>> {
  const { total } = await liveRates(deps, scope);
  return byName((name) => {
    const { rate, missing } = total[name];
    return { ...countsOf(total[name]), rate, missingCount: missing.length, missing: missing.slice(0, LISTED) };
  });
}
