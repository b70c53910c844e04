/**
 * What waits for a post, from every kind of case: grouped by urgency, a page at a time. Clocks are counted only for the
 * rows that are shown. Knows no kind by name: what a stage waits for is the kind's word.
 */
import type pg from 'pg';
import { endOfDay, localDate } from '../domain/kernel/calendar.ts';
import { lawDay } from '../domain/kernel/due.ts';
import type { Actor } from '../domain/kernel/process.ts';
import { NEAR_DAYS, standingOf, type Standing } from '../domain/kernel/standing.ts';
import type { CasePage } from '../domain/words/kind-words.ts';
import { KIND_WORDS, stageWords, wordsOf } from '../domain/words/index.ts';
import { lineOf, LINE_COLUMNS, LINE_JOINS, type CaseLine, type StoredLine } from './case-lines.ts';
import { processOf, readClock, type CasesDeps } from './deps.ts';
import type { CaseFile } from './kinds/case-file.ts';
import { kindOf } from './kinds/index.ts';
import type { InForce } from './office.ts';
import { unitsUnder } from './visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export const TODO_GROUPS = ['overdue', 'today', 'soon', 'later', 'stopped'] as const;
export type TodoGroup = (typeof TODO_GROUPS)[number];

/** Days with something due that are counted, from today. */
const MOST_DAYS = 60;

/** How many days the strip shows, from today. */
export const STRIP_DAYS = 14;

export interface TodoRow {
  readonly case: CaseLine;
  readonly kindTitle: string;
  readonly stageTitle: string;
  /** A verb phrase. */
  readonly act: string;
  readonly page: CasePage | null;
  /** What it is about beside the subject. */
  readonly matter: string | null;
  /** Offered in the row, the usual one first. */
  readonly commands: readonly { readonly type: string; readonly label: string; readonly batch: boolean }[];
  /** Of the clock that ends first; `null` where none runs. */
  readonly standing: Standing | null;
  readonly clock: string | null;
  readonly clockTitle: string | null;
}

export interface TodoCounts {
  readonly groups: Readonly<Record<TodoGroup, number>>;
  /** Of every kind, whichever is asked for. */
  readonly kinds: readonly { readonly kind: string; readonly title: string; readonly count: number }[];
  /** Cases whose limit ends on each day from today on. */
  readonly days: readonly { readonly on: string; readonly count: number }[];
}

/** Which cases wait for the acting person's post: those it holds, and those without a holder that wait for its role. */
function waiting(actor: Actor, first: number): { readonly sql: string; readonly values: readonly unknown[] } {
  const acts = KIND_WORDS.flatMap(({ kind, acts: own }) =>
    Object.entries(own).map(([stage, { roles = [] }]) => ({ at: `${kind} ${stage}`, roles })),
  );
  const mine = acts.filter(({ roles }) => roles.includes(actor.role)).map(({ at }) => at);
  const n = (at: number): string => `$${String(first + at)}`;
  const stage = "c.kind || ' ' || c.stage";
  // A stage that waits for nobody is no to-do, whoever holds the case.
  const held = `c.closed_at IS NULL AND c.holder_post = ${n(0)}::text AND ${stage} = ANY(${n(1)}::text[])`;
  const values = [actor.post, acts.map(({ at }) => at)];
  if (mine.length === 0) return { sql: `(${held})`, values };
  const place = actor.role === 'district-office' ? 'true' : `c.unit_id IN (${unitsUnder(`${n(3)}::text`)})`;
  return {
    sql: `(${held} OR (c.closed_at IS NULL AND c.holder_post IS NULL AND ${stage} = ANY(${n(2)}::text[]) AND ${place}))`,
    values: [...values, mine, ...(actor.role === 'district-office' ? [] : [actor.unit])],
  };
}

/** The instants between the groups. */
export interface Edges {
  readonly now: number;
  readonly today: number;
  readonly soon: number;
}

export const edgesAt = (now: number, { calendar }: InForce): Edges => {
  const on = localDate(now);
  return { now, today: endOfDay(on), soon: endOfDay(calendar.addWorkingDays(on, NEAR_DAYS)) };
};

/** A limit that ends at 24:00 of a day ends at the first instant of the next. */
const IN_GROUP: Readonly<Record<TodoGroup, (now: string, today: string, soon: string) => string>> = {
  overdue: (now) => `c.due_at <= ${now}`,
  today: (now, today) => `c.due_at > ${now} AND c.due_at <= ${today}`,
  soon: (_now, today, soon) => `c.due_at > ${today} AND c.due_at <= ${soon}`,
  later: (_now, _today, soon) => `c.due_at > ${soon}`,
  stopped: () => 'c.due_at IS NULL',
};

/** How many in each group, and on each of the coming days. */
export async function countTodo(
  db: Queryable,
  actor: Actor,
  now: number,
  inForce: InForce,
  kind: string | null = null,
): Promise<TodoCounts> {
  const edges = edgesAt(now, inForce);
  const { sql, values } = waiting(actor, 1);
  const at = values.length;
  const [n, t, s, k] = [1, 2, 3, 4].map((nth) => `$${String(at + nth)}`) as [string, string, string, string];
  const counted = await db.query<Record<TodoGroup, number> & { kind: string; all: number }>(
    `SELECT c.kind, count(*)::int AS all, ${TODO_GROUPS.map(
      (group) =>
        `count(*) FILTER (WHERE ${IN_GROUP[group](`${n}::bigint`, `${t}::bigint`, `${s}::bigint`)})::int AS ${group}`,
    ).join(', ')}
       FROM cases c WHERE ${sql} GROUP BY 1 ORDER BY 1`,
    [...values, edges.now, edges.today, edges.soon],
  );
  const asked = counted.rows.filter((row) => kind === null || row.kind === kind);
  const sum = (group: TodoGroup): number => asked.reduce((total, row) => total + row[group], 0);
  const days = await db.query<{ on: string; count: number }>(
    `SELECT c.due_on AS on, count(*)::int AS count FROM cases c
      WHERE ${sql} AND c.due_at > ${n}::bigint AND c.due_on >= ${t}::text AND (${s}::text IS NULL OR c.kind = ${s}::text)
      GROUP BY 1 ORDER BY 1 LIMIT ${k}::int`,
    [...values, now, localDate(now), kind, MOST_DAYS],
  );
  return {
    groups: {
      overdue: sum('overdue'),
      today: sum('today'),
      soon: sum('soon'),
      later: sum('later'),
      stopped: sum('stopped'),
    },
    kinds: counted.rows.map((row) => ({ kind: row.kind, title: wordsOf(row.kind)?.title ?? row.kind, count: row.all })),
    days: days.rows,
  };
}

export interface TodoCursor {
  readonly at: number;
  readonly id: string;
}

const NEVER = Number.MAX_SAFE_INTEGER;

/** A page of one group, earliest limit first; `day` narrows to limits that end on it. */
export async function listTodo(
  deps: CasesDeps,
  client: pg.ClientBase,
  actor: Actor,
  {
    group,
    day,
    kind = null,
    limit,
    after,
  }: { group: TodoGroup | null; day: string | null; kind?: string | null; limit: number; after: TodoCursor | null },
): Promise<{ readonly rows: readonly TodoRow[]; readonly next: TodoCursor | null }> {
  const inForce = await deps.office.inForce(client);
  const now = await readClock(deps, client);
  const edges = edgesAt(now, inForce);
  const { sql, values } = waiting(actor, 1);
  const at = values.length;
  const n = (nth: number): string => `$${String(at + nth)}`;
  const inGroup = group === null ? 'true' : IN_GROUP[group](`${n(1)}::bigint`, `${n(2)}::bigint`, `${n(3)}::bigint`);
  const key = `coalesce(c.due_at, ${String(NEVER)})`;
  const { rows } = await client.query<StoredLine & { state: unknown }>(
    `SELECT ${LINE_COLUMNS}, c.state FROM cases c ${LINE_JOINS}
      WHERE ${sql} AND ${inGroup} AND (${n(1)}::bigint + ${n(2)}::bigint + ${n(3)}::bigint) IS NOT NULL
        AND (${n(4)}::text IS NULL OR c.due_on = ${n(4)})
        AND (${n(7)}::text IS NULL OR c.kind = ${n(7)})
        AND (${n(5)}::bigint IS NULL OR (${key}, c.id) > (${n(5)}, ${n(6)}::text))
      ORDER BY ${key}, c.id LIMIT ${String(limit + 1)}`,
    [...values, edges.now, edges.today, edges.soon, day, after?.at ?? null, after?.id ?? null, kind],
  );
  const shown = rows.slice(0, limit).map((row) => rowOf(deps, row, inForce, now));
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? { at: last.case.dueAt ?? NEVER, id: last.case.id } : null;
  return { rows: shown, next };
}

function rowOf(
  deps: CasesDeps,
  { state, ...stored }: StoredLine & { state: unknown },
  inForce: InForce,
  now: number,
): TodoRow {
  const line = lineOf(stored);
  const words = wordsOf(line.kind);
  const act = words?.acts[line.stage];
  const first = firstClock(deps, line.kind, state, inForce, now);
  return {
    case: line,
    kindTitle: words?.title ?? line.kind,
    stageTitle: stageWords(words, line.stage, line.closedAs),
    act: act?.act ?? stageWords(words, line.stage, null),
    page: act?.page ?? null,
    matter: (kindOf(line.id)?.file as CaseFile<unknown> | undefined)?.matter?.(state, inForce.policy) ?? null,
    commands: (act?.commands ?? []).map((type) => ({
      type,
      label: words?.commands[type]?.label ?? type,
      batch: words?.commands[type]?.batch === true,
    })),
    standing: first?.standing ?? null,
    clock: first?.id ?? null,
    clockTitle: first === null ? null : (words?.clocks[first.id] ?? first.id),
  };
}

/** The running clock that ends first; else the one that stands still. */
export function firstClock(
  deps: Pick<CasesDeps, 'processes'>,
  kind: string,
  state: unknown,
  { rules, calendar }: InForce,
  now: number,
): { readonly id: string; readonly standing: Standing } | null {
  const open = processOf(deps, kind)
    .clocks(state)
    .filter(({ endedAt }) => endedAt === undefined)
    .map((clock) => ({
      id: clock.id,
      standing: standingOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar, now),
    }))
    .sort((a, b) => (a.standing.dueAt ?? NEVER) - (b.standing.dueAt ?? NEVER));
  return open[0] ?? null;
}

export interface DoneRow {
  readonly at: number;
  readonly caseId: string;
  readonly seq: number;
  readonly label: string;
  readonly kindTitle: string;
  readonly subject: string | null;
  readonly entryId: string;
}

/** What the person did, newest first, before the entry `before`. */
export async function listDone(
  db: Queryable,
  person: string,
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<readonly DoneRow[]> {
  const { rows } = await db.query<{
    id: string;
    chain: string;
    seq: number;
    at: string;
    said: string | null;
    kind: string;
    subject: string | null;
  }>({
    name: 'todo-done',
    text: `SELECT e.id::text, e.chain, e.seq, e.at, e.said, c.kind, s.name AS subject
             FROM entries e JOIN cases c ON c.id = e.chain LEFT JOIN subjects s ON s.id = c.subject_id
            WHERE e.person = $1 AND ($2::bigint IS NULL OR e.id < $2) ORDER BY e.id DESC LIMIT $3`,
    values: [person, before, limit],
  });
  return rows.map(({ id, chain, seq, at, said, kind, subject }) => {
    const words = wordsOf(kind);
    return {
      at: Number(at),
      caseId: chain,
      seq,
      label:
        words?.commands[said ?? '']?.label ??
        words?.events[said ?? ''] ??
        (said === 'open' ? '立案登记' : (said ?? '')),
      kindTitle: words?.title ?? kind,
      subject,
      entryId: id,
    };
  });
}
