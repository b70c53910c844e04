/**
 * A limit counted again by stepping days and stretches, writing a line for each: the explanation's own arithmetic, apart
 * from `counting.ts`, so that the two check each other. Knows no case.
 */
import type { WorkCalendar } from './calendar.ts';
import { addMonths, civilDate, dayEndsAt, dayNumber, HOUR_MS, localDay } from './civil-day.ts';
import type { Clock } from './clock.ts';
import type { Stages } from './counting.ts';
import type { ExplainedDay, ExplainedSpan, ExplainedStop, MovedEnd } from './explanation.ts';
import { REGIMES, type Roll } from './regime.ts';
import type { Rule } from './rule.ts';

/** What is counted, with the stops that count. */
export interface Matter {
  readonly clock: Clock;
  readonly rule: Rule;
  readonly calendar: WorkCalendar;
  readonly stages: Stages;
  readonly stops: readonly ExplainedStop[];
}

/** The limit by one reading: `endAt` is `null` where an open stop halts it. */
export interface Recount {
  readonly days: readonly ExplainedDay[];
  readonly spans: readonly ExplainedSpan[];
  readonly moved: MovedEnd | null;
  readonly endAt: number | null;
}

/** Counts a limit by one reading. */
export function recounted(matter: Matter, roll: Roll): Recount {
  const { clock, stages } = matter;
  if (stages.inHours) {
    const { spans, endAt } = walkHours(matter, clock.startedAt, stages.hours ?? 0);
    const through = endAt ?? spans.at(-1)?.to ?? clock.startedAt;
    return {
      days: hourDays(localDay(clock.startedAt), localDay(Math.max(clock.startedAt, through - 1))),
      spans,
      moved: null,
      endAt,
    };
  }
  const days: ExplainedDay[] = [];
  const last = walkStages(matter, days);
  if (last === null) return { days, spans: [], moved: null, endAt: null };
  const fixed = stages.fixed && clock.dueOn === civilDate(last);
  const moved = fixed ? null : movedFrom(matter, last, roll);
  if (moved === 'halted') return { days, spans: [], moved: null, endAt: null };
  if (moved !== null) writeMove(days, moved, matter.calendar);
  const endOfDays = dayEndsAt(moved === null ? last : dayNumber(moved.to));
  if (stages.hours === null) return { days, spans: [], moved, endAt: endOfDays };
  const { spans, endAt } = walkHours(matter, endOfDays, stages.hours);
  days.push(...hourDays(localDay(endOfDays), localDay((endAt ?? endOfDays) - 1)));
  return { days, spans, moved, endAt };
}

/** The last day before any roll, or `null` where an open stop halts the count. */
function walkStages(matter: Matter, days: ExplainedDay[]): number | null {
  const { clock, stages } = matter;
  const start = localDay(clock.startedAt);
  days.push({ date: civilDate(start), counted: false, reason: '期间开始之日,不计入' });
  const months = addMonths(clock.dueOn === undefined ? start : dayNumber(clock.dueOn), stages.months);
  const calendarDays = months + stages.calendarDays - start;
  const reached = calendarDays <= 0 ? start + calendarDays : walkDays(matter, days, start, 'CD', calendarDays);
  const last = reached === null ? null : walkDays(matter, days, reached, 'WD', stages.workingDays);
  return last === null ? null : stepOverStops(matter, days, last);
}

/** Steps until `amount` units are counted, writing one line a day. */
function walkDays(
  matter: Matter,
  days: ExplainedDay[],
  after: number,
  unit: 'CD' | 'WD',
  amount: number,
): number | null {
  const { calendar } = matter;
  let day = after;
  for (let done = 0; done < amount;) {
    day += 1;
    const date = civilDate(day);
    const stop = stopOn(matter, day);
    if (stop !== undefined) {
      days.push({ date, counted: false, reason: `${stop.title}期间,时限停止,不计入` });
      if (stop.to === null) return null;
    } else if (unit === 'WD' && !calendar.isWorkday(date)) {
      days.push({ date, counted: false, reason: `${dayOff(calendar, date)},非工作日,不计入` });
    } else {
      done += 1;
      days.push({ date, counted: true, reason: countedAs(unit, done, date, calendar) });
    }
  }
  return day;
}

/** A limit of the same day ends on a later one when the clock stood still on it. */
function stepOverStops(matter: Matter, days: ExplainedDay[], last: number): number | null {
  let day = last;
  for (let stop = stopOn(matter, day); stop !== undefined; stop = stopOn(matter, day)) {
    if (stop.to === null) return null;
    day += 1;
    const reason = stopOn(matter, day) === undefined ? '恢复计时后的届满日' : `${stop.title}期间,时限停止,不计入`;
    days.push({ date: civilDate(day), counted: false, reason });
  }
  return day;
}

/** The stop that touches a day, if any; an open one reaches on for ever. */
function stopOn({ stops, clock }: Matter, day: number): ExplainedStop | undefined {
  return stops.find(({ from, to }) => {
    const begins = Math.max(from, clock.startedAt);
    return (to === null || to > begins) && localDay(begins) <= day && (to === null || localDay(to - 1) >= day);
  });
}

function walkHours(
  { stops, clock }: Matter,
  from: number,
  hours: number,
): Pick<Recount, 'endAt'> & { spans: ExplainedSpan[] } {
  const spans: ExplainedSpan[] = [];
  let at = from;
  let left = hours * HOUR_MS;
  const ahead = stops.filter(({ to, from: begins }) => to === null || to > Math.max(begins, clock.startedAt));
  while (left > 0) {
    const here = at;
    const inside = ahead.find(({ from: begins, to }) => begins <= here && (to === null || to > here));
    if (inside?.to === null) return { spans, endAt: null };
    if (inside?.to !== undefined) {
      spans.push({ from: at, to: inside.to, counted: false, reason: `${inside.title}期间,时限停止,不计入` });
      at = inside.to;
      continue;
    }
    const next = Math.min(at + left, ...ahead.map(({ from: begins }) => begins).filter((begins) => begins > here));
    spans.push({ from: at, to: next, counted: true, reason: RUNS_ON });
    left -= next - at;
    at = next;
  }
  return { spans, endAt: at };
}

const RUNS_ON = '按小时连续计算,夜间和节假日照算';

const hourDays = (first: number, last: number): ExplainedDay[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    date: civilDate(first + i),
    counted: true,
    reason: RUNS_ON,
  }));

/** Where the regime moves the last day to; `halted` when an open stop leaves no day to move it to. */
function movedFrom(matter: Matter, last: number, roll: Roll): MovedEnd | null | 'halted' {
  const { calendar, rule } = matter;
  if (roll === 'none') return null;
  const forbids = (day: number): boolean =>
    roll === 'notice-holiday' ? calendar.isHoliday(civilDate(day)) : !calendar.isWorkday(civilDate(day));
  if (!forbids(last)) return null;
  let day = last;
  for (let stop = stopOn(matter, day); forbids(day) || stop !== undefined; stop = stopOn(matter, day)) {
    if (stop?.to === null) return 'halted';
    day += 1;
  }
  return { from: civilDate(last), to: civilDate(day), reading: roll, article: REGIMES[rule.regime].article };
}

function writeMove(days: ExplainedDay[], { from, to, article }: MovedEnd, calendar: WorkCalendar): void {
  const last = days.pop();
  const name = calendar.nameOf(from);
  const why = name === undefined ? '届满日为周末' : `届满日在${name}放假期间`;
  if (last !== undefined) days.push({ ...last, reason: `${last.reason};${why},依${article}顺延` });
  for (let day = dayNumber(from) + 1; day <= dayNumber(to); day += 1) {
    const date = civilDate(day);
    days.push({ date, counted: false, reason: date === to ? '顺延后的届满日' : `${dayOff(calendar, date)},继续顺延` });
  }
}

function dayOff(calendar: WorkCalendar, on: string): string {
  const expected = calendar.isProvisional(on) ? '(放假安排未公布,按法定节日和周末推算)' : '';
  if (calendar.isHoliday(on)) return `${calendar.nameOf(on) ?? '节日'}放假${expected}`;
  return calendar.isWorkday(on) ? '时限停止' : `周末${expected}`;
}

function countedAs(unit: 'CD' | 'WD', ordinal: number, on: string, calendar: WorkCalendar): string {
  if (unit !== 'WD') return `第${String(ordinal)}日`;
  const makeUp = calendar.isMakeUpWorkday(on) ? '调休上班,' : '';
  return `${makeUp}第${String(ordinal)}个工作日${calendar.isProvisional(on) ? '(放假安排未公布,暂定)' : ''}`;
}
