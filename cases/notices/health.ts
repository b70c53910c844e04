/** Does the mail move: what waits too long, and since when. Reads only; for metrics, health and the ledger's `stuck` filter. */
import type pg from 'pg';
import { lastWindow, windowAt } from '../../domain/notices/sending-window.ts';
import { readClock } from '../deps.ts';
import { sendingOf, type NoticesDeps } from './deps.ts';

export interface NoticeHealth {
  readonly queued: number;
  /** Messages frozen and not yet taken by the mail server. */
  readonly frozen: number;
  /** For how long the oldest notice that may be sent has been waiting for it; 0 when all that wait may not be sent yet. */
  readonly queuedAgeMs: number;
  /** For how long the oldest frozen message has been waiting for the mail server; 0 when none waits. */
  readonly frozenAgeMs: number;
  /** Notices queued past their window, or frozen and unsent, for longer than the district allows (15 minutes). */
  readonly stuck: number;
  readonly refused: number;
  readonly noAddressee: number;
}

/**
 * Every notice that may be sent by now, with the instant from which it might: at-once ones from their own instant (or the
 * opening of the window, where nights are quiet), digests from the opening of the last window if they were queued by then,
 * and from their own instant while nobody in their post has had a digest in the window that is open.
 */
const SENDABLE = `
  SELECT n.id, CASE WHEN n.urgency = 'at-once' AND ($3 OR coalesce(n.queued_at, n.at) >= $1) THEN coalesce(n.queued_at, n.at)
                    ELSE greatest($6::bigint, coalesce(n.queued_at, n.at)) END AS since
    FROM notices n
   WHERE n.state = 'queued' AND (
         (n.urgency = 'at-once' AND ($3 OR $4 OR coalesce(n.queued_at, n.at) < $1))
      OR (n.urgency = 'digest' AND coalesce(n.queued_at, n.at) < $1)
      OR (n.urgency = 'digest' AND $4 AND NOT EXISTS (
            SELECT FROM messages m WHERE m.window_id = $2 AND (
                   m.person_id IN (SELECT t.person_id FROM tenures t WHERE t.post_id = n.post)
                OR EXISTS (SELECT FROM notices told WHERE told.message_id = m.id AND told.post = n.post)))))`;

async function parameters(
  client: pg.ClientBase,
  deps: NoticesDeps,
): Promise<{ readonly now: number; readonly values: readonly unknown[] }> {
  const now = await readClock(deps, client);
  const { policy, calendar } = await deps.office.inForce(client);
  const sending = sendingOf(deps, policy);
  const last = lastWindow(now, sending, calendar);
  const open = windowAt(now, sending, calendar) !== null;
  // Slots follow each other: whoever missed one has been waiting since before it opened.
  const notBefore = sending.slotMs === undefined ? last.opensAt : 0;
  return {
    now,
    values: [last.opensAt, last.id, sending.atOnceOutsideHours, open, now - sending.stuckAfterMs, notBefore],
  };
}

export async function noticeHealth(client: pg.ClientBase, deps: NoticesDeps): Promise<NoticeHealth> {
  const { now, values } = await parameters(client, deps);
  const { rows } = await client.query<
    Record<'queued' | 'frozen' | 'refused' | 'no_addressee' | 'stuck', number> &
      Record<'queued_since' | 'frozen_since', string | null>
  >({
    name: 'notices-health',
    text: `WITH sendable AS (${SENDABLE})
      SELECT (SELECT count(*)::int FROM notices WHERE state = 'queued') AS queued,
             (SELECT count(*)::int FROM messages WHERE state = 'frozen') AS frozen,
             (SELECT count(*)::int FROM notices WHERE state = 'refused') AS refused,
             (SELECT count(*)::int FROM notices WHERE state = 'no-addressee') AS no_addressee,
             (SELECT min(since) FROM sendable) AS queued_since,
             (SELECT min(frozen_at) FROM messages WHERE state = 'frozen') AS frozen_since,
             (SELECT count(*)::int FROM sendable WHERE since <= $5)
               + (SELECT count(*)::int FROM notices n JOIN messages m ON m.id = n.message_id
                   WHERE m.state = 'frozen' AND m.frozen_at <= $5) AS stuck`,
    values: [...values],
  });
  const row = rows[0];
  const age = (since: string | null | undefined): number =>
    since === null || since === undefined ? 0 : Math.max(0, now - Number(since));
  return {
    queued: row?.queued ?? 0,
    frozen: row?.frozen ?? 0,
    refused: row?.refused ?? 0,
    noAddressee: row?.no_addressee ?? 0,
    queuedAgeMs: age(row?.queued_since),
    frozenAgeMs: age(row?.frozen_since),
    stuck: row?.stuck ?? 0,
  };
}

/** The stuck notices themselves. */
export async function stuckIds(client: pg.ClientBase, deps: NoticesDeps): Promise<readonly string[]> {
  const { values } = await parameters(client, deps);
  const { rows } = await client.query<{ id: string }>({
    name: 'notices-stuck',
    text: `SELECT id FROM (${SENDABLE}) AS sendable WHERE since <= $5
           UNION SELECT n.id FROM notices n JOIN messages m ON m.id = n.message_id WHERE m.state = 'frozen' AND m.frozen_at <= $5`,
    values: [...values],
  });
  return rows.map(({ id }) => id);
}
