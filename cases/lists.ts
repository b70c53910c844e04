/** Which cases, in which order, page by page: what every list of cases reads. Names are joined from the register. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';
import { lineOf, LINE_COLUMNS, LINE_JOINS, type CaseLine, type StoredLine } from './case-lines.ts';
import { byNumber, subjectsNamed } from './search.ts';
import { visibleCases } from './visible.ts';

export interface CaseFilter {
  /** Whose list it is; without it every case is listed (the command line, on the server). */
  readonly reach?: Reach;
  readonly kind?: string;
  readonly stage?: string;
  readonly holder?: string;
  /** The unit and every unit below it. */
  readonly unit?: string;
  /** The unit itself, without those below it. */
  readonly unitAlone?: string;
  readonly subject?: string;
  readonly cycle?: string;
  /** Cases whose earliest running limit ends on this day or before it. */
  readonly dueUntil?: string;
  readonly dueFrom?: string;
  /** Open cases whose earliest running limit ends after an instant, and at another or before it: a rung of urgency. */
  readonly endsAfter?: number;
  readonly endsBy?: number;
  /** Cases of which a limit ran out at any time. */
  readonly breached?: boolean;
  readonly closed?: boolean;
  /** The beginning or end of a number, or part of a subject's name. */
  readonly q?: string;
}

/** `due`: earliest limit first, cases without one last. `opened`: newest first. */
export type CaseOrder = 'due' | 'opened';

/** The keys of the last row of a page. */
export interface CaseCursor {
  readonly at: number;
  readonly id: string;
}

/** Sorts behind every instant. */
const NEVER = Number.MAX_SAFE_INTEGER;

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Conditions and their values; `$n` are numbered as they come. */
class Where {
  readonly conditions: string[] = [];
  readonly values: unknown[] = [];

  /** A condition whose parameters are numbered from the given number on. */
  with(condition: (first: number) => { readonly sql: string; readonly values: readonly unknown[] }): void {
    const { sql, values } = condition(this.values.length + 1);
    this.conditions.push(sql);
    this.values.push(...values);
  }

  /** `?` stands for the value. */
  and(condition: string, value: unknown): void {
    this.values.push(value);
    this.conditions.push(condition.replaceAll('?', `$${this.values.length}`));
  }

  get text(): string {
    return this.conditions.length === 0 ? '' : `WHERE ${this.conditions.join(' AND ')}`;
  }
}

function filtered({
  reach,
  kind,
  stage,
  holder,
  unit,
  unitAlone,
  subject,
  cycle,
  dueUntil,
  dueFrom,
  endsAfter,
  endsBy,
  breached,
  closed,
}: CaseFilter): Where {
  const where = new Where();
  if (reach !== undefined) where.with((first) => visibleCases(reach, first));
  if (kind !== undefined) where.and('c.kind = ?', kind);
  if (stage !== undefined) where.and('c.stage = ?', stage);
  if (holder !== undefined) where.and('c.holder_post = ?', holder);
  if (unit !== undefined) {
    where.and(
      'c.unit_id IN (SELECT below.id FROM units top JOIN units below ON starts_with(below.path, top.path) WHERE top.id = ?)',
      unit,
    );
  }
  if (unitAlone !== undefined) where.and('c.unit_id = ?', unitAlone);
  if (subject !== undefined) where.and('c.subject_id = ?', subject);
  if (cycle !== undefined) where.and('c.cycle_id = ?', cycle);
  if (dueUntil !== undefined) where.and('c.due_on <= ?', dueUntil);
  if (dueFrom !== undefined) where.and('c.due_on >= ?', dueFrom);
  if (endsAfter !== undefined) where.and('c.closed_at IS NULL AND c.due_at > ?', endsAfter);
  if (endsBy !== undefined) where.and('c.closed_at IS NULL AND c.due_at <= ?', endsBy);
  if (breached !== undefined) where.and('c.breached = ?', breached);
  if (closed !== undefined) where.conditions.push(closed ? 'c.closed_at IS NOT NULL' : 'c.closed_at IS NULL');
  return where;
}

/** From this many matches on a list finds fifty of them sooner by walking in its own order. */
const MANY = 5_000;

/**
 * Narrows to a few characters. What they match is counted first: few matches are put in order, many are met on the way.
 * Left to estimates, the database walks the whole list for the one case that ends on `f-7`.
 */
async function named(db: Queryable, where: Where, q: string): Promise<void> {
  const subjects = await subjectsNamed(db, q);
  const number = byNumber(q, 1);
  const { rows } = await db.query<{ id: string }>(
    `SELECT c.id FROM cases c WHERE ${number.sql}
     UNION ALL SELECT c.id FROM cases c WHERE c.subject_id = ANY($${String(number.values.length + 1)}::text[])
     LIMIT ${String(MANY + 1)}`,
    [...number.values, subjects],
  );
  if (rows.length <= MANY) {
    const ids = rows.map(({ id }) => id);
    where.and('c.id = ANY(?::text[])', ids);
    return;
  }
  where.with((first) => {
    const { sql, values } = byNumber(q, first);
    const at = `$${String(first + values.length)}::text[]`;
    return { sql: `(${sql} OR c.subject_id = ANY(${at}))`, values: [...values, subjects] };
  });
}

export interface CaseCount {
  readonly kind: string;
  readonly open: number;
  readonly red: number;
  readonly yellow: number;
  readonly blue: number;
}

/** Open cases by kind and rung, within reach. */
export async function countCases(
  db: Queryable,
  reach: Reach,
  { now, today, soon }: { readonly now: number; readonly today: number; readonly soon: number },
): Promise<readonly CaseCount[]> {
  const { sql, values } = visibleCases(reach, 4);
  const { rows } = await db.query<CaseCount>(
    `SELECT c.kind, count(*)::int AS open, count(*) FILTER (WHERE c.due_at <= $1::bigint)::int AS red,
            count(*) FILTER (WHERE c.due_at > $1::bigint AND c.due_at <= $2::bigint)::int AS yellow,
            count(*) FILTER (WHERE c.due_at > $2::bigint AND c.due_at <= $3::bigint)::int AS blue
       FROM cases c WHERE c.closed_at IS NULL AND ${sql} GROUP BY c.kind`,
    [now, today, soon, ...values],
  );
  return rows;
}

/** At most `limit` cases after `after`, and the cursor of the last one when more follow. */
export async function listCases(
  db: Queryable,
  filter: CaseFilter,
  {
    order,
    limit,
    after,
  }: { readonly order: CaseOrder; readonly limit: number; readonly after?: CaseCursor | undefined },
): Promise<{ readonly rows: readonly CaseLine[]; readonly next: CaseCursor | null }> {
  const where = filtered(filter);
  if (filter.q !== undefined) await named(db, where, filter.q);
  const by = order === 'due' ? `coalesce(c.due_at, ${NEVER})` : 'c.opened_at';
  if (after !== undefined) {
    where.values.push(after.at, after.id);
    const n = where.values.length;
    where.conditions.push(`(${by}, c.id) ${order === 'due' ? '>' : '<'} ($${n - 1}::bigint, $${n}::text)`);
  }
  const direction = order === 'due' ? 'ASC' : 'DESC';
  // The page is found by its keys alone, then dressed: names are joined for fifty rows, not for all that match.
  const { rows } = await db.query<StoredLine>(
    `SELECT ${LINE_COLUMNS}
       FROM (SELECT c.id, ${by} AS place FROM cases c ${where.text}
              ORDER BY ${by} ${direction}, c.id ${direction} LIMIT ${limit + 1}) page
       JOIN cases c ON c.id = page.id ${LINE_JOINS}
      ORDER BY page.place ${direction}, page.id ${direction}`,
    where.values,
  );
  const lines = rows.slice(0, limit).map(lineOf);
  const last = lines.at(-1);
  if (rows.length <= limit || last === undefined) return { rows: lines, next: null };
  return { rows: lines, next: { at: order === 'due' ? (last.dueAt ?? NEVER) : last.openedAt, id: last.id } };
}

/** One case as a list shows it; undefined when there is none. */
export async function lineOfCase(db: Queryable, id: string): Promise<CaseLine | undefined> {
  const { rows } = await db.query<StoredLine>({
    name: 'case-line',
    text: `SELECT ${LINE_COLUMNS} FROM cases c ${LINE_JOINS} WHERE c.id = $1`,
    values: [id],
  });
  return rows[0] === undefined ? undefined : lineOf(rows[0]);
}

export interface EntryLine {
  readonly seq: number;
  readonly at: number;
  readonly previous: string;
  readonly hash: string;
  /** The entry as it stands in the journal. */
  readonly content: unknown;
}

/** Entries of a chain after (or, newest first, before) a sequence number. */
export async function listEntries(
  db: Queryable,
  chain: string,
  {
    order,
    limit,
    after,
  }: { readonly order: 'oldest' | 'newest'; readonly limit: number; readonly after?: number | undefined },
): Promise<{ readonly rows: readonly EntryLine[]; readonly next: number | null }> {
  const from = after ?? (order === 'oldest' ? 0 : 2_147_483_647);
  const { rows } = await db.query<{ seq: number; at: string; previous: string; hash: string; body: string }>({
    name: `entries-${order}`,
    text:
      order === 'oldest'
        ? 'SELECT seq, at, previous, hash, body FROM entries WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT $3'
        : 'SELECT seq, at, previous, hash, body FROM entries WHERE chain = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3',
    values: [chain, from, limit + 1],
  });
  const lines = rows.slice(0, limit).map(({ seq, at, previous, hash, body }): EntryLine => ({
    seq,
    at: Number(at),
    previous,
    hash,
    content: JSON.parse(body),
  }));
  return { rows: lines, next: rows.length > limit ? (lines.at(-1)?.seq ?? null) : null };
}

/** How the id of a text looks; in a case's state nothing else does. */
const TEXT_ID = /"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g;

/**
 * Erasable texts by id: those written in the case, and those its state refers to though another case holds them (a
 * correction shows the words of its round's finding). Null where one was erased.
 */
export async function textsOf(
  db: Queryable,
  chain: string,
  state: unknown,
): Promise<Readonly<Record<string, string | null>>> {
  const mentioned = [...(JSON.stringify(state) ?? '').matchAll(TEXT_ID)].map(([, id]) => id);
  const { rows } = await db.query<{ id: string; body: string | null }>({
    name: 'texts-of',
    text: 'SELECT id, body FROM texts WHERE chain = $1 UNION SELECT id, body FROM texts WHERE id = ANY($2)',
    values: [chain, mentioned],
  });
  return Object.fromEntries(rows.map(({ id, body }) => [id, body]));
}
