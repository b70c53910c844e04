/**
 * Which day is it in the office: civil dates, day numbers and the instants at which local days begin and end.
 * Knows no holiday and no clock; the zone is named here and nowhere else.
 */

/** The office's zone. It has had no daylight saving since 1991, so one offset serves every date the office handles. */
export const ZONE = 'Asia/Shanghai';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days the office meets every day, kept both ways: reading and writing ISO text is what counting would spend its time on. */
const KEPT_FROM = Date.UTC(2000, 0, 1) / DAY_MS;
const KEPT_TO = Date.UTC(2100, 11, 31) / DAY_MS;
const kept: string[] = [];
const numbers = new Map<string, number>();

/** Whether `text` is an existing day written `YYYY-MM-DD`, from 1900 on; 30 February is not. */
export const isCivilDate = (text: string): boolean => numbers.has(text) || parsed(text) !== null;

/** Days since 1970-01-01. Throws a RangeError for anything that is not an existing day. */
export function dayNumber(on: string): number {
  const day = numbers.get(on) ?? parsed(on);
  if (day === null) throw new RangeError(`not a civil date: ${on}`);
  return day;
}

function parsed(text: string): number | null {
  const parts = SHAPE.exec(text);
  if (parts === null || Number(parts[1]) < 1900) return null;
  const day = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY_MS;
  if (civilDate(day) !== text) return null;
  return day;
}

/** The inverse of `dayNumber`. */
export function civilDate(day: number): string {
  const known = kept[day - KEPT_FROM];
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (day >= KEPT_FROM && day <= KEPT_TO) {
    kept[day - KEPT_FROM] = text;
    numbers.set(text, day);
  }
  return text;
}

/** 1 is Monday, 7 is Sunday. */
export const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The corresponding day `months` later; where the month has no such day, its last one (民法典 §202). */
export function addMonths(day: number, months: number): number {
  const from = new Date(day * DAY_MS);
  const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const lastOfMonth = Date.UTC(year, (month % 12) + 1, 0) / DAY_MS;
  return Math.min(Date.UTC(year, month % 12, from.getUTCDate()) / DAY_MS, lastOfMonth);
}

/** The local day on which the instant `at` (epoch ms) falls, as a day number. */
export const localDay = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS);

/** The local day on which the instant `at` (epoch ms) falls. */
export const localDate = (at: number): string => civilDate(localDay(at));

export const dayStartsAt = (day: number): number => day * DAY_MS - OFFSET_MS;
export const dayEndsAt = (day: number): number => dayStartsAt(day + 1);

/** 00:00 of the day, as epoch ms. */
export const startOfDay = (on: string): number => dayStartsAt(dayNumber(on));

/** 24:00 of the day, as epoch ms: where a limit in days ends (rules.md §9). */
export const endOfDay = (on: string): number => dayEndsAt(dayNumber(on));

/** `HH:MM` local time on a day, as epoch ms. Throws a RangeError for another shape. */
export function localTime(on: string, clockTime: string): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clockTime);
  if (parts === null) throw new RangeError(`not a time of day: ${clockTime}`);
  return startOfDay(on) + Number(parts[1]) * HOUR_MS + Number(parts[2]) * 60_000;
}

/** The instant as ISO 8601 with the office's offset, e.g. `2026-10-16T00:00:00+08:00`. */
export function localIso(at: number): string {
  const text = new Date(at + OFFSET_MS).toISOString();
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+08:00`;
}
