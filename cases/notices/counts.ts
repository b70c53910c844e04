/** How many notices stand how: those that reached nobody, and those a post has not read. */
import type pg from 'pg';
import { UNDELIVERED } from '../../domain/notices/undelivered.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { unitOf, unitsUnder } from '../visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface UndeliveredCount {
  readonly state: string;
  readonly why: string | null;
  /** Chinese: what `why` says. */
  readonly words: string;
  readonly count: number;
}

/** Of posts within reach, by reason, the most first. */
export async function countUndelivered(db: Queryable, reach: Reach): Promise<readonly UndeliveredCount[]> {
  const { rows } = await db.query<Omit<UndeliveredCount, 'words'>>(
    `SELECT n.state, n.why, count(*)::int AS count FROM notices n
      WHERE n.state IN ('refused', 'no-addressee')
        AND ($1::text IS NULL OR n.post IN (SELECT p.id FROM posts p WHERE p.unit_id IN (${unitsUnder('$1::text')})))
      GROUP BY 1, 2 ORDER BY count DESC`,
    [unitOf(reach)],
  );
  return rows.map((row) => ({
    ...row,
    words: UNDELIVERED[row.why ?? ''] ?? (row.state === 'refused' ? '邮箱拒收' : '无人可收'),
  }));
}

export async function countUnread(db: Queryable, post: string): Promise<number> {
  const { rows } = await db.query<{ unread: number }>(
    "SELECT count(*)::int AS unread FROM notices WHERE post = $1 AND state = 'sent' AND read_at IS NULL",
    [post],
  );
  return rows[0]?.unread ?? 0;
}
