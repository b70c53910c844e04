/** A cycle's figures: frozen ones as they were frozen, live ones while the period runs; both down to the ids. */
import type pg from 'pg';
import type { CycleScope, RateName } from '../../domain/supervision/cycle-messages.ts';
import type { Cycle } from '../../domain/supervision/cycle-state.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { readCase } from '../case-row.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { newestPublication } from '../office.ts';
import { inTransaction } from '../transaction.ts';
import { unitsWithin } from '../visible.ts';
import { cycleKeyOf } from './confirm.ts';
import { countRates, ratesOf, type CountedRates, type RatesByUnit } from './rates.ts';

export interface CycleFigures extends RatesByUnit {
  readonly caseId: string;
  /** When they were frozen; `null` while they still move. */
  readonly frozenAt: number | null;
  readonly state: Cycle;
}

type RateOrCoverage = RateName | 'coverage';
const NAMES: readonly RateOrCoverage[] = ['binding', 'pledge', 'completion', 'coverage'];

/**
 * Those of the units that `reach` goes to, or all of them (the command line, on the server). Throws `UnknownCase` for a
 * cycle nobody opened.
 */
export async function cycleFigures(deps: CasesDeps, caseId: string, reach?: Reach): Promise<CycleFigures> {
  return inTransaction(
    deps.pool,
    async (client) => {
      const { state } = await readCase(client, caseId);
      const cycle = state as Cycle;
      const counted =
        cycle.figures === null
          ? await countNow(client, deps, cycle.scope, cycleKeyOf(caseId))
          : await frozenRows(client, caseId);
      const units = reach === undefined ? null : await unitsWithin(client, reach);
      return { caseId, frozenAt: cycle.figures?.at ?? null, state: cycle, ...ratesOf(narrowed(counted, units)) };
    },
    ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
  );
}

const narrowed = (counted: CountedRates, units: ReadonlySet<string> | null): CountedRates =>
  units === null
    ? counted
    : (Object.fromEntries(
        NAMES.map((name) => [name, counted[name].filter(({ unit }) => units.has(unit))]),
      ) as unknown as CountedRates);

/** The three rates as they stand this minute, over the district or a part of it (BB-10). */
export async function liveRates(deps: CasesDeps, scope: Pick<CycleScope, 'unit' | 'class'> = {}): Promise<RatesByUnit> {
  const counted = await inTransaction(deps.pool, (client) => countNow(client, deps, scope), [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  ]);
  return ratesOf(counted);
}

async function countNow(
  client: pg.ClientBase,
  deps: CasesDeps,
  scope: Pick<CycleScope, 'unit' | 'class'>,
  cycle?: string,
): Promise<CountedRates> {
  const inForce = await deps.office.inForce(client, await newestPublication(client));
  const now = await readClock(deps, client);
  return countRates(client, inForce, { scope, now, ...(cycle === undefined ? {} : { cycle }) });
}

async function frozenRows(client: pg.ClientBase, caseId: string): Promise<CountedRates> {
  const { rows } = await client.query<{ rate: RateOrCoverage; id: string; unit: string; counts: boolean }>(
    `SELECT rate, ref AS id, coalesce(unit_id, '') AS unit, counted AS counts FROM figures WHERE cycle_id = $1 ORDER BY rate, ref`,
    [caseId],
  );
  const of = (name: RateOrCoverage) =>
    rows.filter(({ rate }) => rate === name).map(({ id, unit, counts }) => ({ id, unit, counts }));
  return Object.fromEntries(NAMES.map((name) => [name, of(name)])) as unknown as CountedRates;
}
