/**
 * Why that day: each day counted, each day left out and the reason, the stops, the extensions and what moved the last day.
 * Counted by `recount.ts`, on its own, so that it checks `dueOf` instead of repeating it. Knows no case.
 */
import type { WorkCalendar } from './calendar.ts';
import { dayEndsAt, dayNumber, HOUR_MS, localDate } from './civil-day.ts';
import type { Clock, Extension } from './clock.ts';
import { counts, stagesOf, type Stages } from './counting.ts';
import { dueAs, type Due } from './due.ts';
import { recounted, type Recount } from './recount.ts';
import { REGIMES, type Roll } from './regime.ts';
import type { Budget, RegimeId, Rule, TrustMark } from './rule.ts';
import { causeTitle } from './stop-causes.ts';

export interface ExplainedDay {
  readonly date: string;
  readonly counted: boolean;
  /** Chinese. */
  readonly reason: string;
}

/** A stretch of an hour limit; instants in epoch ms. */
export interface ExplainedSpan {
  readonly from: number;
  readonly to: number;
  readonly counted: boolean;
  readonly reason: string;
}

export interface ExplainedStop {
  readonly cause: string;
  readonly title: string;
  readonly from: number;
  readonly to: number | null;
  readonly document: string;
  /** False where the rule does not let this cause stop its clock. */
  readonly counts: boolean;
}

export interface MovedEnd {
  readonly from: string;
  readonly to: string;
  readonly reading: Exclude<Roll, 'none'>;
  readonly article: string;
}

export interface Explanation {
  readonly rule: string;
  readonly title: string;
  readonly basis: string;
  readonly version: string;
  readonly mark: TrustMark;
  /** What starts the clock, in Chinese. */
  readonly starts: string;
  readonly startedAt: number;
  readonly startedOn: string;
  /** The amounts counted one after another. */
  readonly stages: readonly Budget[];
  /** Where the last day was set by a document or a period instead of an amount. */
  readonly fixedOn?: string;
  readonly regime: { readonly id: RegimeId; readonly article: string; readonly title: string; readonly says: string };
  readonly stops: readonly ExplainedStop[];
  readonly extensions: readonly Extension[];
  /** Every local day from the start to the strict last day (or to the day on which the clock stands still). */
  readonly days: readonly ExplainedDay[];
  /** For amounts in hours: every stretch. */
  readonly spans: readonly ExplainedSpan[];
  readonly moved: { readonly strict: MovedEnd | null; readonly lenient: MovedEnd | null };
  /** `null` while a stop is open. */
  readonly due: Due | null;
  readonly calendar: { readonly version: string; readonly hash: string; readonly knownThrough: string };
}

/** Recounts a clock day by day. Same errors as `dueOf`. */
export function explain(clock: Clock, rule: Rule, calendar: WorkCalendar): Explanation {
  const stops = clock.stops
    .map((stop) => ({
      cause: stop.cause,
      title: causeTitle(stop.cause),
      from: stop.from,
      to: stop.to ?? null,
      document: stop.document,
      counts: counts(stop, rule),
    }))
    .sort((a, b) => a.from - b.from);
  const stages = stagesOf(clock, rule);
  const matter = { clock, rule, calendar, stages, stops: stops.filter((stop) => stop.counts) };
  const { id, article, title, says, strict, lenient } = REGIMES[rule.regime];
  const narrow = recounted(matter, strict);
  const wide = recounted(matter, lenient);
  return {
    rule: rule.id,
    title: rule.title,
    basis: rule.basis,
    version: rule.version,
    mark: rule.mark,
    starts: rule.starts,
    startedAt: clock.startedAt,
    startedOn: localDate(clock.startedAt),
    stages: shown(stages),
    ...(clock.dueOn === undefined ? {} : { fixedOn: clock.dueOn }),
    regime: { id, article, title, says },
    stops,
    extensions: clock.extensions,
    days: narrow.days,
    spans: narrow.spans,
    moved: { strict: narrow.moved, lenient: wide.moved },
    due: narrow.endAt === null ? null : dueAs(clock, rule, calendar, ends(narrow.endAt, wide, stages)),
    calendar: { version: calendar.version, hash: calendar.hash, knownThrough: calendar.knownThrough },
  };
}

/** The amounts in the order in which they are counted; a limit that ends with its day says so, be it of no day. */
function shown({ months, calendarDays, workingDays, hours, inHours, fixed }: Stages): Budget[] {
  const stages: Budget[] = [];
  if (months > 0)
    stages.push(months % 12 === 0 ? { unit: 'year', amount: months / 12 } : { unit: 'month', amount: months });
  if (calendarDays > 0) stages.push({ unit: 'CD', amount: calendarDays });
  if (workingDays > 0) stages.push({ unit: 'WD', amount: workingDays });
  if (stages.length === 0 && !inHours && !fixed) stages.push({ unit: 'CD', amount: 0 });
  if (hours !== null) stages.push({ unit: 'h', amount: hours });
  return stages;
}

/** A stop that opened between the strict and the wide end leaves the wide one at the strict. */
const ends = (strictAt: number, wide: Recount, { inHours }: Stages): Parameters<typeof dueAs>[3] => ({
  strictAt,
  lenientAt: wide.endAt ?? strictAt,
  inHours,
});

/**
 * The strict end computed from what the explanation shows, and from nothing else: the counted days or stretches add up to
 * the amounts and the last line is the last day. `null` while the clock stands still. Throws an Error when it does not add up.
 */
export function recomputed(explanation: Explanation): number | null {
  const { due, days, spans, stages, startedAt, startedOn, fixedOn } = explanation;
  if (due === null) return null;
  const hours = spans.filter(({ counted }) => counted).reduce((sum, { from, to }) => sum + (to - from), 0);
  const owed = stages.filter(({ unit }) => unit === 'h').reduce((sum, { amount }) => sum + amount * HOUR_MS, 0);
  if (hours !== owed) throw new Error('the stretches do not add up to the hours');
  const lastSpan = spans.at(-1);
  if (lastSpan !== undefined) return lastSpan.to;
  if (fixedOn === undefined && stages.every(({ unit }) => unit === 'h')) return startedAt;

  const counted = days.filter((day) => day.counted).length;
  const exact = stages
    .filter(({ unit }) => unit === 'WD' || unit === 'CD')
    .reduce((sum, { amount }) => sum + amount, 0);
  const wanted = exact + (fixedOn === undefined ? 0 : dayNumber(fixedOn) - dayNumber(startedOn));
  const isExact = stages.every(({ unit }) => unit === 'WD' || unit === 'CD') && (fixedOn ?? startedOn) >= startedOn;
  if (isExact && counted !== wanted) throw new Error(`${String(counted)} days counted, ${String(wanted)} owed`);
  const last = days.at(-1);
  if (last === undefined) throw new Error('no days');
  if (fixedOn !== undefined && stages.length === 0 && fixedOn < startedOn) return dayEndsAt(dayNumber(fixedOn));
  return dayEndsAt(dayNumber(last.date));
}
