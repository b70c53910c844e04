/** Starts and wakes drivers for cases that were opened, closed, or whose next alarm moved. */
import type pg from 'pg';
import type { Drivers } from './drivers.ts';

interface Waiting {
  readonly case_id: string;
  readonly kind: string;
  readonly generation: string;
  readonly unit_id: string | null;
}

/** How many signals are under way at once. */
const ABREAST = 20;

/**
 * Signals up to `limit` waiting drivers, oldest first; a row goes only if no newer change came while it was signalled.
 * Answers how many were signalled. A driver that cannot be reached keeps its row and fails the call.
 */
export async function drainOutbox(pool: pg.Pool, drivers: Drivers, limit = 200): Promise<number> {
  const { rows } = await pool.query<Waiting>({
    name: 'outbox-next',
    text: `SELECT o.case_id, o.kind, o.generation, c.unit_id FROM outbox o JOIN cases c ON c.id = o.case_id ORDER BY o.at LIMIT $1`,
    values: [limit],
  });
  for (let from = 0; from < rows.length; from += ABREAST) {
    const batch = rows.slice(from, from + ABREAST);
    const settled = await Promise.allSettled(
      batch.map(({ case_id, kind, unit_id }) => drivers.wake({ caseId: case_id, kind, unit: unit_id })),
    );
    const done = batch.filter((_, index) => settled[index]?.status === 'fulfilled');
    await pool.query({
      name: 'outbox-done',
      text: `DELETE FROM outbox o USING unnest($1::text[], $2::bigint[]) AS d(case_id, generation)
              WHERE o.case_id = d.case_id AND o.generation <= d.generation`,
      values: [done.map(({ case_id }) => case_id), done.map(({ generation }) => generation)],
    });
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
  return rows.length;
}
