/** Loads the sample district into an empty database: everything or nothing, through the one way the register changes. */
import type pg from 'pg';
import { localDate } from '../../../domain/kernel/civil-day.ts';
import { SYSTEM } from '../../../domain/kernel/process.ts';
import { readClock, type CasesDeps } from '../../deps.ts';
import { inTransaction } from '../../transaction.ts';
import { changeRegisterIn } from '../change-register.ts';
import { sampleDistrict, type Sample } from './district.ts';

export const SAMPLE_SEED = 'xihu-2026';
/** `npm start` loads a tenth. */
export const SAMPLE_SCALE = 0.1;

export type SampleLoaded =
  | {
      readonly ok: true;
      readonly figures: Sample['figures'];
      readonly flaws: Sample['flaws'];
      /** Chains written; the duties opened for the flaws. */
      readonly chains: number;
      readonly opened: readonly string[];
    }
  /** Something is in the database already; nothing was written. */
  | { readonly ok: false; readonly refusal: { readonly code: 'database-not-empty' } };

/** Serialises two loads; any constant will do. */
const LOAD_LOCK = 7_204_031;

/** Whether the register and the cases are empty. */
export async function isEmpty(client: Pick<pg.ClientBase, 'query'>): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(
    `SELECT NOT (EXISTS (SELECT 1 FROM units) OR EXISTS (SELECT 1 FROM posts) OR EXISTS (SELECT 1 FROM persons)
       OR EXISTS (SELECT 1 FROM subjects) OR EXISTS (SELECT 1 FROM register_chains) OR EXISTS (SELECT 1 FROM cases)) AS empty`,
  );
  return rows[0]?.empty ?? false;
}

/** Throws a RangeError for a scale outside 0.01 … 1. A refusal of the batch itself is a fault of the generator and throws. */
export function loadSample(
  deps: CasesDeps,
  { scale = SAMPLE_SCALE, seed = SAMPLE_SEED }: { readonly scale?: number; readonly seed?: string } = {},
): Promise<SampleLoaded> {
  return inTransaction(deps.pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOAD_LOCK]);
    if (!(await isEmpty(client))) return { ok: false, refusal: { code: 'database-not-empty' } };
    const { policy } = await deps.office.inForce(client);
    const today = localDate(await readClock(deps, client));
    const { changes, figures, flaws } = sampleDistrict({
      scale,
      seed,
      today,
      pledgeVersion: policy.value<string>('pledge.version'),
    });
    const answer = await changeRegisterIn(client, deps, changes, {
      actor: SYSTEM,
      key: `sample/${seed}/${String(scale)}/${today}`,
    });
    if (!answer.ok) throw new Error(`the sample district was refused: ${JSON.stringify(answer.refusal)}`);
    return { ok: true, figures, flaws, chains: answer.written, opened: answer.opened };
  });
}
