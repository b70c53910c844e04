/** Which notices wait, for which posts, and since when. Reads and locks; decides nothing. */
import type pg from 'pg';
import type { Details } from '../../domain/notices/says.ts';
import type { Queryable } from '../office.ts';

export type Urgency = 'digest' | 'at-once';

export interface Waiting {
  readonly post: string;
  readonly oldestAt: number;
  readonly newestAt: number;
}

export interface Queued {
  readonly id: string;
  readonly caseId: string;
  readonly seq: number;
  readonly post: string;
  readonly template: string;
  readonly urgency: Urgency;
  readonly details: Details;
  /** A later rung of the same clock has been queued for the same post. */
  readonly laterRung: boolean;
}

/** Posts with notices of this urgency in the queue. */
export async function waitingPosts(client: Queryable, urgency: Urgency): Promise<readonly Waiting[]> {
  const { rows } = await client.query<{ post: string; oldest: string; newest: string }>({
    name: 'notices-waiting',
    text: `SELECT post, min(coalesce(queued_at, at)) AS oldest, max(coalesce(queued_at, at)) AS newest
             FROM notices WHERE state = 'queued' AND urgency = $1 GROUP BY post ORDER BY oldest, post`,
    values: [urgency],
  });
  return rows.map(({ post, oldest, newest }) => ({ post, oldestAt: Number(oldest), newestAt: Number(newest) }));
}

/** Whether anything in the queue cannot wait for the next look at it. */
export async function isPressing(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ pressing: boolean }>(
    "SELECT EXISTS (SELECT FROM notices WHERE state = 'queued' AND urgency = 'at-once') AS pressing",
  );
  return rows[0]?.pressing === true;
}

/** Locks and reads the queue of these posts, oldest first, all of it for `limit: null`; rows another transaction holds are left to it. */
export async function lockQueued(
  client: pg.ClientBase,
  {
    urgency,
    posts,
    limit,
  }: { readonly urgency: Urgency; readonly posts: readonly string[]; readonly limit: number | null },
): Promise<readonly Queued[]> {
  const { rows } = await client.query<{
    id: string;
    case_id: string;
    seq: number;
    post: string;
    template: string;
    urgency: Urgency;
    details: Details;
    later_rung: boolean;
  }>({
    name: 'notices-lock-queued',
    text: `WITH locked AS (
             SELECT id, case_id, seq, post, template, urgency, details FROM notices
              WHERE state = 'queued' AND urgency = $1 AND post = ANY($2::text[])
              ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
           SELECT l.*, EXISTS (SELECT FROM notices n
                    WHERE l.details ? 'rung' AND n.case_id = l.case_id AND n.post = l.post AND n.seq > l.seq
                      AND n.details ? 'rung' AND n.details ->> 'clock' = l.details ->> 'clock') AS later_rung
             FROM locked l ORDER BY l.id`,
    values: [urgency, posts, limit],
  });
  return rows.map(({ case_id, later_rung, ...row }) => ({ ...row, caseId: case_id, laterRung: later_rung }));
}
