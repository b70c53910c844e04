/**
 * Steps two and three, as the database sees them: which frozen messages a worker may hand over now, and what became of
 * each. SMTP takes part in no transaction: a worker killed between hand-over and `settle` leaves the message claimed until
 * its lease ends, and it is then sent once more, unchanged, under the same Message-ID.
 */
import type pg from 'pg';
import { retryAfterMs, type Handover } from '../../domain/notices/retry.ts';
import { nextWindow, windowAt } from '../../domain/notices/sending-window.ts';
import { readClock } from '../deps.ts';
import { inTransaction } from '../transaction.ts';
import { raiseAlerts } from './alerts.ts';
import { sendingOf, type NoticesDeps } from './deps.ts';

export interface Outgoing {
  /** The Message-ID, without angle brackets. */
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** This attempt's number, from 1: what a late settlement is recognised by. */
  readonly attempt: number;
}

/** How long a claimed message stays with its worker. Longer than any hand-over may take (`SEND_TIMEOUT_MS`, activities/mailer.ts). */
export const LEASE_MS = 300_000;

/** Claims up to `most` messages for this worker; digests only while sending hours last. */
export function claimMessages(deps: NoticesDeps, most: number): Promise<readonly Outgoing[]> {
  return inTransaction(deps.pool, async (client) => {
    const now = await readClock(deps, client);
    const { policy, calendar } = await deps.office.inForce(client);
    const open = windowAt(now, sendingOf(deps, policy), calendar) !== null;
    const { rows } = await client.query<{
      id: string;
      address: string;
      subject: string;
      body: string;
      html: string;
      attempts: number;
    }>({
      name: 'messages-claim',
      text: `UPDATE messages SET retry_at = $1::bigint + $2, attempts = attempts + 1
              WHERE id IN (SELECT id FROM messages
                            WHERE state = 'frozen' AND retry_at <= $1 AND (window_id IS NULL OR $3)
                            ORDER BY frozen_at, id LIMIT $4 FOR UPDATE SKIP LOCKED)
             RETURNING id, address, subject, body, html, attempts`,
      values: [now, LEASE_MS, open, most],
    });
    return rows.map(({ body, attempts, ...row }) => ({ ...row, text: body, attempt: attempts }));
  });
}

/** How a hand-over ended in the ledger; `superseded`: another worker has the message by now. */
export type Settlement = 'sent' | 'refused' | 'retry' | 'gave-up' | 'superseded';

/** Stores the server's answer to one attempt. */
export function settleMessage(
  deps: NoticesDeps,
  { id, attempt }: Pick<Outgoing, 'id' | 'attempt'>,
  handover: Handover,
): Promise<Settlement> {
  return inTransaction(deps.pool, async (client) => {
    const now = await readClock(deps, client);
    const { rows } = await client.query<{ attempts: number; frozen_at: string }>({
      name: 'messages-lock',
      text: "SELECT attempts, frozen_at FROM messages WHERE id = $1 AND state = 'frozen' FOR UPDATE",
      values: [id],
    });
    const [row] = rows;
    if (row === undefined) return 'superseded';
    // A server that took the message took it, however late the worker reports.
    if (handover.outcome === 'sent') return close(client, id, 'sent', handover.reply, now);
    if (row.attempts !== attempt) return 'superseded';
    if (handover.outcome === 'refused') return close(client, id, 'refused', handover.reply, now);
    const { giveUpAfterMs } = sendingOf(deps, (await deps.office.inForce(client)).policy);
    if (now - Number(row.frozen_at) >= giveUpAfterMs) return close(client, id, 'gave-up', handover.reply, now);
    const retryAt = now + retryAfterMs(attempt);
    await client.query('UPDATE messages SET retry_at = $2, reply = $3 WHERE id = $1', [id, retryAt, handover.reply]);
    return 'retry';
  });
}

/**
 * The server is away: every message that would be tried before `waitMs` are over waits that long, so that a few knock at
 * its door, not thousands. Rows another transaction holds are left to it.
 */
export function holdBack(deps: NoticesDeps, waitMs: number): Promise<void> {
  return inTransaction(deps.pool, async (client) => {
    const until = (await readClock(deps, client)) + waitMs;
    await client.query({
      name: 'messages-hold-back',
      text: `UPDATE messages SET retry_at = $1
              WHERE id IN (SELECT id FROM messages WHERE state = 'frozen' AND retry_at < $1 FOR UPDATE SKIP LOCKED)`,
      values: [until],
    });
  });
}

async function close(
  client: pg.ClientBase,
  id: string,
  as: 'sent' | 'refused' | 'gave-up',
  reply: string,
  now: number,
): Promise<Settlement> {
  const state = as === 'sent' ? 'sent' : 'refused';
  await client.query('UPDATE messages SET state = $2, reply = $3, sent_at = $4 WHERE id = $1', [
    id,
    state,
    reply,
    as === 'sent' ? now : null,
  ]);
  if (as === 'sent') {
    await client.query(
      "UPDATE notices SET state = CASE WHEN read_at IS NULL THEN 'sent' ELSE 'read' END WHERE message_id = $1 AND state = 'frozen'",
      [id],
    );
    return as;
  }
  const { rows } = await client.query<{
    id: string;
    caseId: string;
    seq: number;
    post: string;
    template: string;
    urgency: string;
  }>(
    `UPDATE notices SET state = 'refused', why = $2 WHERE message_id = $1 AND state = 'frozen'
     RETURNING id, case_id AS "caseId", seq, post, template, urgency`,
    [id, as],
  );
  await raiseAlerts(
    client,
    rows.map((row) => ({ ...row, why: as })),
    now,
  );
  return as;
}

/** Until the next frozen message may be tried; `null` when none waits. Digests wait for sending hours. */
export async function untilNextAttempt(deps: NoticesDeps): Promise<number | null> {
  return inTransaction(deps.pool, async (client) => {
    const now = await readClock(deps, client);
    const { policy, calendar } = await deps.office.inForce(client);
    const sending = sendingOf(deps, policy);
    const { rows } = await client.query<{ digest: string | null; at_once: string | null }>(
      `SELECT min(retry_at) FILTER (WHERE window_id IS NOT NULL) AS digest, min(retry_at) FILTER (WHERE window_id IS NULL) AS at_once
         FROM messages WHERE state = 'frozen'`,
    );
    const { digest = null, at_once = null } = rows[0] ?? {};
    const opensAt = windowAt(now, sending, calendar) === null ? nextWindow(now, sending, calendar).opensAt : now;
    const instants = [
      ...(digest === null ? [] : [Math.max(Number(digest), opensAt)]),
      ...(at_once === null ? [] : [Number(at_once)]),
    ];
    return instants.length === 0 ? null : Math.max(0, Math.min(...instants) - now);
  });
}
