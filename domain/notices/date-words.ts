/** How a due date is worded for an officer. Knows no case; every relative word is as of the `now` it is given. */
import { dayNumber, localDate, localIso, weekday } from '../kernel/civil-day.ts';
import type { WorkCalendar } from '../kernel/calendar.ts';
import type { BudgetUnit } from '../kernel/clock.ts';

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** `11月24日 周二`; with the year when it is not the year of `now`. */
export function dayWords(on: string, now: number): string {
  const [year = '', month = '', day = ''] = on.split('-');
  const inYear = year === localDate(now).slice(0, 4) ? '' : `${year}年`;
  return `${inYear}${Number(month)}月${Number(day)}日 ${WEEKDAYS[weekday(dayNumber(on)) - 1] ?? ''}`;
}

/** `11月24日 周二 09:02`, local time. */
export const instantWords = (at: number, now: number): string =>
  `${dayWords(localDate(at), now)} ${localIso(at).slice(11, 16)}`;

/** What is worded: `dueOn` is the last day, `dueAt` its end, or the instant itself for limits in hours. */
export interface DueDate {
  readonly dueOn: string;
  readonly dueAt: number;
  readonly unit: BudgetUnit;
  readonly provisional: boolean;
}

/** The date alone: `11月24日 周二 24:00`, provisional ones marked as such. */
export function dueWords(due: DueDate, now: number): string {
  const date = due.unit === 'h' ? instantWords(due.dueAt, now) : `${dayWords(due.dueOn, now)} 24:00`;
  return due.provisional ? `暂定 ${date}(${due.dueOn.slice(0, 4)} 年放假安排未公布)` : date;
}

/** What is left or overrun, in the limit's own unit: `剩 3 个工作日`, `今日 24:00 到期`, `已超期 2 个工作日`. */
export function remainingWords(due: DueDate, now: number, calendar: WorkCalendar): string {
  if (due.unit === 'h') {
    const minutes = Math.floor(Math.abs(due.dueAt - now) / 60_000);
    const span =
      minutes < 60
        ? `${minutes} 分`
        : `${Math.floor(minutes / 60)} 小时${minutes % 60 === 0 ? '' : ` ${minutes % 60} 分`}`;
    return now < due.dueAt ? `剩 ${span}` : `已超期 ${span}`;
  }
  const today = localDate(now);
  const days = dayNumber(due.dueOn) - dayNumber(today);
  if (days === 0 && now < due.dueAt) return '今日 24:00 到期';
  if (days === 1) return '明日 24:00 到期';
  const inWorkingDays = due.unit === 'WD';
  const amount = Math.abs(inWorkingDays ? calendar.workingDaysBetween(today, due.dueOn) : days);
  const words = `${amount} ${inWorkingDays ? '个工作日' : '天'}`;
  if (days > 0) return `剩 ${words}`;
  return amount === 0 ? '已超期,不足 1 个工作日' : `已超期 ${words}`;
}
