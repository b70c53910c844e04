/**
 * Why that day: each day counted, each day left out and the reason, the stops, the extensions and what moved the last day.
 * Counts by stepping days, on its own, so that it checks `dueOf` instead of repeating it. Knows no case.
 */
import type { WorkCalendar } from './calendar.ts';
import { addMonths, civilDate, dayEndsAt, dayNumber, HOUR_MS, localDate, localDay } from './civil-day.ts';
import type { BudgetUnit, Clock, Extension } from './clock.ts';
import { counts, stagesOf } from './counting.ts';
import { dueAs, type Due } from './due.ts';
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

interface Course {
  readonly days: ExplainedDay[];
  readonly spans: ExplainedSpan[];
  at: number | null;
  day: number;
  /** The clock reached an open stop: there is no end yet. */
  halted: boolean;
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
  const course: Course = { days: [], spans: [], at: clock.startedAt, day: localDay(clock.startedAt), halted: false };
  const walk: Walk = { clock, rule, calendar, stops: stops.filter((stop) => stop.counts), course };

  if (clock.dueOn !== undefined) walkToDate(walk, dayNumber(clock.dueOn));
  for (const stage of stages) {
    if (course.halted) break;
    if (stage.unit === 'h') walkHours(walk, stage.amount);
    else walkDays(walk, stage.unit, stage.amount);
  }
  const inHours = stages.every(({ unit }) => unit === 'h') && clock.dueOn === undefined;
  const { due, moved } = finish(walk, stages.length === 0, inHours);
  const { id, article, title, says } = REGIMES[rule.regime];
  return {
    rule: rule.id,
    title: rule.title,
    basis: rule.basis,
    version: rule.version,
    mark: rule.mark,
    starts: rule.starts,
    startedAt: clock.startedAt,
    startedOn: localDate(clock.startedAt),
    stages,
    ...(clock.dueOn === undefined ? {} : { fixedOn: clock.dueOn }),
    regime: { id, article, title, says },
    stops,
    extensions: clock.extensions,
    days: course.days,
    spans: course.spans,
    moved,
    due,
    calendar: { version: calendar.version, hash: calendar.hash, knownThrough: calendar.knownThrough },
  };
}

interface Walk {
  readonly clock: Clock;
  readonly rule: Rule;
  readonly calendar: WorkCalendar;
  readonly stops: readonly ExplainedStop[];
  readonly course: Course;
}

/** The stop that touches a day, if any; an open one reaches on for ever. */
function stopOn({ stops, clock }: Walk, day: number): ExplainedStop | undefined {
  return stops.find(
    ({ from, to }) =>
      (to === null || to > Math.max(from, clock.startedAt)) &&
      localDay(Math.max(from, clock.startedAt)) <= day &&
      (to === null || localDay(to - 1) >= day),
  );
}

function openDays(walk: Walk): void {
  const { course } = walk;
  if (course.days.length > 0) return;
  course.days.push({ date: civilDate(course.day), counted: false, reason: '期间开始之日,不计入' });
}

/** Steps until `amount` units are counted, writing one line a day. */
function walkDays(walk: Walk, unit: Exclude<BudgetUnit, 'h'>, amount: number): void {
  const { course, calendar } = walk;
  if (course.at !== null) course.day = localDay(course.at);
  course.at = null;
  openDays(walk);
  const start = course.day;
  const wanted =
    unit === 'month' || unit === 'year' ? addMonths(start, unit === 'month' ? amount : amount * 12) - start : amount;
  for (let done = 0; done < wanted; ) {
    course.day += 1;
    const date = civilDate(course.day);
    const stop = stopOn(walk, course.day);
    if (stop !== undefined) {
      course.days.push({ date, counted: false, reason: `${stop.title}期间,时限停止,不计入` });
      if (stop.to === null) {
        course.halted = true;
        return;
      }
    } else if (unit === 'WD' && !calendar.isWorkday(date)) {
      course.days.push({ date, counted: false, reason: `${dayOff(calendar, date)},非工作日,不计入` });
    } else {
      done += 1;
      course.days.push({ date, counted: true, reason: countedAs(unit, done, date, calendar) });
    }
  }
}

/** A last day that was fixed: the days until it, and the days that stops took away before it. */
function walkToDate(walk: Walk, fixed: number): void {
  const { course } = walk;
  openDays(walk);
  course.at = null;
  const wanted = fixed - course.day;
  if (wanted <= 0) {
    course.day = fixed;
    return;
  }
  walkDays(walk, 'CD', wanted);
}

function walkHours(walk: Walk, hours: number): void {
  const { course, stops, clock } = walk;
  let at = course.at ?? dayEndsAt(course.day);
  let left = hours * HOUR_MS;
  const ahead = stops.filter(({ to, from }) => to === null || to > Math.max(from, clock.startedAt));
  while (left > 0) {
    const here = at;
    const inside = ahead.find(({ from, to }) => from <= here && (to === null || to > here));
    if (inside !== undefined) {
      if (inside.to === null) {
        course.halted = true;
        break;
      }
      course.spans.push({ from: at, to: inside.to, counted: false, reason: `${inside.title}期间,时限停止,不计入` });
      at = inside.to;
      continue;
    }
    const next = Math.min(at + left, ...ahead.filter(({ from }) => from > here).map(({ from }) => from));
    course.spans.push({ from: at, to: next, counted: true, reason: '按小时连续计算,夜间和节假日照算' });
    left -= next - at;
    at = next;
  }
  course.at = at;
  for (let day = course.days.length === 0 ? course.day : course.day + 1; day <= localDay(at - 1); day += 1)
    course.days.push({ date: civilDate(day), counted: true, reason: '按小时连续计算,夜间和节假日照算' });
  course.day = Math.max(course.day, localDay(at - 1));
}

/** Moves the last day where the regime says so, and writes the result. */
function finish(walk: Walk, noStages: boolean, inHours: boolean): Pick<Explanation, 'due' | 'moved'> {
  const { clock, rule, calendar, course } = walk;
  const unmoved = { strict: null, lenient: null };
  if (course.halted) return { due: null, moved: unmoved };
  if (course.at !== null)
    return { due: dueAs(clock, rule, calendar, { strictAt: course.at, lenientAt: course.at, inHours }), moved: unmoved };

  const stays = noStages && clock.dueOn === civilDate(course.day);
  const regime = REGIMES[rule.regime];
  const strict = stays ? null : move(walk, regime.strict);
  const lenient = stays ? null : move(walk, regime.lenient);
  // A stop that is still open on a day the limit would roll over leaves no end.
  if (strict === 'halted') return { due: null, moved: unmoved };
  const lenientEnd = lenient === 'halted' ? null : lenient;
  const ends = {
    strictAt: dayEndsAt(strict === null ? course.day : dayNumber(strict.to)),
    lenientAt: dayEndsAt(lenientEnd === null ? course.day : dayNumber(lenientEnd.to)),
    inHours,
  };
  if (strict !== null) writeMove(walk, strict);
  return { due: dueAs(clock, rule, calendar, ends), moved: { strict, lenient: lenientEnd } };
}

function move(walk: Walk, roll: Roll): MovedEnd | null | 'halted' {
  const { calendar, course, rule } = walk;
  if (roll === 'none') return null;
  const forbidden = (on: string): boolean => (roll === 'notice-holiday' ? calendar.isHoliday(on) : !calendar.isWorkday(on));
  const from = civilDate(course.day);
  if (!forbidden(from)) return null;
  let day = course.day;
  for (;;) {
    const stop = stopOn(walk, day);
    if (stop?.to === null) return 'halted';
    if (stop === undefined && !forbidden(civilDate(day))) break;
    day += 1;
  }
  return { from, to: civilDate(day), reading: roll, article: REGIMES[rule.regime].article };
}

function writeMove({ course, calendar }: Walk, { from, to, article }: MovedEnd): void {
  const last = course.days.pop();
  const name = calendar.nameOf(from) ?? '节假日';
  if (last !== undefined)
    course.days.push({ ...last, reason: `${last.reason};届满日在${name}放假期间,依${article}顺延` });
  for (let day = dayNumber(from) + 1; day <= dayNumber(to); day += 1) {
    const date = civilDate(day);
    const reason = date === to ? '顺延后的届满日' : `${dayOff(calendar, date)},继续顺延`;
    course.days.push({ date, counted: false, reason });
  }
}

function dayOff(calendar: WorkCalendar, on: string): string {
  const expected = calendar.isProvisional(on) ? '(放假安排未公布,按法定节日和周末推算)' : '';
  return `${calendar.isHoliday(on) ? `${calendar.nameOf(on) ?? '节日'}放假` : '周末'}${expected}`;
}

function countedAs(unit: BudgetUnit, ordinal: number, on: string, calendar: WorkCalendar): string {
  const place = `第${String(ordinal)}${unit === 'WD' ? '个工作日' : '日'}`;
  const makeUp = unit === 'WD' && calendar.isMakeUpWorkday(on) ? '调休上班,' : '';
  const expected = unit === 'WD' && calendar.isProvisional(on) ? '(放假安排未公布,暂定)' : '';
  return `${makeUp}${place}${expected}`;
}

/**
 * The strict end computed from what the explanation shows, and from nothing else: the counted days or stretches add up to
 * the amounts and the last line is the last day. `null` while the clock stands still. Throws an Error when it does not add up.
 */
export function recomputed({ due, days, spans, stages, startedOn, fixedOn }: Explanation): number | null {
  if (due === null) return null;
  const hours = spans.filter(({ counted }) => counted).reduce((sum, { from, to }) => sum + (to - from), 0);
  const owed = stages.filter(({ unit }) => unit === 'h').reduce((sum, { amount }) => sum + amount * HOUR_MS, 0);
  if (hours !== owed) throw new Error('the stretches do not add up to the hours');
  const lastSpan = spans.at(-1);
  if (stages.at(-1)?.unit === 'h' && lastSpan !== undefined) return lastSpan.to;

  const counted = days.filter((day) => day.counted).length;
  const exact = stages.filter(({ unit }) => unit === 'WD' || unit === 'CD').reduce((sum, { amount }) => sum + amount, 0);
  const wanted = exact + (fixedOn === undefined ? 0 : Math.max(0, dayNumber(fixedOn) - dayNumber(startedOn)));
  const inWholeDays = stages.every(({ unit }) => unit === 'WD' || unit === 'CD');
  if (inWholeDays && counted !== wanted) throw new Error(`${String(counted)} days counted, ${String(wanted)} owed`);
  const last = days.at(-1);
  if (last === undefined) throw new Error('no days');
  if (fixedOn !== undefined && wanted === 0) return dayEndsAt(dayNumber(fixedOn));
  return dayEndsAt(dayNumber(last.date));
}
