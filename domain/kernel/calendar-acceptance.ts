/**
 * May this holiday table be imported: the acceptance test of the addenda §7. Answers in Chinese, for the person who imports.
 * Refuses to know where the table comes from beyond its stated address.
 */
import type { CalendarData } from './calendar.ts';
import { civilDate, dayNumber, isCivilDate, weekday } from './civil-day.ts';
import { knowsLunarDays, statutoryDays } from './statutory-days.ts';

/** HOL §7: at a holiday, no more than six working days in a row. */
const LONGEST_RUN = 6;

/** Why the table is refused; empty means it may be used. Warnings are apart, in `calendarWarnings`. */
export function acceptCalendar(data: CalendarData): string[] {
  const problems = [...sourceProblems(data), ...shapeProblems(data)];
  return problems.length > 0 ? problems : [...dayProblems(data), ...statutoryProblems(data)];
}

function sourceProblems({ source, version }: CalendarData): string[] {
  const problems: string[] = [];
  if (version.trim() === '') problems.push('日历没有版本号');
  if (source.trim() === '') problems.push('来源为空:没有国务院办公厅通知地址的放假安排不予采用');
  else if (!/^https?:\/\/[^\s/]+\/\S+/.test(source)) problems.push(`来源不是网页地址:${source}`);
  return problems;
}

function shapeProblems({ from, knownThrough, publishedOn, holidays, makeUpWorkdays }: CalendarData): string[] {
  const dates: readonly string[] = [
    from,
    knownThrough,
    publishedOn,
    ...[...holidays, ...makeUpWorkdays].map(({ date }) => date),
  ];
  const problems = dates.filter((date) => !isCivilDate(date)).map((date) => `日期不存在:${date}`);
  if (problems.length > 0) return problems;
  if (!from.endsWith('-01-01')) problems.push(`起始日应为某年1月1日:${from}`);
  if (!knownThrough.endsWith('-12-31')) problems.push(`已公布至应为某年12月31日:${knownThrough}`);
  if (from > knownThrough) problems.push(`起始日${from}晚于已公布至${knownThrough}`);
  return problems;
}

function dayProblems({ from, knownThrough, holidays, makeUpWorkdays }: CalendarData): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { date, name } of [...holidays, ...makeUpWorkdays]) {
    if (seen.has(date)) problems.push(`${date}重复出现`);
    seen.add(date);
    if (date < from || date > knownThrough) problems.push(`${date}不在${from}至${knownThrough}之内`);
    if (name.trim() === '') problems.push(`${date}没有节日名称`);
  }
  for (const { date } of makeUpWorkdays)
    if (weekday(dayNumber(date)) < 6) problems.push(`${date}不是周末,不能作为调休上班日`);
  return problems;
}

function statutoryProblems(data: CalendarData): string[] {
  const problems: string[] = [];
  const off = new Set(data.holidays.map(({ date }) => date));
  for (const year of yearsOf(data)) {
    const statutory = statutoryDays(year);
    const missing = statutory.filter(({ date }) => !off.has(date));
    for (const { date, name } of missing) problems.push(`${date}是法定节日(${name}),表中没有放假`);
    if (!knowsLunarDays(year)) problems.push(`${String(year)}年的农历节日未收录,无法核对`);
    if (missing.length > 0 || !knowsLunarDays(year)) continue;
    const net = netDaysOff(data, year);
    if (net < statutory.length)
      problems.push(
        `${String(year)}年放假与调休相抵后只有${String(net)}天,少于法定的${String(statutory.length)}天(法定节日逢周末应当补假)`,
      );
  }
  return problems;
}

/** Weekdays off minus weekend days worked: what the year's notice gives, statutory days on weekends made up (HOL §6). */
function netDaysOff({ holidays, makeUpWorkdays }: CalendarData, year: number): number {
  const inYear = ({ date }: { readonly date: string }): boolean => date.startsWith(String(year));
  const weekdaysOff = holidays.filter(inYear).filter(({ date }) => weekday(dayNumber(date)) < 6);
  return weekdaysOff.length - makeUpWorkdays.filter(inYear).length;
}

/** What a person should look at though the table may be used: runs of more than six working days (HOL §7). */
export function calendarWarnings({ from, knownThrough, holidays, makeUpWorkdays }: CalendarData): string[] {
  const off = new Set(holidays.map(({ date }) => date));
  const makeUp = new Set(makeUpWorkdays.map(({ date }) => date));
  const warnings: string[] = [];
  let run = 0;
  for (let day = dayNumber(from); day <= dayNumber(knownThrough) + 1; day += 1) {
    const on = civilDate(day);
    const works = on <= knownThrough && (makeUp.has(on) || (!off.has(on) && weekday(day) < 6));
    if (works) run += 1;
    else {
      if (run > LONGEST_RUN)
        warnings.push(
          `${civilDate(day - run)}至${civilDate(day - 1)}连续工作${String(run)}天,超过${String(LONGEST_RUN)}天`,
        );
      run = 0;
    }
  }
  return warnings;
}

function yearsOf({ from, knownThrough }: CalendarData): number[] {
  const first = Number(from.slice(0, 4));
  return Array.from({ length: Number(knownThrough.slice(0, 4)) - first + 1 }, (_, i) => first + i);
}
