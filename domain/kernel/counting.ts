/**
 * Where a limit ends: the fast arithmetic behind `dueOf`, by look-up and never by stepping days.
 *
 * How a stop counts. Hours: the time of the stop is added, to the millisecond. Days, months, years: every local day of
 * which any part lies in a stop is not counted, so a stopped clock never loses quota to a part of a day, and the end of a
 * limit is never an instant at which the clock stands still. A stop that begins after the limit has ended changes nothing.
 * Knows no case and no reason; the reasons are in `explanation.ts`, which recounts day by day.
 */
import { dayEndsAt, civilDate, addMonths, dayNumber, HOUR_MS, localDay } from './civil-day.ts';
import type { WorkCalendar } from './calendar.ts';
import type { BudgetUnit, Clock, Stop } from './clock.ts';
import { REGIMES, type Roll } from './regime.ts';
import type { Budget, Rule } from './rule.ts';

/** Thrown when a limit is asked of a rule whose amount nobody has entered: shown as 未设定, never as a date. */
export class ValueMissing extends Error {
  readonly rule: string;
  /** The policy key that would hold the amount; `null` where each case's own document sets the limit. */
  readonly policyKey: string | null;
  constructor(rule: string, policyKey: string | null) {
    super(`${rule} has no amount${policyKey === null ? '' : `: policy value ${policyKey} is not set`}`);
    this.name = 'ValueMissing';
    this.rule = rule;
    this.policyKey = policyKey;
  }
}

/** Half-open span of instants, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Inclusive range of day numbers. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** The part of the ledger that stops this clock: causes the rule lists, sorted, merged, after the start. */
export function effectiveStops(clock: Clock, rule: Rule): readonly Span[] {
  const spans = clock.stops
    .filter((stop) => counts(stop, rule))
    .map((stop) => ({ from: Math.max(stop.from, clock.startedAt), to: stop.to ?? Number.POSITIVE_INFINITY }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const before = merged.at(-1);
    if (before === undefined || span.from > before.to) merged.push(span);
    else merged[merged.length - 1] = { from: before.from, to: Math.max(before.to, span.to) };
  }
  return merged;
}

/** Whether this stop stops this rule's clock: its cause is listed, or it is travel under a regime that leaves travel out. */
export const counts = (stop: Stop, rule: Rule): boolean =>
  rule.stops.includes(stop.cause) || (stop.cause === 'travel' && REGIMES[rule.regime].travelExcluded);

/** The days touched by the spans, merged; an open span never reaches here. */
export function stoppedDays(spans: readonly Span[]): readonly DayRange[] {
  const ranges: DayRange[] = [];
  for (const { from, to } of spans) {
    const first = localDay(from);
    const last = localDay(to - 1);
    const before = ranges.at(-1);
    if (before !== undefined && first <= before.last + 1)
      ranges[ranges.length - 1] = { first: before.first, last: Math.max(before.last, last) };
    else ranges.push({ first, last });
  }
  return ranges;
}

/** The amounts to count, one after another: the budget, extensions in its unit added to it, then the others in order. */
export function stagesOf(clock: Clock, rule: Rule): readonly Budget[] {
  const budget = clock.budget ?? rule.budget;
  const stages: Budget[] = [];
  if (clock.dueOn === undefined) {
    if (budget === null) throw new ValueMissing(rule.id, rule.policyKey ?? null);
    stages.push(budget);
  }
  for (const { unit, amount } of clock.extensions) {
    const at = stages.findIndex((stage) => stage.unit === unit);
    const same = stages[at];
    if (same === undefined) stages.push({ unit, amount });
    else stages[at] = { unit, amount: same.amount + amount };
  }
  for (const { unit, amount } of stages)
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not a limit: ${String(amount)} ${unit}`);
  return stages;
}

/** Where counting stands: an instant after hours, a day after days. */
export type Cursor = { readonly at: number } | { readonly day: number };

/** Where the clock's amounts run out, before any roll. */
export function runOut(clock: Clock, rule: Rule, calendar: WorkCalendar, spans: readonly Span[]): Cursor {
  const ranges = stoppedDays(spans);
  let cursor: Cursor = { at: clock.startedAt };
  if (clock.dueOn !== undefined) {
    const fixed = dayNumber(clock.dueOn);
    const start = localDay(clock.startedAt);
    // A date that was fixed stays where it is unless a stop took days before it away.
    cursor = { day: fixed <= start ? fixed : start + stretched(start, fixed - start, ranges) };
  }
  for (const { unit, amount } of stagesOf(clock, rule)) {
    if (unit === 'h') cursor = { at: addHours('at' in cursor ? cursor.at : dayEndsAt(cursor.day), amount, spans) };
    else {
      const after: number = 'day' in cursor ? cursor.day : localDay(cursor.at);
      cursor = { day: addDays(after, unit, amount, ranges, calendar) };
    }
  }
  return cursor;
}

function addHours(from: number, hours: number, spans: readonly Span[]): number {
  let at = from + hours * HOUR_MS;
  for (const span of spans) {
    if (span.from >= at) break;
    at += Math.max(0, span.to - Math.max(span.from, from));
  }
  return at;
}

/** How many days after `after` the `count`-th day not stopped lies. */
function stretched(after: number, count: number, ranges: readonly DayRange[]): number {
  let last = after + count;
  for (const range of ranges) {
    const first = Math.max(range.first, after + 1);
    if (first > last) break;
    if (range.last >= first) last += range.last - first + 1;
  }
  return last - after;
}

function addDays(
  after: number,
  unit: Exclude<BudgetUnit, 'h'>,
  amount: number,
  ranges: readonly DayRange[],
  calendar: WorkCalendar,
): number {
  if (unit === 'WD') return addWorkingDays(after, amount, ranges, calendar);
  const days = unit === 'CD' ? amount : addMonths(after, unit === 'month' ? amount : amount * 12) - after;
  return after + stretched(after, days, ranges);
}

function addWorkingDays(after: number, amount: number, ranges: readonly DayRange[], calendar: WorkCalendar): number {
  if (amount === 0) return after;
  const from = civilDate(after);
  let wanted = amount;
  let last = dayNumber(calendar.addWorkingDays(from, wanted));
  for (const range of ranges) {
    const first = Math.max(range.first, after + 1);
    if (first > last) break;
    if (range.last < first) continue;
    wanted += calendar.workingDaysBetween(civilDate(first - 1), civilDate(range.last));
    last = dayNumber(calendar.addWorkingDays(from, wanted));
  }
  return last;
}

/** The first day from `day` on which the limit may end: a day `roll` does not forbid and no stop touches. */
export function rolled(day: number, roll: Roll, ranges: readonly DayRange[], calendar: WorkCalendar): number {
  let end = day;
  if (!forbids(roll, end, calendar)) return end;
  while (forbids(roll, end, calendar) || isStopped(end, ranges)) end += 1;
  return end;
}

export const isStopped = (day: number, ranges: readonly DayRange[]): boolean =>
  ranges.some(({ first, last }) => first <= day && day <= last);

export function forbids(roll: Roll, day: number, calendar: WorkCalendar): boolean {
  const on = civilDate(day);
  if (roll === 'none') return false;
  return roll === 'notice-holiday' ? calendar.isHoliday(on) : !calendar.isWorkday(on);
}
