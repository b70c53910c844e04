/**
 * Duties by week: what fell due, what was done in time, what late, what is open. Counted from the limits of cases
 * (`case_limits`) and the figures of rounds, set-based; a round counts its visits, every other duty counts as one.
 */
import type pg from 'pg';
import { civilDate, dayNumber, localDate, weekday } from '../../domain/kernel/civil-day.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { unitOf, unitsUnder } from '../visible.ts';
import { PUBLISHED } from './published-unit.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** The duties of supervision, in the order in which they follow from each other. */
export const DUTIES = [
  { duty: 'bind', kind: 'binding-duty', clock: 'bind', title: '建立关系', rule: 'BB-02' },
  { duty: 'pledge', kind: 'pledge-duty', clock: 'sign', title: '签承诺书', rule: 'BB-03' },
  { duty: 'visit', kind: 'round', clock: 'period', title: '督导走访', rule: 'BB-04' },
  { duty: 'claim', kind: 'correction', clock: 'claim', title: '问题签收', rule: 'BB-06b' },
  { duty: 'correct', kind: 'correction', clock: 'correction', title: '限期整改', rule: 'BB-07' },
  { duty: 'recheck', kind: 'correction', clock: 'recheck', title: '复查销号', rule: 'BB-07b' },
] as const;
export type Duty = (typeof DUTIES)[number]['duty'];
export const DUTY_NAMES = DUTIES.map(({ duty }) => duty);

/** By what the rows of a duty are split. */
export const SPLITS = ['town', 'class', 'post'] as const;
export type Split = (typeof SPLITS)[number];

export interface HeatCell {
  /** Monday of the week. */
  readonly week: string;
  readonly onTime: number;
  readonly late: number;
  /** Open and past its last day. */
  readonly overdue: number;
  /** Open, and ends later this week. */
  readonly near: number;
  readonly later: number;
}

export interface HeatRow {
  readonly key: string;
  readonly name: string;
  readonly cells: readonly HeatCell[];
}

export interface HeatDuty {
  readonly duty: Duty;
  readonly title: string;
  readonly rule: string;
  readonly total: readonly HeatCell[];
  readonly rows: readonly HeatRow[];
}

export interface HeatAsked {
  /** First and last day, inclusive. */
  readonly from: string;
  readonly to: string;
  readonly now: number;
  readonly reach: Reach;
  /** Only this unit and what lies under it. */
  readonly unit?: string | undefined;
  /** Only rounds of this cycle. */
  readonly cycle?: string | undefined;
  readonly split: Split;
  /** Only this duty; all of them otherwise. */
  readonly duty?: Duty | undefined;
}

export const mondayOf = (on: string): string => civilDate(dayNumber(on) - (weekday(dayNumber(on)) - 1));

/** What a row of a duty is split by. A round's post is the last part of its key. */
const GROUP: Readonly<Record<Split, string>> = {
  town: `coalesce(p.town, c.unit_id, '')`,
  class: `coalesce((SELECT s.class FROM subjects s WHERE s.id = c.subject_id),
                   (SELECT o.class FROM posts o WHERE o.id = regexp_replace(c.key, '^.*/', '')), '')`,
  post: `coalesce(c.holder_post, regexp_replace(c.key, '^.*/', ''))`,
};

/** How much a limit counts: a round its visits, anything else once. Parameter: now. */
const WEIGHTS = (now: string): string => `
  CASE WHEN l.kind = 'round' THEN (c.figures->>'inTime')::int
       ELSE (l.ended_at IS NOT NULL AND l.ended_at <= l.plain_due_at)::int END AS on_time,
  CASE WHEN l.kind = 'round' THEN (c.figures->>'done')::int - (c.figures->>'inTime')::int
       ELSE (l.ended_at IS NOT NULL AND l.ended_at > l.plain_due_at)::int END AS late,
  CASE WHEN l.kind = 'round' THEN CASE WHEN l.due_at <= ${now} THEN (c.figures->>'due')::int - (c.figures->>'done')::int ELSE 0 END
       ELSE (l.ended_at IS NULL AND l.due_at <= ${now})::int END AS overdue,
  CASE WHEN l.kind = 'round' THEN CASE WHEN l.due_at > ${now} THEN (c.figures->>'due')::int - (c.figures->>'done')::int ELSE 0 END
       ELSE (l.ended_at IS NULL AND l.due_at > ${now})::int END AS ahead`;

/** A withdrawn round owes nothing; a pledge whose holder left, a subject that closed, neither. */
const COUNTS = `coalesce(c.closed_as, '') NOT IN ('withdrawn', 'left', 'subject-closed')`;

/** Rows of every duty asked for. Towns and cadres are named from the register. */
export async function heatMap(db: Queryable, asked: HeatAsked): Promise<readonly HeatDuty[]> {
  const { from, to, now, reach, unit, cycle, split, duty } = asked;
  const wanted = DUTIES.filter((one) => duty === undefined || one.duty === duty);
  const { rows } = await db.query<{
    kind: string;
    clock: string;
    grp: string;
    week: string;
    on_time: string;
    late: string;
    overdue: string;
    ahead: string;
  }>(
    `WITH ${PUBLISHED},
     counted AS (
       SELECT l.kind, l.clock, ${GROUP[split]} AS grp,
              to_char(date_trunc('week', l.due_on::date), 'YYYY-MM-DD') AS week, ${WEIGHTS('$3::bigint')}
         FROM case_limits l JOIN cases c ON c.id = l.case_id LEFT JOIN published p ON p.id = c.unit_id
        WHERE l.due_on BETWEEN $1 AND $2 AND (l.kind, l.clock) IN (SELECT * FROM unnest($4::text[], $5::text[])) AND ${COUNTS}
          AND ($6::text IS NULL OR c.unit_id IN (${unitsUnder('$6::text')}))
          AND ($7::text IS NULL OR c.unit_id IN (${unitsUnder('$7::text')}))
          AND ($8::text IS NULL OR l.kind <> 'round' OR c.cycle_id = $8))
     SELECT kind, clock, grp, week, sum(on_time) AS on_time, sum(late) AS late, sum(overdue) AS overdue, sum(ahead) AS ahead
       FROM counted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [
      from,
      to,
      now,
      wanted.map(({ kind }) => kind),
      wanted.map(({ clock }) => clock),
      unitOf(reach),
      unit ?? null,
      cycle ?? null,
    ],
  );
  const thisWeek = mondayOf(localDate(now));
  const names = await namesOf(db, split, [...new Set(rows.map(({ grp }) => grp))]);
  return wanted.map(({ duty: name, kind, clock, title, rule }) => {
    const own = rows.filter((row) => row.kind === kind && row.clock === clock);
    const cellOf = ({ week, on_time, late, overdue, ahead }: (typeof own)[number]): HeatCell => ({
      week,
      onTime: Number(on_time),
      late: Number(late),
      overdue: Number(overdue),
      near: week <= thisWeek ? Number(ahead) : 0,
      later: week <= thisWeek ? 0 : Number(ahead),
    });
    const keys = [...new Set(own.map(({ grp }) => grp))];
    const heatRows = keys.map((key) => ({
      key,
      name: names.get(key) ?? key,
      cells: own.filter(({ grp }) => grp === key).map(cellOf),
    }));
    return { duty: name, title, rule, total: summed(own.map(cellOf)), rows: heatRows };
  });
}

function summed(cells: readonly HeatCell[]): readonly HeatCell[] {
  const weeks = new Map<string, HeatCell>();
  for (const cell of cells) {
    const sum = weeks.get(cell.week);
    weeks.set(
      cell.week,
      sum === undefined
        ? cell
        : {
            week: cell.week,
            onTime: sum.onTime + cell.onTime,
            late: sum.late + cell.late,
            overdue: sum.overdue + cell.overdue,
            near: sum.near + cell.near,
            later: sum.later + cell.later,
          },
    );
  }
  return [...weeks.values()].sort((a, b) => (a.week < b.week ? -1 : 1));
}

async function namesOf(db: Queryable, split: Split, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (split === 'class') return new Map(keys.map((key) => [key, key === '' ? '未分级' : `${key} 级`]));
  const { rows } = await db.query<{ id: string; name: string }>(
    split === 'town'
      ? 'SELECT id, name FROM units WHERE id = ANY($1)'
      : `SELECT p.id, concat_ws(' ', p.title, h.name) AS name FROM posts p
           LEFT JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
          WHERE p.id = ANY($1)`,
    [keys],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a cell holds, in the words of its colours. */
export const CELL_STATES = ['late', 'overdue', 'ahead', 'on-time'] as const;
export type CellState = (typeof CELL_STATES)[number];

export interface CellRef {
  readonly caseId: string;
  readonly subject: { readonly id: string; readonly name: string } | null;
  readonly post: string | null;
  readonly postTitle: string | null;
  readonly person: string | null;
  readonly unit: string | null;
  readonly state: CellState;
  readonly dueOn: string;
  readonly dueAt: number;
  /** The last notice of the case to the holder's post, and whether it was read. */
  readonly told: { readonly template: string; readonly at: number; readonly readAt: number | null } | null;
}

export interface CellAsked extends Omit<HeatAsked, 'from' | 'to' | 'duty'> {
  readonly duty: Duty;
  readonly week: string;
  readonly key?: string | undefined;
  readonly state?: CellState | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** The ids behind one cell, by their case and subject. A round is opened into its visits. */
export async function heatCell(
  db: Queryable,
  asked: CellAsked,
): Promise<readonly (CellRef & { readonly ref: string })[]> {
  const { duty, week, key, state, now, reach, unit, cycle, split, limit, after } = asked;
  const wanted = DUTIES.find((one) => one.duty === duty);
  if (wanted === undefined) throw new Error(`no duty ${duty}`);
  const last = civilDate(dayNumber(week) + 6);
  const { rows } = await db.query<
    Omit<CellRef, 'dueAt' | 'told'> & { ref: string; dueAt: string; told: CellRef['told'] }
  >(
    `WITH ${PUBLISHED},
     limits AS (
       SELECT l.*, c.unit_id, c.subject_id, c.holder_post, c.key, c.state, ${GROUP[split]} AS grp
         FROM case_limits l JOIN cases c ON c.id = l.case_id LEFT JOIN published p ON p.id = c.unit_id
        WHERE l.due_on BETWEEN $1 AND $2 AND l.kind = $3 AND l.clock = $4 AND ${COUNTS}
          AND ($5::text IS NULL OR c.unit_id IN (${unitsUnder('$5::text')}))
          AND ($6::text IS NULL OR c.unit_id IN (${unitsUnder('$6::text')}))
          AND ($7::text IS NULL OR l.kind <> 'round' OR c.cycle_id = $7)),
     refs AS (
       SELECT l.case_id || '/' || (v->>'subject') AS ref, l.case_id, v->>'subject' AS subject_id,
              regexp_replace(l.key, '^.*/', '') AS post, l.unit_id, l.due_on, l.due_at,
              CASE WHEN v->>'status' = 'done' THEN CASE WHEN (v->>'inTime')::boolean THEN 'on-time' ELSE 'late' END
                   WHEN l.due_at <= $8::bigint THEN 'overdue' ELSE 'ahead' END AS state
         FROM limits l CROSS JOIN LATERAL jsonb_array_elements(l.state->'visits') v
        WHERE l.kind = 'round' AND ($9::text IS NULL OR l.grp = $9)
          AND (v->>'status' IN ('due', 'done') OR (v->>'defaultedAt' IS NOT NULL AND v->>'annulledAt' IS NULL))
       UNION ALL
       SELECT l.case_id, l.case_id, l.subject_id, l.holder_post, l.unit_id, l.due_on, l.due_at,
              CASE WHEN l.ended_at <= l.plain_due_at THEN 'on-time' WHEN l.ended_at IS NOT NULL THEN 'late'
                   WHEN l.due_at <= $8::bigint THEN 'overdue' ELSE 'ahead' END
         FROM limits l WHERE l.kind <> 'round' AND ($9::text IS NULL OR l.grp = $9)),
     page AS (SELECT * FROM refs WHERE ($10::text IS NULL OR state = $10) AND ($11::text IS NULL OR ref > $11) ORDER BY ref LIMIT $12)
     SELECT r.ref, r.case_id AS "caseId", r.post, o.title AS "postTitle", h.name AS person, u.name AS unit, r.state,
            r.due_on AS "dueOn", r.due_at AS "dueAt",
            CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object('id', s.id, 'name', s.name) END AS subject,
            (SELECT jsonb_build_object('template', n.template, 'at', n.at, 'readAt', n.read_at)
               FROM notices n WHERE n.case_id = r.case_id AND n.post = r.post ORDER BY n.id DESC LIMIT 1) AS told
       FROM page r LEFT JOIN subjects s ON s.id = r.subject_id LEFT JOIN posts o ON o.id = r.post
            LEFT JOIN tenures t ON t.post_id = r.post AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
            LEFT JOIN units u ON u.id = r.unit_id
      ORDER BY r.ref`,
    [
      week,
      last,
      wanted.kind,
      wanted.clock,
      unitOf(reach),
      unit ?? null,
      cycle ?? null,
      now,
      key ?? null,
      state ?? null,
      after ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({ ...row, dueAt: Number(row.dueAt) }));
}
