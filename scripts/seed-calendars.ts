/**
 * Writes data/calendars/cn-<year>.json from the days the `chinese-days` package lists, one cumulative version a year.
 * Run after adding the year's notice below: `npx vitest run --project guards` says whether the files are stale.
 * The package is never asked anything beyond its last listed year: it answers wrongly and without an error there.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { acceptCalendar, type CalendarData } from '../domain/kernel/calendar.ts';
import { statutoryDays } from '../domain/kernel/statutory-days.ts';

const GOV = 'https://www.gov.cn/zhengce/content/';
/** The notices of the State Council's office; a year's last one is that version's source. */
const NOTICES: readonly { readonly year: number; readonly publishedOn: string; readonly source: string }[] = [
  { year: 2019, publishedOn: '2018-12-06', source: `${GOV}2018-12/06/content_5346276.htm` },
  { year: 2019, publishedOn: '2019-03-22', source: `${GOV}2019-03/22/content_5375877.htm` },
  { year: 2020, publishedOn: '2019-11-21', source: `${GOV}2019-11/21/content_5454164.htm` },
  { year: 2020, publishedOn: '2020-01-27', source: `${GOV}2020-01/27/content_5472352.htm` },
  { year: 2021, publishedOn: '2020-11-25', source: `${GOV}2020-11/25/content_5564127.htm` },
  { year: 2022, publishedOn: '2021-10-25', source: `${GOV}2021-10/25/content_5644835.htm` },
  { year: 2023, publishedOn: '2022-12-08', source: `${GOV}2022-12/08/content_5730844.htm` },
  { year: 2024, publishedOn: '2023-10-25', source: `${GOV}202310/content_6911527.htm` },
  { year: 2025, publishedOn: '2024-11-12', source: `${GOV}202411/content_6986382.htm` },
  { year: 2026, publishedOn: '2025-11-04', source: `${GOV}202511/content_7047090.htm` },
];

const FIRST_YEAR = 2019;
const LAST_YEAR = 2026;

interface PackageDays {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

/** One version: every day listed from 2019 through `year`. Throws when the result fails the acceptance test. */
export function calendarThrough(year: number): CalendarData {
  const listed = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
  ) as PackageDays;
  const named = (days: Readonly<Record<string, string>>) =>
    Object.entries(days)
      .filter(([date]) => date >= `${String(FIRST_YEAR)}-01-01` && date <= `${String(year)}-12-31`)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, described]) => ({ date, name: described.split(',')[1] ?? '' }));
  const years = Array.from({ length: year - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  const statutory = new Set(years.flatMap((of) => statutoryDays(of).map(({ date }) => date)));
  const notices = NOTICES.filter((notice) => notice.year <= year);
  const newest = notices.at(-1);
  if (newest?.year !== year) throw new Error(`no notice is entered for ${String(year)}`);
  const data: CalendarData = {
    version: `cn-${String(year)}`,
    source: newest.source,
    publishedOn: newest.publishedOn,
    knownThrough: `${String(year)}-12-31`,
    from: `${String(FIRST_YEAR)}-01-01`,
    notices,
    holidays: named(listed.holidays).map((day) => (statutory.has(day.date) ? { ...day, statutory: true } : day)),
    makeUpWorkdays: named(listed.workdays),
  };
  const problems = acceptCalendar(data);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return data;
}

/** Every file as it must stand, by path from the repository root. One day a line, so that a change reads as a change. */
export function calendarFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1)
    files.set(`data/calendars/cn-${String(year)}.json`, written(calendarThrough(year)));
  return files;
}

function written({ notices = [], holidays, makeUpWorkdays, ...head }: CalendarData): string {
  const list = (items: readonly unknown[]): string => items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const lists = { notices, holidays, makeUpWorkdays };
  const parts = Object.entries(lists).map(([key, items]) => `  ${JSON.stringify(key)}: [\n${list(items)}\n  ]`);
  return `{\n${[...fields, ...parts].join(',\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = ['../', '../../']
    .map((path) => new URL(path, import.meta.url))
    .find((at) => existsSync(new URL('data/', at)));
  if (root === undefined) throw new Error('data/ is missing');
  for (const [path, text] of calendarFiles()) writeFileSync(new URL(path, root), text);
}
