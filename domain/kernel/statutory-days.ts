/**
 * Which days are public holidays by 《全国年节及纪念日放假办法》 §2 (HOL) before any notice arranges them.
 * Knows no notice: weekends moved around a holiday are not here, so it supports an expectation and a check, never a date.
 */
import { civilDate, dayNumber } from './civil-day.ts';

/** Month and day of 春节 (first day), 清明, 端午, 中秋, by year: lunar dates need astronomy, so they are listed. */
const LUNAR: Readonly<Record<number, readonly [string, string, string, string]>> = {
  2019: ['02-05', '04-05', '06-07', '09-13'],
  2020: ['01-25', '04-04', '06-25', '10-01'],
  2021: ['02-12', '04-04', '06-14', '09-21'],
  2022: ['02-01', '04-05', '06-03', '09-10'],
  2023: ['01-22', '04-05', '06-22', '09-29'],
  2024: ['02-10', '04-04', '06-10', '09-17'],
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
};

/** The 2024-11-10 text of HOL adds 除夕 and 2 May from 2025 on. */
const EXTENDED_FROM = 2025;

export interface StatutoryDay {
  readonly date: string;
  readonly name: string;
}

/** Whether the year's lunar holidays are listed here; without them only the fixed dates are known. */
export const knowsLunarDays = (year: number): boolean => LUNAR[year] !== undefined;

/** The statutory days of a year in order; without 春节, 清明, 端午, 中秋 where `knowsLunarDays` is false. */
export function statutoryDays(year: number): readonly StatutoryDay[] {
  const on = (monthDay: string): string => `${String(year)}-${monthDay}`;
  const days = new Map<string, string>([[on('01-01'), '元旦']]);
  const extended = year >= EXTENDED_FROM;
  const lunar = LUNAR[year];
  if (lunar !== undefined) {
    const [spring, qingming, dragonBoat, midAutumn] = lunar;
    const springDay = dayNumber(on(spring));
    for (let day = springDay - (extended ? 1 : 0); day <= springDay + 2; day += 1) days.set(civilDate(day), '春节');
    days.set(on(qingming), '清明节');
    days.set(on(dragonBoat), '端午节');
    days.set(on(midAutumn), '中秋节');
  }
  for (const monthDay of extended ? ['05-01', '05-02'] : ['05-01']) days.set(on(monthDay), '劳动节');
  for (const monthDay of ['10-01', '10-02', '10-03']) days.set(on(monthDay), '国庆节');
  return [...days].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
}
