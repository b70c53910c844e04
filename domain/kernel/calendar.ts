/** Which days are working days, as data with an end: past `knownThrough` every answer is provisional. Knows no case. */
import { civilDate, dayNumber, weekday } from './civil-day.ts';
import { statutoryDays } from './statutory-days.ts';

export { endOfDay, localDate, localIso, localTime, startOfDay, ZONE } from './civil-day.ts';
export { acceptCalendar, calendarWarnings } from './calendar-acceptance.ts';

export interface NamedDay {
  readonly date: string;
  /** Chinese, as the notice calls it. */
  readonly name: string;
}

/** One published state of the holiday table. Cumulative: it answers for every day since `from`. */
export interface CalendarData {
  readonly version: string;
  /** Address of the newest notice; never empty, an unsourced table is refused. */
  readonly source: string;
  readonly publishedOn: string;
  /** Last day for which a notice exists. */
  readonly knownThrough: string;
  readonly from: string;
  /** Days off by notice, weekends inside a holiday included. `statutory` marks the days of HOL §2. */
  readonly holidays: readonly (NamedDay & { readonly statutory?: boolean })[];
  readonly makeUpWorkdays: readonly NamedDay[];
  /** The notices it was built from, oldest first. */
  readonly notices?: readonly { readonly year: number; readonly source: string; readonly publishedOn: string }[];
}

/**
 * A compiled calendar. Past `knownThrough` it answers with ordinary weekends plus the statutory days known from HOL §2;
 * `isProvisional` says so. Every method throws a RangeError for a day before `from` or after 2100.
 */
export interface WorkCalendar {
  readonly hash: string;
  readonly version: string;
  readonly from: string;
  readonly knownThrough: string;
  isWorkday(on: string): boolean;
  /** A day off by holiday notice (weekends inside it included); an ordinary weekend is not one. */
  isHoliday(on: string): boolean;
  /** A weekend day that a notice makes a working day. */
  isMakeUpWorkday(on: string): boolean;
  /** Past the last notice: the answer is an expectation. */
  isProvisional(on: string): boolean;
  /** The name of the holiday or of the holiday a make-up day belongs to. */
  nameOf(on: string): string | undefined;
  /** The n-th working day after (n > 0) or before (n < 0) the day; the day itself for 0. By look-up. */
  addWorkingDays(on: string, n: number): string;
  /** How many working days lie in (after, through]; negative when `through` is earlier. */
  workingDaysBetween(after: string, through: string): number;
}

const LAST_YEAR = 2100;

/** Builds the ranked day table: working days by rank, and for each day how many working days lie up to it. */
export function compileCalendar(data: CalendarData, hash: string): WorkCalendar {
  const first = dayNumber(data.from);
  const known = dayNumber(data.knownThrough);
  const last = dayNumber(`${String(LAST_YEAR)}-12-31`);
  const off = new Map(data.holidays.map(({ date, name }) => [dayNumber(date), name]));
  const makeUp = new Map(data.makeUpWorkdays.map(({ date, name }) => [dayNumber(date), name]));

  /** `rank[i]` = working days in [first, first + i]; `nth[k]` = the (k + 1)-th working day. Both grow on demand. */
  const rank: number[] = [];
  const nth: number[] = [];
  let expectedThrough = Number(data.knownThrough.slice(0, 4)) - 1;

  function expectYear(year: number): void {
    for (const { date, name } of statutoryDays(year)) {
      const day = dayNumber(date);
      if (day > known) off.set(day, name);
    }
    expectedThrough = year;
  }

  const isOff = (day: number): boolean => !makeUp.has(day) && (off.has(day) || weekday(day) > 5);

  function growBy(days: number): void {
    for (let n = 0; n < days; n += 1) {
      const day = first + rank.length;
      if (day > last) throw new RangeError(`the calendar ends in ${String(LAST_YEAR)}`);
      if (day > known) {
        const year = Number(civilDate(day).slice(0, 4));
        if (year > expectedThrough) expectYear(year);
      }
      if (!isOff(day)) nth.push(day);
      rank.push(nth.length);
    }
  }

  function reach(on: string): number {
    const day = dayNumber(on);
    if (day < first) throw new RangeError(`${on} lies before the calendar (${data.from})`);
    if (day - first >= rank.length) growBy(day - first - rank.length + 1);
    return day;
  }

  const rankOf = (day: number): number => (day < first ? 0 : (rank[day - first] ?? 0));

  function workingDay(position: number): string {
    if (position < 0) throw new RangeError(`the day lies before the calendar (${data.from})`);
    while (nth.length <= position) growBy(400);
    return civilDate(nth[position] ?? Number.NaN);
  }

  growBy(known - first + 1);

  return {
    hash,
    version: data.version,
    from: data.from,
    knownThrough: data.knownThrough,
    isWorkday: (on) => !isOff(reach(on)),
    isHoliday: (on) => off.has(reach(on)),
    isMakeUpWorkday: (on) => makeUp.has(reach(on)),
    isProvisional: (on) => on > data.knownThrough,
    nameOf(on) {
      const day = reach(on);
      return off.get(day) ?? makeUp.get(day);
    },
    addWorkingDays(on, n) {
      const day = reach(on);
      if (n === 0) return on;
      return n > 0 ? workingDay(rankOf(day) + n - 1) : workingDay(rankOf(day - 1) + n);
    },
    workingDaysBetween: (after, through) => rankOf(reach(through)) - rankOf(reach(after)),
  };
}
