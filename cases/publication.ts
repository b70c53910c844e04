/**
 * Putting a calendar, ladder or policy in force, and carrying it to the open cases it may move: selected set-based,
 * worked off earliest due first, a few at a time, so that visits go first.
 */
import type pg from 'pg';
import { acceptCalendar } from '../domain/kernel/calendar-acceptance.ts';
import type { CalendarData } from '../domain/kernel/calendar.ts';
import type { Ladder } from '../domain/kernel/ladder.ts';
import { readClock, type CasesDeps } from './deps.ts';
import { recordFault } from './faults.ts';
import { recount } from './fire.ts';
import { CALENDAR_NAME, publish, type ContentKind } from './office.ts';
import { ladderFaults, policyFaults } from './office-bodies.ts';
import type { PolicyData } from './office-data.ts';
import { bodiesInForce } from './office-lists.ts';
import { inTransaction } from './transaction.ts';

export interface Published {
  readonly hash: string;
  /** `null`: this content was in force already. */
  readonly publication: string | null;
  /** How many open cases will be counted again. */
  readonly touched: number;
}

/** Days on which two calendars disagree, or only one of them knows; what a case must count over to be touched. */
export function changedDays(before: CalendarData | undefined, after: CalendarData): readonly string[] {
  const answer = (calendar: CalendarData | undefined, on: string): string => {
    if (calendar === undefined || on > calendar.knownThrough) return 'unknown';
    if (calendar.makeUpWorkdays.some(({ date }) => date === on)) return 'work';
    return calendar.holidays.some(({ date }) => date === on) ? 'off' : 'plain';
  };
  const named = [before, after]
    .flatMap((one) => [...(one?.holidays ?? []), ...(one?.makeUpWorkdays ?? [])])
    .map(({ date }) => date);
  const days = new Set(named.filter((on) => answer(before, on) !== answer(after, on)));
  if (before !== undefined && before.knownThrough !== after.knownThrough) {
    const [earlier, later] = [before.knownThrough, after.knownThrough].sort();
    if (earlier !== undefined && later !== undefined) days.add(earlier).add(later);
  }
  return [...days].sort();
}

interface NewContent {
  readonly kind: Exclude<ContentKind, 'rules'>;
  readonly name: string;
  readonly version: string;
  readonly body: unknown;
}

/** The content may not be put in force; sentences say why. Nothing was written. */
export class Unacceptable extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'Unacceptable';
    this.faults = faults;
  }
}

/**
 * The one door by which content comes into force: whoever brings it, it is accepted here or not at all.
 * Throws `Unacceptable`.
 */
export async function publishContent(
  deps: CasesDeps,
  content: NewContent,
  person: string,
  reason: string | null = null,
): Promise<Published> {
  return inTransaction(deps.pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('zhaodan/office'))");
    const faults = await faultsOf(client, content);
    if (faults.length > 0) throw new Unacceptable(faults);
    const before = content.kind === 'calendar' ? await calendarInForce(client) : undefined;
    const at = await readClock(deps, client);
    const { hash, publication } = await publish(client, content, { person, at, reason });
    if (publication === null) return { hash, publication: null, touched: 0 };
    const span = content.kind === 'calendar' ? changedDays(before, content.body as CalendarData) : [];
    const touched = await queueRecounts(client, publication, content.kind === 'calendar' ? span : null);
    await client.query("SELECT pg_notify('zhaodan', 'work')");
    return { hash, publication: String(publication), touched };
  });
}

/** What a calendar, a ladder or a policy of this shape still gets wrong, beside what is in force now. */
export async function faultsOf(
  client: Pick<pg.ClientBase, 'query'>,
  { kind, body }: Pick<NewContent, 'kind' | 'body'>,
): Promise<readonly string[]> {
  switch (kind) {
    case 'calendar':
      return acceptCalendar(body as CalendarData);
    case 'ladder':
      return ladderFaults(body as Ladder);
    case 'policy': {
      const [before] = await bodiesInForce<PolicyData>(client, 'policy');
      return policyFaults(body as PolicyData, before?.body);
    }
  }
}

async function calendarInForce(client: pg.ClientBase): Promise<CalendarData | undefined> {
  const { rows } = await client.query<{ body: string }>(
    `SELECT c.body FROM publications p JOIN contents c ON c.hash = p.hash
      WHERE p.kind = 'calendar' AND p.name = $1 ORDER BY p.id DESC LIMIT 1`,
    [CALENDAR_NAME],
  );
  return rows[0] === undefined ? undefined : (JSON.parse(rows[0].body) as CalendarData);
}

async function queueRecounts(
  client: pg.ClientBase,
  publication: bigint,
  days: readonly string[] | null,
): Promise<number> {
  if (days?.length === 0) return 0;
  const { rowCount } = await client.query(
    `INSERT INTO recounts (case_id, publication_id, due_at)
     SELECT id, $1, coalesce(due_at, 9007199254740991) FROM cases
      WHERE closed_at IS NULL AND ($2::text IS NULL OR (span_from <= $3 AND span_to >= $2))`,
    [publication, days?.[0] ?? null, days?.at(-1) ?? null],
  );
  return rowCount ?? 0;
}

/** Counts up to `limit` cases again; how many are done. Each in a transaction of its own; a crash resumes where it was. */
export async function workRecounts(deps: CasesDeps, limit = 50): Promise<number> {
  const { rows } = await deps.pool.query<{ case_id: string; publication_id: string }>({
    name: 'recounts-next',
    text: 'SELECT case_id, publication_id FROM recounts ORDER BY due_at, case_id LIMIT $1',
    values: [limit],
  });
  for (const { case_id, publication_id } of rows) {
    const counted = inTransaction(deps.pool, async (client) => {
      await recount(client, deps, case_id, BigInt(publication_id));
      await client.query('DELETE FROM recounts WHERE case_id = $1 AND publication_id = $2', [case_id, publication_id]);
    });
    await counted.catch((error: unknown) => setAside(deps, case_id, publication_id, error));
  }
  return rows.length;
}

/** A case that cannot be counted goes behind all others and is shown among the stuck ones; it holds nobody up. */
async function setAside(deps: CasesDeps, caseId: string, publicationId: string, error: unknown): Promise<void> {
  await recordFault(deps, caseId, error);
  await deps.pool.query('UPDATE recounts SET due_at = $3 WHERE case_id = $1 AND publication_id = $2', [
    caseId,
    publicationId,
    Number.MAX_SAFE_INTEGER,
  ]);
}
