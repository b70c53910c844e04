/** The calendar the quarter begins with, and the one that is published in the middle of it. */
import { loadOfficeData } from '../../../cases/office-data.ts';
import type { CalendarData } from '../../../domain/kernel/calendar.ts';
import { statutoryDays } from '../../../domain/kernel/statutory-days.ts';

const newest = loadOfficeData().calendars.at(-1);
if (newest === undefined) throw new Error('no calendar in data/');
export const CALENDAR_2026: CalendarData = newest;

/** What a year must give for statutory days on weekends, far behind everything that happens in the test. */
const MADE_UP = ['2027-11-01', '2027-11-02', '2027-11-03', '2027-11-04', '2027-11-05', '2027-11-08', '2027-11-09'];

/**
 * Invented for this test, and published in the middle of the quarter: 28 December becomes a day off, 9 January a working
 * day. Reminders before the quarter's end move a day earlier, duties that count over the day end later.
 */
export const PUBLISHED: CalendarData = {
  ...CALENDAR_2026,
  version: 'quarter-test-2027',
  source: 'https://example.test/notice-2027',
  publishedOn: '2026-12-18',
  knownThrough: '2027-12-31',
  holidays: [
    ...CALENDAR_2026.holidays,
    { date: '2026-12-28', name: '元旦' },
    { date: '2027-01-02', name: '元旦' },
    { date: '2027-01-03', name: '元旦' },
    ...statutoryDays(2027).map(({ date, name }) => ({ date, name, statutory: true })),
    ...MADE_UP.map((date) => ({ date, name: '补假' })),
  ],
  makeUpWorkdays: [...CALENDAR_2026.makeUpWorkdays, { date: '2027-01-09', name: '元旦' }],
};
