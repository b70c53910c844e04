/**
 * How a clock stands at an instant, as a list shows it: what is left or by how much it ran over, in the limit's own unit,
 * how much of it is used, and at which rung of urgency that is. Knows no case; the browser counts nothing of this.
 */
import type { WorkCalendar } from './calendar.ts';
import { civilDate, endOfDay, HOUR_MS, localDate, localDay } from './civil-day.ts';
import type { Clock } from './clock.ts';
import { dueOf, remainingOf, type Due, type Remaining } from './due.ts';
import type { Rule, TrustMark } from './rule.ts';

/** `blue`: near, the last day is at most three working days away; `yellow`: the last day; `red`: over. */
export type Urgency = 'blue' | 'yellow' | 'red';

/** How many working days ahead a last day is near, whatever unit the limit has. Lists group by the same. */
export const NEAR_DAYS = 3;

export interface Standing {
  readonly status: 'running' | 'stopped' | 'ended';
  /** What is left after today; the last day is counted. `null` once ended, or run out. */
  readonly left: Remaining | null;
  /** By how much it ran over: until now, or until it ended. */
  readonly over: Remaining | null;
  /** Share of the limit that is used, 0 … 1. */
  readonly used: number;
  /** `null` while a stop is open. */
  readonly dueAt: number | null;
  readonly dueOn: string | null;
  /** The other reading's last day, where it differs. */
  readonly dueOnLenient: string | null;
  readonly provisional: boolean;
  /** Whether its last day is today. */
  readonly lastDay: boolean;
  readonly mark: TrustMark;
  readonly rule: string;
  readonly urgency: Urgency | null;
  readonly endedAt: number | null;
}

/** Same errors as `dueOf`. */
export function standingOf(clock: Clock, rule: Rule, calendar: WorkCalendar, now: number): Standing {
  const due = dueOf(clock, rule, calendar, now);
  const at = clock.endedAt ?? now;
  const quota = remainingOf(clock, rule, calendar, at);
  const left = due === null ? quota : afterToday(quota, due, at, calendar);
  const status = clock.endedAt !== undefined ? 'ended' : due === null ? 'stopped' : 'running';
  const over = due !== null && at >= due.dueAt ? overBy(left.unit, due.dueAt, at, calendar) : null;
  const lastDay = status === 'running' && over === null && due !== null && due.dueOn === localDate(now);
  return {
    status,
    left: status === 'ended' || over !== null ? null : left,
    over,
    used: due === null ? shareOf(clock.startedAt, left, at) : share(clock.startedAt, due.dueAt, at),
    dueAt: due?.dueAt ?? null,
    dueOn: due?.dueOn ?? null,
    dueOnLenient: due === null || due.dueOnLenient === due.dueOn ? null : due.dueOnLenient,
    provisional: due?.provisional ?? false,
    lastDay,
    mark: rule.mark,
    rule: rule.id,
    urgency: status === 'running' ? urgencyOf(due, over, lastDay, calendar, now) : null,
    endedAt: clock.endedAt ?? null,
  };
}

function urgencyOf(
  due: Due | null,
  over: Remaining | null,
  lastDay: boolean,
  calendar: WorkCalendar,
  now: number,
): Urgency | null {
  if (over !== null) return 'red';
  if (lastDay) return 'yellow';
  const near = due !== null && due.dueAt <= endOfDay(calendar.addWorkingDays(localDate(now), NEAR_DAYS));
  return near ? 'blue' : null;
}

/** Days that are left once today is over; hours as they are. */
function afterToday(quota: Remaining, { dueAt }: Due, at: number, calendar: WorkCalendar): Remaining {
  if (quota.unit === 'h') return quota;
  const [today, last] = [localDay(at), localDay(dueAt - 1)];
  const left = quota.unit === 'CD' ? last - today : calendar.workingDaysBetween(civilDate(today), civilDate(last));
  return { unit: quota.unit, amount: Math.max(0, left) };
}

/** The first day over is day one; hours are told as they are. */
function overBy(unit: Remaining['unit'], dueAt: number, at: number, calendar: WorkCalendar): Remaining {
  if (unit === 'h') return { unit, amount: (at - dueAt) / HOUR_MS };
  const last = localDay(dueAt - 1);
  const today = localDay(at);
  if (unit === 'CD') return { unit, amount: today - last };
  // Over on days off only: no working day has passed yet, but the limit has.
  return { unit, amount: calendar.workingDaysBetween(civilDate(last), civilDate(today)) };
}

const share = (from: number, to: number, at: number): number =>
  to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)));

/** A stopped limit has no end: its used part against what it still has. */
function shareOf(from: number, left: Remaining, at: number): number {
  const leftMs = left.amount * (left.unit === 'h' ? HOUR_MS : 24 * HOUR_MS);
  return share(from, at + leftMs, at);
}
