/**
 * Finds drivers that should have fired and did not: a lost signal, a Temporal restored from an older backup, a Temporal
 * that was deleted. It must not live in Temporal; it is the guard against losing it.
 */
import type pg from 'pg';
import { readClock, type CasesDeps } from './deps.ts';
import type { Driven, Drivers } from './drivers.ts';

/** How far past its alarm an open case may be before its driver is signalled again. */
export const OVERSLEPT_MS = 120_000;

interface Found {
  readonly id: string;
  readonly kind: string;
  readonly unit_id: string | null;
}

const drivenOf = ({ id, kind, unit_id }: Found): Driven => ({ caseId: id, kind, unit: unit_id });

/** Signals with start every open case that overslept; how many. */
export async function sweep(deps: Pick<CasesDeps, 'pool' | 'now'>, drivers: Drivers, limit = 1_000): Promise<number> {
  const now = await onClient(deps.pool, (client) => readClock(deps, client));
  const { rows } = await deps.pool.query<Found>({
    name: 'overslept',
    text: 'SELECT id, kind, unit_id FROM cases WHERE closed_at IS NULL AND next_alarm_at < $1 ORDER BY next_alarm_at LIMIT $2',
    values: [now - OVERSLEPT_MS, limit],
  });
  for (const row of rows) await drivers.wake(drivenOf(row));
  return rows.length;
}

/** Starts a driver for every open case; how many. For a Temporal that lost its data (`zhaodan rearm`). */
export async function rearmAll(
  pool: pg.Pool,
  drivers: Drivers,
  onPage: (done: number) => void = () => undefined,
): Promise<number> {
  let after = '';
  let done = 0;
  for (;;) {
    const { rows } = await pool.query<Found>(
      'SELECT id, kind, unit_id FROM cases WHERE closed_at IS NULL AND id > $1 ORDER BY id LIMIT 200',
      [after],
    );
    if (rows.length === 0) return done;
    for (let from = 0; from < rows.length; from += 20) {
      await Promise.all(rows.slice(from, from + 20).map((row) => drivers.wake(drivenOf(row))));
    }
    after = rows.at(-1)?.id ?? after;
    done += rows.length;
    onPage(done);
  }
}

async function onClient<T>(pool: pg.Pool, read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await read(client);
  } finally {
    client.release();
  }
}
