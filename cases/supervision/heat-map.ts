/**
 * Duties by week: what fell due, what was done in time, what late, what is open. Counted from the limits of cases
 * (`case_limits`) and the figures of rounds, set-based; a round counts its visits, every other duty counts as one.
 */
import type pg from 'pg';
import { civilDate, dayNumber, localDate, weekday } from '../../domain/kernel/civil-day.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { inUnit, unitOf } from '../visible.ts';
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
  /** Open and standing still: they have no last day, so that no week can show them. */
  readonly stopped: number;
  /** Those with most overdue first. */
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
export const GROUP: Readonly<Record<Split, string>> = {
  town: `coalesce(p.town, c.unit_id, '')`,
  class: `coalesce((SELECT s.class FROM subjects s WHERE s.id = c.subject_id),
                   (SELECT o.class FROM posts o WHERE o.id = regexp_replace(c.key, '^.*/', '')), '')`,
  post: `coalesce(c.holder_post, regexp_replace(c.key, '^.*/', ''))`,
};

/** The visits of a round, read once: `f(due, done, in_time)`. */
export const VISITS_OF = `
  CROSS JOIN LATERAL (SELECT (c.figures->>'due')::int AS due, (c.figures->>'done')::int AS done,
                             (c.figures->>'inTime')::int AS in_time OFFSET 0) f`;

/** How much a limit counts: a round its visits, anything else once. Parameter: now. */
export const WEIGHTS = (now: string): string => `
  CASE WHEN l.kind = 'round' THEN f.in_time
       ELSE (l.ended_at IS NOT NULL AND l.ended_at <= l.plain_due_at)::int END AS on_time,
  CASE WHEN l.kind = 'round' THEN f.done - f.in_time
       ELSE (l.ended_at IS NOT NULL AND l.ended_at > l.plain_due_at)::int END AS late,
  CASE WHEN l.kind = 'round' THEN CASE WHEN l.due_at <= ${now} THEN f.due - f.done ELSE 0 END
       ELSE (l.ended_at IS NULL AND l.due_at <= ${now})::int END AS overdue,
  CASE WHEN l.kind = 'round' THEN CASE WHEN l.due_at > ${now} THEN f.due - f.done ELSE 0 END
       ELSE (l.ended_at IS NULL AND l.due_at > ${now})::int END AS ahead,
  CASE WHEN l.due_at IS NOT NULL THEN 0 WHEN l.kind = 'round' THEN f.due - f.done ELSE 1 END AS stopped`;

/** A withdrawn round owes nothing; a pledge whose holder left, a subject that closed, neither. */
export const COUNTS = `coalesce(c.closed_as, '') NOT IN ('withdrawn', 'left', 'subject-closed')`;

/** Rounds are narrowed to a cycle, other duties are not; said plainly where only rounds are asked for: then the cycle's index serves. */
export const ofCycle = (
  parameter: string,
  cycle: string | undefined,
  duties: readonly { readonly kind: string }[],
): string =>
  cycle === undefined
    ? `${parameter}::text IS NULL`
    : duties.every(({ kind }) => kind === 'round')
      ? `c.cycle_id = ${parameter}`
      : `(l.kind <> 'round' OR c.cycle_id = ${parameter})`;

/** Rows of every duty asked for. Towns and cadres are named from the register. */
export async function heatMap(db: Queryable, asked: HeatAsked): Promise<readonly HeatDuty[]> {
  const { from, to, now, reach, unit, cycle, split, duty } = asked;
  const wanted = DUTIES.filter((one) => duty === undefined || one.duty === duty);
  const { rows } = await db.query<{
    kind: string;
    clock: string;
    grp: string;
    /** `null`: of what stands still. */
    week: string | null;
    on_time: string;
    late: string;
    overdue: string | null;
    ahead: string | null;
    stopped: string;
  }>(
    `WITH ${PUBLISHED},
     counted AS (
       SELECT l.kind, l.clock, ${GROUP[split]} AS grp,
              to_char(date_trunc('week', l.due_on::date), 'YYYY-MM-DD') AS week, ${WEIGHTS('$3::bigint')}
         FROM case_limits l JOIN cases c ON c.id = l.case_id LEFT JOIN published p ON p.id = c.unit_id ${VISITS_OF}
        WHERE (l.due_on BETWEEN $1 AND $2 OR (l.due_on IS NULL AND l.ended_at IS NULL)) AND (l.kind, l.clock) IN (SELECT * FROM unnest($4::text[], $5::text[])) AND ${COUNTS}
          AND ${inUnit('c.unit_id', '$6', unitOf(reach))} AND ${inUnit('c.unit_id', '$7', unit ?? null)}
          AND ${ofCycle('$8', cycle, wanted)})
     SELECT kind, clock, grp, week, sum(on_time) AS on_time, sum(late) AS late, sum(overdue) AS overdue, sum(ahead) AS ahead, sum(stopped) AS stopped
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
    const counted = rows.filter((row) => row.kind === kind && row.clock === clock);
    const own = counted.flatMap((row) => (row.week === null ? [] : [{ ...row, week: row.week }]));
    const cellOf = (row: (typeof own)[number]): HeatCell => cellFrom(row.week, thisWeek, row);
    const keys = [...new Set(own.map(({ grp }) => grp))];
    const heatRows = keys.map((key) => ({
      key,
      name: names.get(key) ?? key,
      cells: own.filter(({ grp }) => grp === key).map(cellOf),
    }));
    return {
      duty: name,
      title,
      rule,
      total: summed(own.map(cellOf)),
      stopped: counted.reduce((sum, { stopped }) => sum + Number(stopped), 0),
      rows: split === 'class' ? heatRows : heatRows.sort((a, b) => overdueIn(b) - overdueIn(a)),
    };
  });
}

export interface CountedCell {
  readonly on_time: string | null;
  readonly late: string | null;
  readonly overdue: string | null;
  readonly ahead: string | null;
}

/** What still has time is near in weeks that have begun. */
export const cellFrom = (week: string, thisWeek: string, { on_time, late, overdue, ahead }: CountedCell): HeatCell => ({
  week,
  onTime: Number(on_time),
  late: Number(late),
  overdue: Number(overdue),
  near: week <= thisWeek ? Number(ahead) : 0,
  later: week <= thisWeek ? 0 : Number(ahead),
});

const overdueIn = ({ cells }: HeatRow): number => cells.reduce((sum, { overdue }) => sum + overdue, 0);

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
