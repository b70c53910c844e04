/** What a caller asks a board: narrowed to the reach of the right, at the office's clock, with the pledge that counts. */
import type { ApiDeps } from './deps.ts';
import { readClock } from '../cases/deps.ts';
import { boardCycle, type BoardAsked, type BoardCycle } from '../cases/supervision/board-asked.ts';
import type { Reach } from '../domain/rights/table.ts';
import { ApiProblem } from './problem.ts';
import { unitWithin } from './within.ts';

interface Scope {
  readonly cycle?: string | undefined;
  readonly unit?: string | undefined;
  readonly class?: string | undefined;
}

/** Throws `unit-out-of-reach`. */
export async function boardAsked(
  { cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>,
  { cycle, unit: asked, class: level }: Scope,
  reach: Reach,
): Promise<BoardAsked> {
  const unit = await unitWithin(pool, reach, asked);
  const client = await pool.connect();
  try {
    const { policy } = await cases.office.inForce(client);
    const now = await readClock(cases, client);
    return { cycle, unit, class: level, reach, now, pledgeVersion: policy.value<string>('pledge.version') };
  } finally {
    client.release();
  }
}

/** Throws `cycle-not-found`. */
export async function knownCycle({ pool }: Pick<ApiDeps, 'pool'>, key: string): Promise<BoardCycle> {
  const found = await boardCycle(pool, key);
  if (found === undefined) throw new ApiProblem('cycle-not-found');
  return found;
}
