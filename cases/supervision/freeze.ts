/** Freezes a cycle's figures once nothing timely can appear any more: every round has passed its due rung. */
import type pg from 'pg';
import { SYSTEM } from '../../domain/kernel/process.ts';
import type { Cycle } from '../../domain/supervision/cycle-state.ts';
import type { Rate } from '../../domain/supervision/rates.ts';
import { apply } from '../apply.ts';
import { readCase } from '../case-row.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { contentHash } from '../office-data.ts';
import { newestPublication } from '../office.ts';
import { inTransaction } from '../transaction.ts';
import { cycleKeyOf } from './confirm.ts';
import { countRates, ratesOf, type CountedRates } from './rates.ts';

/** `false`: some round is still before its due rung. Frozen figures are never written again. */
export async function freezeFigures(deps: CasesDeps, caseId: string): Promise<boolean> {
  const { state } = await readCase(deps.pool, caseId);
  const cycle = state as Cycle;
  if (cycle.figures !== null) return true;
  const counted = await inTransaction(
    deps.pool,
    async (client) => {
      if (await someRoundIsBeforeDue(client, cycleKeyOf(caseId))) return null;
      const inForce = await deps.office.inForce(client, await newestPublication(client));
      const now = await readClock(deps, client);
      return countRates(client, inForce, { scope: cycle.scope, cycle: cycleKeyOf(caseId), now });
    },
    ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
  );
  if (counted === null) return false;
  const { total, units } = ratesOf(counted);
  const command = {
    type: 'figures-frozen',
    rates: { binding: figureOf(total.binding), pledge: figureOf(total.pledge), completion: figureOf(total.completion) },
    coverage: figureOf(total.coverage),
    byUnit: units.map(({ unit, rates: { binding, pledge, completion } }) => ({
      unit,
      binding: countsOf(binding),
      pledge: countsOf(pledge),
      completion: countsOf(completion),
    })),
  };
  // The key is spent with the first attempt that commits; a second one finds the figures frozen and writes nothing.
  const answer = await apply(deps, command, {
    caseId,
    key: `${caseId}/figures/${contentHash(command)}`,
    actor: SYSTEM,
    beside: (client) => keepRows(client, caseId, counted),
  });
  if (!answer.ok) throw new Error(`${caseId} refused its figures: ${answer.refusal.code}`);
  return true;
}

async function someRoundIsBeforeDue(client: pg.ClientBase, cycleKey: string): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM cases WHERE kind = 'round' AND cycle_id = $1 AND closed_at IS NULL AND NOT breached) AS some`,
    [cycleKey],
  );
  return rows[0]?.some === true;
}

const countsOf = ({ numerator, denominator }: Rate) => ({
  numerator: numerator.length,
  denominator: denominator.length,
});

/** The digest covers the ids, so that the journal proves the rows of the figures table. */
const figureOf = (rate: Rate) => ({
  ...countsOf(rate),
  digest: contentHash({ numerator: rate.numerator, denominator: rate.denominator }),
});

async function keepRows(client: pg.ClientBase, caseId: string, counted: CountedRates): Promise<void> {
  for (const [rate, rows] of Object.entries(counted)) {
    await client.query(
      `INSERT INTO figures (cycle_id, rate, ref, unit_id, counted)
       SELECT $1, $2, id, unit, counts FROM jsonb_to_recordset($3::jsonb) AS x(id text, unit text, counts boolean)
       ON CONFLICT DO NOTHING`,
      [caseId, rate, JSON.stringify(rows)],
    );
  }
}
