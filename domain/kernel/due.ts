/** When a clock runs out, what it still has, by the fast counting. Knows no case, no ladder and no reason. */
import type { WorkCalendar } from './calendar.ts';
import { civilDate, dayNumber, HOUR_MS, localDate, localDay } from './civil-day.ts';
import type { BudgetUnit, Clock } from './clock.ts';
import { effectiveStops, endsAt, isStopped, lastDay, stagesOf, stoppedDays, type Span } from './counting.ts';
import { REGIMES } from './regime.ts';
import type { Rule, TrustMark } from './rule.ts';

/** When a clock runs out, by both readings of 法定节假日; the plain names are the strict one. */
export interface Due {
  readonly rule: string;
  readonly basis: string;
  readonly version: string;
  readonly mark: TrustMark;
  readonly unit: BudgetUnit;
  /** The budget counted, extensions in other units apart; for a fixed date, the calendar days until it. */
  readonly amount: number;
  readonly startedAt: number;
  /** Strict: 24:00 of `dueOn` for day limits, the instant itself for hours. */
  readonly dueAt: number;
  readonly dueOn: string;
  readonly dueAtLenient: number;
  readonly dueOnLenient: string;
  /** The limit counts days past the last holiday notice: a later notice may move it. */
  readonly provisional: boolean;
  /** Version of the calendar it was counted with. */
  readonly calendar: string;
}

/** The day whose law a clock follows: its own `lawOn`, else the local day on which it started. */
export const lawDay = (clock: Clock): string => clock.lawOn ?? localDate(clock.startedAt);

/**
 * When the clock runs out; `null` while a stop is open that began before that. An ended clock still answers: lateness is
 * judged by it. `now` ignores stops that begin later. Throws ValueMissing for a rule without an amount and a RangeError for
 * days the calendar does not cover. How stops count: `counting.ts`.
 */
export function dueOf(clock: Clock, rule: Rule, calendar: WorkCalendar, now?: number): Due | null {
  const spans = effectiveStops(clock, rule).filter(({ from }) => now === undefined || from <= now);
  const closed = spans.filter(({ to }) => to !== Number.POSITIVE_INFINITY);
  const due = dueWith(clock, rule, calendar, closed);
  const open = spans.at(-1);
  return open !== undefined && open.to === Number.POSITIVE_INFINITY && open.from < due.dueAt ? null : due;
}

function dueWith(clock: Clock, rule: Rule, calendar: WorkCalendar, spans: readonly Span[]): Due {
  const stages = stagesOf(clock, rule);
  const { strict, lenient } = REGIMES[rule.regime];
  return dueAs(clock, rule, calendar, {
    strictAt: endsAt(clock, stages, calendar, spans, strict),
    lenientAt: endsAt(clock, stages, calendar, spans, lenient),
    inHours: stages.inHours,
  });
}

/** Writes out a result; shared with the explanation, which counts on its own. */
export function dueAs(
  clock: Clock,
  rule: Rule,
  calendar: WorkCalendar,
  {
    strictAt,
    lenientAt,
    inHours,
  }: { readonly strictAt: number; readonly lenientAt: number; readonly inHours: boolean },
): Due {
  const budget = clock.budget ?? rule.budget;
  const fixed = clock.dueOn === undefined ? null : dayNumber(clock.dueOn) - localDay(clock.startedAt);
  const dueOnLenient = localDate(lenientAt - 1);
  return {
    rule: rule.id,
    basis: rule.basis,
    version: rule.version,
    mark: rule.mark,
    unit: fixed === null && budget !== null ? budget.unit : 'CD',
    amount: fixed ?? budget?.amount ?? 0,
    startedAt: clock.startedAt,
    dueAt: strictAt,
    dueOn: localDate(strictAt - 1),
    dueAtLenient: lenientAt,
    dueOnLenient,
    provisional: !inHours && calendar.isProvisional(dueOnLenient),
    calendar: calendar.version,
  };
}

/** What is left of a limit at an instant: hours, or whole days still to be counted, the day of `at` included while it runs. */
export interface Remaining {
  readonly unit: 'h' | 'WD' | 'CD';
  /** Never negative; hours may be fractional. */
  readonly amount: number;
}

/** The quota a clock still has at `at`; a stopped clock keeps it. Months and years are told in calendar days. */
export function remainingOf(clock: Clock, rule: Rule, calendar: WorkCalendar, at: number): Remaining {
  const spans = effectiveStops(clock, rule)
    .filter(({ from }) => from < at)
    .map(({ from, to }) => ({ from, to: Math.min(to, at) }));
  const stages = stagesOf(clock, rule);
  const ranges = stoppedDays(spans);
  const last = lastDay(clock, stages, calendar, ranges);
  if (last === null)
    return { unit: 'h', amount: Math.max(0, endsAt(clock, stages, calendar, spans, 'none') - at) / HOUR_MS };

  const today = localDay(at);
  const counted = isStopped(today, ranges) ? today : today - 1;
  const from = Math.max(counted, localDay(clock.startedAt));
  const inWorkingDays = stages.workingDays > 0 && clock.dueOn === undefined;
  const left = inWorkingDays ? calendar.workingDaysBetween(civilDate(from), civilDate(last)) : last - from;
  return { unit: inWorkingDays ? 'WD' : 'CD', amount: Math.max(0, left) };
}
