/** The three rates as callers read them: live from the register and the rounds, or frozen with their cycle. Freezes nothing. */
import type pg from 'pg';
import { readCase } from '../cases/case-row.ts';
import { readClock, type CasesDeps } from '../cases/deps.ts';
import { countRates, ratesOf, type CountedRates } from '../cases/supervision/rates.ts';
import type { CycleScope } from '../domain/supervision/cycle-messages.ts';
import type { Cycle } from '../domain/supervision/cycle-state.ts';
import type { Rate } from '../domain/supervision/rates.ts';

export const RATE_NAMES = ['binding', 'pledge', 'completion', 'coverage'] as const;
export type RateNamed = (typeof RATE_NAMES)[number];

export interface Counts {
  readonly numerator: number;
  readonly denominator: number;
}

export type RateCounts = Readonly<Record<RateNamed, Counts>>;

export interface UnitCounts {
  readonly unit: string;
  readonly name: string;
  readonly binding: Counts;
  readonly pledge: Counts;
  readonly completion: Counts;
}

export interface CycleFigures {
  /** Null while the figures are live. */
  readonly frozenAt: number | null;
  readonly total: RateCounts;
  readonly units: readonly UnitCounts[];
}

type Client = pg.PoolClient;

async function withClient<T>({ pool }: Pick<CasesDeps, 'pool'>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

const countsOf = ({ numerator, denominator }: Rate): Counts => ({
  numerator: numerator.length,
  denominator: denominator.length,
});

async function counted(
  client: Client,
  deps: CasesDeps,
  { scope, cycle }: { readonly scope: Pick<CycleScope, 'unit' | 'class'>; readonly cycle?: string },
): Promise<CountedRates> {
  const inForce = await deps.office.inForce(client);
  const now = await readClock(deps, client);
  return countRates(client, inForce, { scope, now, ...(cycle === undefined ? {} : { cycle }) });
}

async function unitNames(client: Client, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>('SELECT id, name FROM units WHERE id = ANY($1)', [
    ids,
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const scopeOf = ({ scope: { unit, class: subjectClass } }: Cycle): Pick<CycleScope, 'unit' | 'class'> => ({
  ...(unit === undefined ? {} : { unit }),
  ...(subjectClass === undefined ? {} : { class: subjectClass }),
});

/** Throws `UnknownCase`. */
export function cycleFigures(deps: CasesDeps, key: string): Promise<CycleFigures> {
  return withClient(deps, async (client) => {
    const cycle = (await readCase(client, `cycle/${key}`)).state as Cycle;
    const { figures } = cycle;
    if (figures !== null) {
      const names = await unitNames(
        client,
        figures.byUnit.map(({ unit }) => unit),
      );
      const { binding, pledge, completion } = figures.rates;
      const plain = ({ numerator, denominator }: Counts): Counts => ({ numerator, denominator });
      return {
        frozenAt: figures.at,
        total: {
          binding: plain(binding),
          pledge: plain(pledge),
          completion: plain(completion),
          coverage: plain(figures.coverage),
        },
        units: figures.byUnit.map((unit) => ({ ...unit, name: names.get(unit.unit) ?? unit.unit })),
      };
    }
    const { total, units } = ratesOf(await counted(client, deps, { scope: scopeOf(cycle), cycle: key }));
    const names = await unitNames(
      client,
      units.map(({ unit }) => unit),
    );
    return {
      frozenAt: null,
      total: Object.fromEntries(RATE_NAMES.map((name) => [name, countsOf(total[name])])) as Record<RateNamed, Counts>,
      units: units.map(({ unit, rates }) => ({
        unit,
        name: names.get(unit) ?? unit,
        binding: countsOf(rates.binding),
        pledge: countsOf(rates.pledge),
        completion: countsOf(rates.completion),
      })),
    };
  });
}

export interface CountedRef {
  readonly ref: string;
  readonly unit: string | null;
  readonly counted: boolean;
}

interface RefFilter {
  readonly unit?: string;
  readonly counted?: boolean;
  readonly after?: string;
  readonly limit: number;
}

/** The ids of one rate's denominator, in their order; frozen ones where the cycle is frozen. Throws `UnknownCase`. */
export function cycleRefs(
  deps: CasesDeps,
  key: string,
  rate: RateNamed,
  { unit, counted: only, after, limit }: RefFilter,
): Promise<readonly CountedRef[]> {
  return withClient(deps, async (client) => {
    const cycle = (await readCase(client, `cycle/${key}`)).state as Cycle;
    if (cycle.figures !== null) {
      const { rows } = await client.query<CountedRef>(
        `SELECT ref, unit_id AS unit, counted FROM figures
          WHERE cycle_id = $1 AND rate = $2 AND ref > $3 AND ($4::text IS NULL OR unit_id = $4)
            AND ($5::boolean IS NULL OR counted = $5) ORDER BY ref COLLATE "C" LIMIT $6`,
        [`cycle/${key}`, rate, after ?? '', unit ?? null, only ?? null, limit],
      );
      return rows;
    }
    const rows = (await counted(client, deps, { scope: scopeOf(cycle), cycle: key }))[rate];
    return rows
      .filter((row) => (unit === undefined || row.unit === unit) && (only === undefined || row.counts === only))
      .map((row): CountedRef => ({ ref: row.id, unit: row.unit, counted: row.counts }))
      .filter(({ ref }) => after === undefined || ref > after)
      .sort((a, b) => (a.ref < b.ref ? -1 : 1))
      .slice(0, limit);
  });
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
export function liveRates(
  deps: CasesDeps,
  scope: Pick<CycleScope, 'unit' | 'class'>,
): Promise<Readonly<Record<RateNamed, LiveRate>>> {
  return withClient(deps, async (client) => {
    const { total } = ratesOf(await counted(client, deps, { scope }));
    const live = (rate: Rate): LiveRate => ({
      ...countsOf(rate),
      rate: rate.rate,
      missingCount: rate.missing.length,
      missing: rate.missing.slice(0, LISTED),
    });
    return Object.fromEntries(RATE_NAMES.map((name) => [name, live(total[name])])) as Record<RateNamed, LiveRate>;
  });
}
