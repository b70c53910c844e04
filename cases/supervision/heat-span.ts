/** The days a heat-map of a cycle shows: its period, and as far beyond as the limit of a round of it was put off. */
import type pg from 'pg';
import { boardCycle } from './board-asked.ts';

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** `undefined` for a cycle nobody opened. */
export async function cycleSpan(db: Pick<pg.ClientBase, 'query'>, key: string): Promise<Span | undefined> {
  const cycle = await boardCycle(db, key);
  if (cycle === undefined) return undefined;
  const { rows } = await db.query<{ last: string | null }>(
    `SELECT max(l.due_on) AS last FROM case_limits l JOIN cases c ON c.id = l.case_id
      WHERE l.kind = 'round' AND l.clock = 'period' AND l.due_on > $2
        AND c.cycle_id = $1 AND coalesce(c.closed_as, '') <> 'withdrawn'`,
    [key, cycle.toOn],
  );
  return { from: cycle.fromOn, to: rows[0]?.last ?? cycle.toOn };
}
