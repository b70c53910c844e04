/** Which workers run: each writes that it is there; who asks is told when each was last heard of. */
import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** A worker that was not heard of for a day is forgotten. */
const FORGOTTEN_MS = 86_400_000;
/** One that was not heard of for so long is down. */
export const SILENT_WORKER_MS = 90_000;

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

export async function heartbeat(db: Queryable, worker: { readonly id: string; readonly build: string }): Promise<void> {
  await db.query(
    `INSERT INTO workers (id, build, started_at, seen_at) VALUES ($1, $2, ${NOW}, ${NOW})
     ON CONFLICT (id) DO UPDATE SET seen_at = ${NOW}`,
    [worker.id, worker.build],
  );
  await db.query(`DELETE FROM workers WHERE seen_at < ${NOW} - $1`, [FORGOTTEN_MS]);
}

/** A worker that ended in order is not one that is down. */
export async function left(db: Queryable, id: string): Promise<void> {
  await db.query('DELETE FROM workers WHERE id = $1', [id]);
}

export interface WorkerLine {
  readonly id: string;
  readonly build: string;
  readonly startedAt: number;
  readonly seenAt: number;
  readonly up: boolean;
}

export async function listWorkers(db: Queryable): Promise<readonly WorkerLine[]> {
  const { rows } = await db.query<{ id: string; build: string; started: string; seen: string; up: boolean }>(
    `SELECT id, build, started_at AS started, seen_at AS seen, ${NOW} - seen_at < $1 AS up FROM workers ORDER BY seen_at DESC`,
    [SILENT_WORKER_MS],
  );
  return rows.map(({ id, build, started, seen, up }) => ({
    id,
    build,
    startedAt: Number(started),
    seenAt: Number(seen),
    up,
  }));
}
