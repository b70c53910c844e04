/** Who was told what, when, and whether it arrived: the ledger as people read it, and the two acts it allows. */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/civil-day.ts';
import { readerOf } from '../../domain/notices/addressee.ts';
import { templateOf } from '../../domain/notices/templates.ts';
import { UNDELIVERED } from '../../domain/notices/undelivered.ts';
import { readClock } from '../deps.ts';
import type { Reach } from '../../domain/rights/table.ts';
import type { Queryable } from '../office.ts';
import { unitsUnder, type Condition } from '../visible.ts';
import { inTransaction } from '../transaction.ts';
import type { NoticesDeps } from './deps.ts';
import { readDirectory } from './directory.ts';
import { stuckIds } from './health.ts';

/** Every state a notice can be in. */
export const NOTICE_STATES = ['queued', 'frozen', 'sent', 'refused', 'overtaken', 'no-addressee', 'read'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** One line of the ledger. Instants in epoch ms. `person` is whom the frozen message went to. */
export interface NoticeRow {
  readonly id: string;
  readonly caseId: string;
  readonly seq: number;
  readonly post: string;
  readonly postTitle: string | null;
  readonly template: string;
  readonly act: string;
  readonly urgency: string;
  readonly state: NoticeState;
  /** Why it was not sent: `case-closed`, `later-rung`, `no-address`, `gave-up` … */
  readonly why: string | null;
  readonly whyWords: string | null;
  readonly at: number;
  readonly person: string | null;
  readonly personName: string | null;
  readonly messageId: string | null;
  readonly frozenAt: number | null;
  readonly attempts: number;
  readonly reply: string | null;
  readonly sentAt: number | null;
  readonly readAt: number | null;
}

export interface NoticeFilter {
  readonly state?: NoticeState;
  /** Queued past its window, or frozen and unsent, for too long (`noticeHealth`). */
  readonly stuck?: boolean;
  readonly caseId?: string;
  readonly post?: string;
  readonly person?: string;
  /** The id of the last row of the page before; newest first. */
  readonly before?: string;
  /** 1 … 500. */
  readonly limit?: number;
  /** Whose list it is; without it every notice is listed (the command line, on the server). */
  readonly reach?: Reach;
}

const WHY_WORDS: Readonly<Record<string, string>> = {
  ...UNDELIVERED,
  'case-closed': '案件已办结',
  'clock-ended': '事项已办结',
  'clock-stopped': '时限停止',
  'date-moved': '期限已后移',
  'later-rung': '已有更晚的一级通知',
};

interface Stored {
  id: string;
  case_id: string;
  seq: number;
  post: string;
  post_title: string | null;
  template: string;
  urgency: string;
  state: NoticeState;
  why: string | null;
  at: string;
  person_id: string | null;
  person_name: string | null;
  message_id: string | null;
  frozen_at: string | null;
  attempts: number | null;
  reply: string | null;
  sent_at: string | null;
  read_at: string | null;
}

const SELECT = `SELECT n.id, n.case_id, n.seq, n.post, concat_ws(' ', u.name, p.title) AS post_title, n.template, n.urgency, n.state,
         n.why, n.at, m.person_id, r.name AS person_name, n.message_id, m.frozen_at, m.attempts, m.reply, m.sent_at, n.read_at
    FROM notices n LEFT JOIN messages m ON m.id = n.message_id LEFT JOIN posts p ON p.id = n.post
         LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN persons r ON r.id = m.person_id`;

const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

function rowFrom(row: Stored): NoticeRow {
  return {
    id: row.id,
    caseId: row.case_id,
    seq: row.seq,
    post: row.post,
    postTitle: row.post_title === '' ? null : row.post_title,
    template: row.template,
    act: templateOf(row.template).act,
    urgency: row.urgency,
    state: row.state,
    why: row.why,
    whyWords: row.why === null ? null : (WHY_WORDS[row.why] ?? row.why),
    at: Number(row.at),
    person: row.person_id,
    personName: row.person_name,
    messageId: row.message_id,
    frozenAt: numberOrNull(row.frozen_at),
    attempts: row.attempts ?? 0,
    reply: row.reply,
    sentAt: numberOrNull(row.sent_at),
    readAt: numberOrNull(row.read_at),
  };
}

/** Notices of the post acted for, and of the posts under its unit as far as the right reaches. */
function noticesWithin(reach: Reach | undefined, first: number): Condition {
  if (reach === undefined || reach.scope === 'district') return { sql: 'true', values: [] };
  const own = `n.post = $${String(first)}::text`;
  if (reach.scope === 'own') return { sql: own, values: [reach.post] };
  const unit = `$${String(first + 1)}::text`;
  return {
    sql: `(${own} OR n.post IN (SELECT x.id FROM posts x WHERE x.unit_id IN (${unitsUnder(unit)})))`,
    values: [reach.post, reach.unit],
  };
}

/** Newest first. A page is as long as `limit`; the next one starts `before` its last id. */
export async function listNotices(
  client: pg.ClientBase,
  deps: NoticesDeps,
  filter: NoticeFilter = {},
): Promise<readonly NoticeRow[]> {
  const stuck = filter.stuck === true ? await stuckIds(client, deps) : null;
  const within = noticesWithin(filter.reach, 8);
  const { rows } = await client.query<Stored>({
    name: `notices-list-${filter.reach?.scope ?? 'all'}`,
    text: `${SELECT}
     WHERE ($1::text IS NULL OR n.state = $1) AND ($2::text IS NULL OR n.case_id = $2) AND ($3::text IS NULL OR n.post = $3)
       AND ($4::text IS NULL OR m.person_id = $4) AND ($5::bigint IS NULL OR n.id < $5) AND ($6::bigint[] IS NULL OR n.id = ANY($6))
       AND ${within.sql}
     ORDER BY n.id DESC LIMIT $7`,
    values: [
      filter.state ?? null,
      filter.caseId ?? null,
      filter.post ?? null,
      filter.person ?? null,
      filter.before ?? null,
      stuck,
      Math.min(500, Math.max(1, filter.limit ?? 50)),
      ...within.values,
    ],
  });
  return rows.map(rowFrom);
}

/** The notice and the message it went out in, as frozen; `null` for an id the ledger does not have. */
export async function showNotice(
  client: Queryable,
  id: string,
  reach?: Reach,
): Promise<(NoticeRow & { readonly message: { readonly subject: string; readonly text: string } | null }) | null> {
  if (!isId(id)) return null;
  const within = noticesWithin(reach, 2);
  const { rows } = await client.query<Stored>(`${SELECT} WHERE n.id = $1 AND ${within.sql}`, [id, ...within.values]);
  if (rows[0] === undefined) return null;
  const message = await client.query<{ subject: string; text: string }>(
    'SELECT subject, body AS text FROM messages WHERE id = $1',
    [rows[0].message_id],
  );
  return { ...rowFrom(rows[0]), message: message.rows[0] ?? null };
}

/** Ids are positive whole numbers that fit a bigint; anything else names nothing. */
const isId = (id: string): boolean => /^[1-9]\d{0,17}$/.test(id);

export type Marked =
  | { readonly ok: true; readonly readAt: number }
  | { readonly ok: false; readonly code: 'unknown-notice' | 'not-sent-yet' | 'not-addressee' };

/**
 * `person` has read the notice: whom the message went to, or who reads for its post today. The first reading counts;
 * a second one answers the first one's instant. Refuses before the message is frozen: nobody was told yet.
 */
export function markRead(deps: NoticesDeps, id: string, person: string): Promise<Marked> {
  return inTransaction(deps.pool, async (client) => {
    if (!isId(id)) return { ok: false, code: 'unknown-notice' };
    const { rows } = await client.query<{
      post: string;
      state: NoticeState;
      read_at: string | null;
      person_id: string | null;
    }>(
      `SELECT n.post, n.state, n.read_at, (SELECT m.person_id FROM messages m WHERE m.id = n.message_id) AS person_id
         FROM notices n WHERE n.id = $1 FOR UPDATE`,
      [id],
    );
    const [notice] = rows;
    if (notice === undefined) return { ok: false, code: 'unknown-notice' };
    const now = await readClock(deps, client);
    if (notice.person_id !== person) {
      const directory = await readDirectory(client, [notice.post], localDate(now));
      if (readerOf(notice.post, directory)?.person.id !== person) return { ok: false, code: 'not-addressee' };
    }
    if (notice.read_at !== null) return { ok: true, readAt: Number(notice.read_at) };
    if (!['frozen', 'sent', 'refused'].includes(notice.state)) return { ok: false, code: 'not-sent-yet' };
    // A frozen message is still sent: `settleMessage` finds the instant and writes `read` then.
    await client.query(
      "UPDATE notices SET read_at = $2, state = CASE WHEN state = 'sent' THEN 'read' ELSE state END WHERE id = $1",
      [id, now],
    );
    return { ok: true, readAt: now };
  });
}

export type Retried =
  | { readonly ok: true; readonly as: 'queued-again' | 'tried-at-once' }
  | { readonly ok: false; readonly code: 'unknown-notice' | 'nothing-to-retry' };

/**
 * For an operator, once the cause is mended: what was refused or reached nobody is queued again and gets a new message;
 * what is frozen is tried at the next turn, unchanged. What was sent, read or overtaken stays as it is.
 */
export function retryNotice(deps: NoticesDeps, id: string): Promise<Retried> {
  return inTransaction(deps.pool, async (client) => {
    if (!isId(id)) return { ok: false, code: 'unknown-notice' };
    const { rows } = await client.query<{ state: NoticeState; message_id: string | null }>(
      'SELECT state, message_id FROM notices WHERE id = $1 FOR UPDATE',
      [id],
    );
    const [notice] = rows;
    if (notice === undefined) return { ok: false, code: 'unknown-notice' };
    const now = await readClock(deps, client);
    if (notice.state === 'refused' || notice.state === 'no-addressee') {
      await client.query(
        "UPDATE notices SET state = 'queued', why = NULL, message_id = NULL, queued_at = $2 WHERE id = $1",
        [id, now],
      );
      return { ok: true, as: 'queued-again' };
    }
    if (notice.state !== 'frozen') return { ok: false, code: 'nothing-to-retry' };
    await client.query("UPDATE messages SET retry_at = $2 WHERE id = $1 AND state = 'frozen' AND retry_at > $2", [
      notice.message_id,
      now,
    ]);
    return { ok: true, as: 'tried-at-once' };
  });
}
