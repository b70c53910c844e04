/** Who may look at a preview and confirm it: whoever's right reaches all of what it would start. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';
import type { CycleRequest } from '../domain/supervision/cycle-request.ts';
import { ApiProblem } from './problem.ts';
import { unitWithin } from './within.ts';

/** Throws `whole-district`, `unit-out-of-reach`. */
export async function mustReach(pool: pg.Pool, reach: Reach, request: CycleRequest): Promise<void> {
  const unit = 'unit' in request ? request.unit : undefined;
  if (unit === undefined && reach.scope !== 'district') throw new ApiProblem('whole-district');
  await unitWithin(pool, reach, unit);
}

/** The same of a preview that was kept; one nobody was shown is for the caller to refuse. */
export async function mustReachPreview(pool: pg.Pool, reach: Reach, hash: string): Promise<void> {
  const { rows } = await pool.query<{ scope: CycleRequest }>('SELECT scope FROM cycle_previews WHERE hash = $1', [
    hash,
  ]);
  if (rows[0] !== undefined) await mustReach(pool, reach, rows[0].scope);
}
