/** The calendar the quarter begins with, and the one that is published in the middle of it. */
import { loadOfficeData } from '../../../cases/office-data.ts';
import type { CalendarData } from '../../../domain/kernel/calendar.ts';

const newest = loadOfficeData().calendars.at(-1);
if (newest === undefined) throw new Error('no calendar in data/');
export const CALENDAR_2026: CalendarData = newest;

/**
 * Invented for this test, and published in the middle of the quarter: 28 December becomes a day off, 9 January a working
 * day. Reminders before the quarter's end move a day earlier, duties that count over the day end later.
 */
export const PUBLISHED: CalendarData = {
  ...CALENDAR_2026,
  version: 'quarter-test-2027',
  source: 'https://example.test/notice-2027',
  publishedOn: '2026-12-18',
  knownThrough: '2027-01-31',
  holidays: [
    ...CALENDAR_2026.holidays,
    { date: '2026-12-28', name: '元旦' },
    { date: '2027-01-01', name: '元旦', statutory: true },
    { date: '2027-01-02', name: '元旦' },
    { date: '2027-01-03', name: '元旦' },
  ],
  makeUpWorkdays: [...CALENDAR_2026.makeUpWorkdays, { date: '2027-01-09', name: '元旦' }],
};
