/** Which rung of the ladder moves cases: of those that fired, how many were answered within three working days. */
import type pg from 'pg';
import { localDate, ZONE } from '../domain/kernel/civil-day.ts';
import type { WorkCalendar } from '../domain/kernel/calendar.ts';
import type { Ladder, Rung } from '../domain/kernel/ladder.ts';
import type { Reach } from '../domain/rights/table.ts';
import { visibleCases } from './visible.ts';

/** An answer later than that is not put down to the rung. */
export const ANSWERED_WITHIN_DAYS = 3;

/** 蓝: before the last day; 黄: the last day and the first papers after it; 红: what goes to the district's office. */
export type RungTone = 'blue' | 'yellow' | 'red';

export interface RungEffect {
  readonly ladder: string;
  readonly ladderTitle: string;
  readonly rung: string;
  readonly title: string;
  readonly tone: RungTone;
  readonly fired: number;
  /** Fired long enough ago, or answered: what the share is of. */
  readonly judged: number;
  readonly answered: number;
}

/** Rungs fired in [from, now], of cases within reach, ladder by ladder in the order of their rungs. */
export async function rungEffects(
  db: Pick<pg.ClientBase, 'query'>,
  {
    reach,
    from,
    now,
    calendar,
    ladders,
  }: {
    readonly reach: Reach;
    readonly from: number;
    readonly now: number;
    readonly calendar: WorkCalendar;
    readonly ladders: ReadonlyMap<string, Ladder>;
  },
): Promise<readonly RungEffect[]> {
  const { sql, values } = visibleCases(reach, 3);
  const local = (column: string): string =>
    `to_char(to_timestamp(${column} / 1000.0) AT TIME ZONE '${ZONE}', 'YYYY-MM-DD')`;
  const { rows } = await db.query<{ ladder: string; rung: string; fired: string; moved: string | null; count: number }>(
    `SELECT g.ladder, g.rung, ${local('g.fired_at')} AS fired, ${local('g.moved_at')} AS moved, count(*)::int AS count
       FROM case_rungs g JOIN cases c ON c.id = g.case_id
      WHERE g.fired_at BETWEEN $1 AND $2 AND ${sql} GROUP BY 1, 2, 3, 4`,
    [from, now, ...values],
  );
  const today = localDate(now);
  const within = (fired: string, on: string): boolean => calendar.workingDaysBetween(fired, on) <= ANSWERED_WITHIN_DAYS;
  return [...ladders.values()].flatMap((ladder) =>
    ladder.rungs.flatMap((rung) => {
      const own = rows.filter((row) => row.ladder === ladder.name && row.rung === rung.id);
      if (own.length === 0) return [];
      const sum = (some: typeof own): number => some.reduce((total, { count }) => total + count, 0);
      const answered = own.filter(({ fired, moved }) => moved !== null && within(fired, moved));
      const judged = own.filter((row) => answered.includes(row) || !within(row.fired, today));
      return [
        {
          ladder: ladder.name,
          ladderTitle: ladder.title ?? ladder.name,
          rung: rung.id,
          title: rungTitle(rung),
          tone: toneOf(rung),
          fired: sum(own),
          judged: sum(judged),
          answered: sum(answered),
        },
      ];
    }),
  );
}

/** 过 50%, 前 2 个工作日, 到期, 督办单(超期 3 个工作日). */
export function rungTitle({ place, document }: Rung): string {
  if ('share' in place) return `期限过 ${String(Math.round(place.share * 100))}%`;
  if ('workingDaysBefore' in place) return `末日前 ${String(place.workingDaysBefore)} 个工作日`;
  if ('due' in place) return document ?? '到期';
  return `${document ?? '催办'}(超期 ${String(place.workingDaysAfter)} 个工作日)`;
}

export function toneOf({ place, to }: Rung): RungTone {
  if ('share' in place || 'workingDaysBefore' in place) return 'blue';
  return to.some((one) => typeof one === 'object' && 'role' in one && one.role === 'district-office')
    ? 'red'
    : 'yellow';
}
