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
import type { Rule } from './rule.ts';

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

/**
 * The amounts of a limit by unit, extensions added to the budget. They are counted in this order: months (years are twelve),
 * calendar days, working days, hours. A fixed order keeps every law of counting when units are mixed; where the law extends,
 * it extends in the unit of the limit.
 */
export interface Stages {
  readonly months: number;
  readonly calendarDays: number;
  readonly workingDays: number;
  /** `null` where nothing is counted in hours. */
  readonly hours: number | null;
  /** A limit in hours alone: no day is counted. */
  readonly inHours: boolean;
  /** A fixed last day that nothing was added to. */
  readonly fixed: boolean;
}

/** Throws ValueMissing for a rule without an amount, a RangeError for an amount that is no limit. */
export function stagesOf(clock: Clock, rule: Rule): Stages {
  const budget = clock.budget ?? rule.budget;
  const fixed = clock.dueOn !== undefined;
  if (budget === null && !fixed) throw new ValueMissing(rule.id, rule.policyKey ?? null);
  const amounts = [...(fixed || budget === null ? [] : [budget]), ...clock.extensions];
  const sum = (unit: BudgetUnit): number => amounts.reduce((all, one) => all + (one.unit === unit ? one.amount : 0), 0);
  for (const { unit, amount } of amounts)
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not a limit: ${String(amount)} ${unit}`);
  const inDays = amounts.some(({ unit }) => unit !== 'h');
  return {
    months: sum('year') * 12 + sum('month'),
    calendarDays: sum('CD'),
    workingDays: sum('WD'),
    hours: amounts.some(({ unit }) => unit === 'h') ? sum('h') : null,
    inHours: !inDays && !fixed,
    fixed: fixed && !inDays,
  };
}

/** Where months and calendar days lead without stops, as a number of days after the start; negative for a date before it. */
export function nominalDays(clock: Clock, { months, calendarDays }: Stages): number {
  const start = localDay(clock.startedAt);
  return addMonths(clock.dueOn === undefined ? start : dayNumber(clock.dueOn), months) + calendarDays - start;
}

/** Where the amounts in days run out, before any roll; `null` for a limit in hours alone. */
export function lastDay(
  clock: Clock,
  stages: Stages,
  calendar: WorkCalendar,
  ranges: readonly DayRange[],
): number | null {
  if (stages.inHours) return null;
  const start = localDay(clock.startedAt);
  const days = nominalDays(clock, stages);
  const day = start + (days <= 0 ? days : stretched(start, days, ranges));
  return unstopped(addWorkingDays(day, stages.workingDays, ranges, calendar), ranges);
}

/** The instant at which the limit ends by one reading. Hours beside days follow the rolled last day. */
export function endsAt(
  clock: Clock,
  stages: Stages,
  calendar: WorkCalendar,
  spans: readonly Span[],
  roll: Roll,
): number {
  const ranges = stoppedDays(spans);
  const day = lastDay(clock, stages, calendar, ranges);
  if (day === null) return addHours(clock.startedAt, stages.hours ?? 0, spans);
  const end = dayEndsAt(isFixed(clock, stages, day) ? day : rolled(day, roll, ranges, calendar));
  return stages.hours === null ? end : addHours(end, stages.hours, spans);
}

/** A date that a document or a period fixed, and that nothing has moved: it does not roll. */
export const isFixed = (clock: Clock, { fixed }: Stages, day: number): boolean =>
  fixed && clock.dueOn === civilDate(day);

/** A limit of the same day ends on a later one when the clock stood still on it. */
function unstopped(day: number, ranges: readonly DayRange[]): number {
  const inside = ranges.find(({ first, last }) => first <= day && day <= last);
  return inside === undefined ? day : inside.last + 1;
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
