/** Lists narrowed to what a right reaches, and rows out of reach refused like rows that do not exist. */
import type pg from 'pg';
import { isWithin } from '../cases/register/within.ts';
import { unitOf } from '../cases/visible.ts';
import type { Reach } from '../domain/rights/table.ts';
import { ApiProblem } from './problem.ts';

/** The unit a list is of: the one asked for, or the caller's own where the right reaches no farther. Throws `unit-out-of-reach`. */
export async function unitWithin(pool: pg.Pool, reach: Reach, asked: string | undefined): Promise<string | undefined> {
  const own = unitOf(reach);
  if (own === null || asked === own) return asked;
  if (asked === undefined) return own;
  if (await isWithin(pool, reach, 'unit', asked)) return asked;
  throw new ApiProblem('unit-out-of-reach', { details: { unit: asked } });
}
