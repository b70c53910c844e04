/** The stretch of time on which a case's clocks and entries are drawn, and the days off in it. */
import type { WorkCalendar } from '../domain/kernel/calendar.ts';
import { civilDate, DAY_MS, dayNumber, localDay } from '../domain/kernel/civil-day.ts';
import type { MomentClock } from '../cases/moment.ts';

/** Room at both ends, as a share of the stretch, and at least. */
const MARGIN = 0.04;
const LEAST_MARGIN = 2 * DAY_MS;
/** Days off of a longer stretch are thinner than a line. */
const MOST_DAYS = 800;

export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly rest: readonly string[];
  readonly knownThrough: string;
}

export function axisOf(openedAt: number, now: number, clocks: readonly MomentClock[], calendar: WorkCalendar): Axis {
  const ends = clocks.flatMap(({ dueAt, endedAt, explanation }) => [dueAt, endedAt, explanation.due?.dueAtLenient]);
  const starts = clocks.map(({ explanation }) => explanation.startedAt);
  const first = Math.min(openedAt, ...starts);
  const last = Math.max(now, ...ends.filter((end) => end !== null && end !== undefined));
  const margin = Math.max(LEAST_MARGIN, (last - first) * MARGIN);
  const from = first - margin;
  const to = last + margin;
  return { from, to, rest: restDays(from, to, calendar), knownThrough: calendar.knownThrough };
}

/** Only as far as the holiday notices reach: beyond, nobody knows. */
function restDays(from: number, to: number, calendar: WorkCalendar): string[] {
  const first = localDay(from);
  const last = Math.min(localDay(to), dayNumber(calendar.knownThrough));
  if (last - first > MOST_DAYS) return [];
  const days: string[] = [];
  for (let day = first; day <= last; day += 1) if (!calendar.isWorkday(civilDate(day))) days.push(civilDate(day));
  return days;
}
