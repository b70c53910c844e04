/**
 * The whole of a district, or of the part that a right reaches: what is open, near, due and over by unit, how that has moved
 * for eight weeks, what ends in the coming days. Every number is a list of cases; the filter that shows it goes with it.
 */
import type pg from 'pg';
import { endOfDay, localDate, type WorkCalendar } from '../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../domain/kernel/civil-day.ts';
import { NEAR_DAYS } from '../domain/kernel/standing.ts';
import { wordsOf } from '../domain/words/index.ts';
import type { Reach } from '../domain/rights/table.ts';
import { PUBLISHED } from './supervision/published-unit.ts';
import { visibleCases } from './visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** How many weeks back the series of overdue limits goes, this one included. */
export const SERIES_WEEKS = 8;
export const COMING_DAYS = 14;

export interface UnitLine {
  readonly unit: string;
  readonly name: string;
  readonly kind: string;
  /** The query of the list of its open cases; `null` for what belongs to no unit, which no list asks for. */
  readonly list: string | null;
  readonly open: number;
  readonly near: number;
  readonly today: number;
  readonly overdue: number;
  /** Cases with a limit that was over at the end of each week, oldest first; the last of them is now. */
  readonly series: readonly number[];
  /** The limit that has been over longest: what it is, and since when. */
  readonly longest: {
    readonly what: string;
    readonly caseId: string;
    readonly dueOn: string;
    readonly workingDays: number;
  } | null;
}

export interface Overview {
  readonly open: number;
  readonly near: number;
  readonly today: number;
  readonly overdue: number;
  readonly units: readonly UnitLine[];
  readonly coming: readonly { readonly on: string; readonly count: number; readonly list: string }[];
}

interface Asked {
  readonly reach: Reach;
  readonly now: number;
  readonly calendar: WorkCalendar;
}

/** Cases are open; the limit that counts is the one that ends first, as in the lists. */
export async function overview(db: Queryable, { reach, now, calendar }: Asked): Promise<Overview> {
  const today = endOfDay(localDate(now));
  const soon = endOfDay(calendar.addWorkingDays(localDate(now), NEAR_DAYS));
  const visible = visibleCases(reach, 4);
  const { rows } = await db.query<{
    unit: string;
    name: string;
    kind: string;
    open: number;
    near: number;
    today: number;
    overdue: number;
    first_over: string | null;
  }>(
    `WITH ${PUBLISHED}
     SELECT coalesce(p.town, c.unit_id, '') AS unit, coalesce(u.name, c.unit_id, '全区') AS name, coalesce(u.kind, '') AS kind,
            count(*)::int AS open,
            count(*) FILTER (WHERE c.due_at > $2 AND c.due_at <= $3)::int AS near,
            count(*) FILTER (WHERE c.due_at > $1 AND c.due_at <= $2)::int AS today,
            count(*) FILTER (WHERE c.due_at <= $1)::int AS overdue,
            min(c.due_at) FILTER (WHERE c.due_at <= $1) AS first_over
       FROM cases c LEFT JOIN published p ON p.id = c.unit_id LEFT JOIN units u ON u.id = coalesce(p.town, c.unit_id)
      WHERE c.closed_at IS NULL AND ${visible.sql}
      GROUP BY 1, 2, 3`,
    [now, today, soon, ...visible.values],
  );
  const series = await overdueSeries(db, reach, now);
  const longest = await longestOver(db, reach, now, calendar);
  const units = rows
    .map(({ first_over: _first, ...row }) => ({
      ...row,
      list: listOf(row),
      series: series.get(row.unit) ?? Array.from({ length: SERIES_WEEKS }, () => 0),
      longest: longest.get(row.unit) ?? null,
    }))
    .sort((a, b) => b.overdue - a.overdue || b.near - a.near || (a.unit < b.unit ? -1 : 1));
  const sum = (of: (row: UnitLine) => number): number => units.reduce((total, row) => total + of(row), 0);
  return {
    open: sum(({ open }) => open),
    near: sum(({ near }) => near),
    today: sum(({ today: count }) => count),
    overdue: sum(({ overdue }) => overdue),
    units,
    coming: await comingDays(db, reach, now),
  };
}

/** A town or department is counted with the units below it; what stands above those, alone: its list names no other's. */
function listOf({ unit, kind }: { readonly unit: string; readonly kind: string }): string | null {
  if (unit === '') return null;
  const whole = kind === 'town' || kind === 'department';
  return new URLSearchParams({ closed: 'false', [whole ? 'unit' : 'unitAlone']: unit }).toString();
}

/** Cases, at the end of each of the last weeks, of which a limit had run out and was not ended. */
async function overdueSeries(
  db: Queryable,
  reach: Reach,
  now: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const visible = visibleCases(reach, 2);
  const day = dayNumber(localDate(now));
  const ends = Array.from({ length: SERIES_WEEKS }, (_, nth) =>
    nth === SERIES_WEEKS - 1 ? now : endOfDay(civilDate(day - 7 * (SERIES_WEEKS - 1 - nth))),
  );
  const week = (nth: number): string => `($1::bigint[])[${String(nth + 1)}]`;
  const over = ends.map(
    (_, nth) =>
      `bool_or(l.due_at <= ${week(nth)} AND (l.ended_at IS NULL OR l.ended_at > ${week(nth)})
               AND (c.closed_at IS NULL OR c.closed_at > ${week(nth)})) AS week_${String(nth)}`,
  );
  const counted = ends.map((_, nth) => `count(*) FILTER (WHERE week_${String(nth)})::int`);
  // Limits that ended in time were never over, and have no place in the index this reads.
  const { rows } = await db.query<{ unit: string; weeks: readonly number[] }>(
    `WITH ${PUBLISHED},
     late AS (
       SELECT c.id, c.unit_id, ${over.join(', ')}
         FROM case_limits l JOIN cases c ON c.id = l.case_id
        WHERE (l.ended_at IS NULL OR l.ended_at > l.due_at) AND l.due_at <= ${week(SERIES_WEEKS - 1)}
          AND (l.ended_at IS NULL OR l.ended_at > ${week(0)}) AND ${visible.sql}
        GROUP BY c.id)
     SELECT coalesce(p.town, late.unit_id, '') AS unit, ARRAY[${counted.join(', ')}] AS weeks
       FROM late LEFT JOIN published p ON p.id = late.unit_id GROUP BY 1`,
    [ends, ...visible.values],
  );
  return new Map(rows.map(({ unit, weeks }) => [unit, weeks]));
}

async function longestOver(
  db: Queryable,
  reach: Reach,
  now: number,
  calendar: WorkCalendar,
): Promise<ReadonlyMap<string, NonNullable<UnitLine['longest']>>> {
  const visible = visibleCases(reach, 2);
  const { rows } = await db.query<{ unit: string; case_id: string; kind: string; due_on: string }>(
    `WITH ${PUBLISHED}
     SELECT DISTINCT ON (1) coalesce(p.town, c.unit_id, '') AS unit, c.id AS case_id, c.kind, c.due_on
       FROM cases c LEFT JOIN published p ON p.id = c.unit_id
      WHERE c.closed_at IS NULL AND c.due_at <= $1 AND ${visible.sql}
      ORDER BY 1, c.due_at, c.id`,
    [now, ...visible.values],
  );
  return new Map(
    rows.map(({ unit, case_id, kind, due_on }) => [
      unit,
      {
        what: wordsOf(kind)?.title ?? kind,
        caseId: case_id,
        dueOn: due_on,
        workingDays: Math.max(0, calendar.workingDaysBetween(due_on, localDate(now))),
      },
    ]),
  );
}

/** Cases whose first limit ends on each of the coming days, today included. */
async function comingDays(db: Queryable, reach: Reach, now: number): Promise<Overview['coming']> {
  const visible = visibleCases(reach, 4);
  const first = localDate(now);
  const last = civilDate(dayNumber(first) + COMING_DAYS - 1);
  const { rows } = await db.query<{ on: string; count: number }>(
    `SELECT c.due_on AS on, count(*)::int AS count FROM cases c
      WHERE c.closed_at IS NULL AND c.due_on BETWEEN $1 AND $2 AND c.due_at > $3 AND ${visible.sql}
      GROUP BY 1 ORDER BY 1`,
    [first, last, now, ...visible.values],
  );
  const counts = new Map(rows.map(({ on, count }) => [on, count]));
  return Array.from({ length: COMING_DAYS }, (_, nth) => {
    const on = civilDate(dayNumber(first) + nth);
    // Of today only what is not over yet.
    const list = nth === 0 ? { rung: 'yellow' } : { dueFrom: on, dueBefore: on };
    return { on, count: counts.get(on) ?? 0, list: new URLSearchParams({ closed: 'false', ...list }).toString() };
  });
}
