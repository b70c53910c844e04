/** The holiday calendars: the notice of 2026, the end of what is known, and which imported years are refused. */
import { Temporal } from 'temporal-polyfill';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptCalendar,
  calendarWarnings,
  compileCalendar,
  endOfDay,
  localDate,
  localIso,
  localTime,
  startOfDay,
  ZONE,
  type CalendarData,
} from '../../../domain/kernel/calendar.ts';
import { addMonths, civilDate, dayNumber, isCivilDate, weekday } from '../../../domain/kernel/civil-day.ts';
import { statutoryDays } from '../../../domain/kernel/statutory-days.ts';
import { calendar2026, calendarData, office } from './deadline-fixtures.ts';

/** H26, as rules.md §9.2 quotes the notice of 2025-11-04. */
const NOTICE_2026: readonly (readonly [from: string, to: string])[] = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
];
const MAKE_UP_2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

const days = (from: string, to: string): string[] =>
  Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => civilDate(dayNumber(from) + i));

describe('the calendar of 2026', () => {
  test('is the notice, day for day', () => {
    const data = calendarData('cn-2026');
    const in2026 = ({ date }: { readonly date: string }): boolean => date.startsWith('2026');
    expect(data.holidays.filter(in2026).map(({ date }) => date)).toEqual(
      NOTICE_2026.flatMap(([from, to]) => days(from, to)),
    );
    expect(data.makeUpWorkdays.filter(in2026).map(({ date }) => date)).toEqual(MAKE_UP_2026);
    expect(data).toMatchObject({ knownThrough: '2026-12-31', publishedOn: '2025-11-04' });
  });

  test('calls make-up Saturdays working days, holiday Mondays days off, and ordinary weekends no holidays', () => {
    expect(calendar2026.isWorkday('2026-10-10')).toBe(true);
    expect(calendar2026.isMakeUpWorkday('2026-10-10')).toBe(true);
    expect(calendar2026.isWorkday('2026-10-05')).toBe(false);
    expect(calendar2026.isHoliday('2026-10-17')).toBe(false);
    expect(calendar2026.isWorkday('2026-10-17')).toBe(false);
    expect(calendar2026.nameOf('2026-10-05')).toBe('国庆节');
    expect(calendar2026.nameOf('2026-11-24')).toBeUndefined();
  });

  test.each([
    ['2026-12-31', 1, '2027-01-04'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-03', -2, '2026-09-29'],
    ['2026-10-03', 1, '2026-10-08'],
    ['2026-10-03', 0, '2026-10-03'],
  ])('from %s, %i working days lead to %s', (on, n, there) => {
    expect(calendar2026.addWorkingDays(on, n)).toBe(there);
  });

  test('agrees with counting day by day, forwards and backwards', () => {
    const anyDay = fc.integer({ min: dayNumber('2019-02-01'), max: dayNumber('2028-12-31') });
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -15, max: 60 }), (day, n) => {
        let there = day;
        for (let left = Math.abs(n); left > 0;) {
          there += Math.sign(n);
          if (calendar2026.isWorkday(civilDate(there))) left -= 1;
        }
        expect(calendar2026.addWorkingDays(civilDate(day), n)).toBe(civilDate(there));
        if (n > 0) expect(calendar2026.workingDaysBetween(civilDate(day), civilDate(there))).toBe(n);
      }),
    );
  });
});

describe('past the last notice', () => {
  test('every answer is provisional, and statutory days are expected off', () => {
    expect(calendar2026.isProvisional('2026-12-31')).toBe(false);
    expect(calendar2026.isProvisional('2027-01-01')).toBe(true);
    for (const on of ['2027-01-01', '2027-02-05', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15', '2027-10-01'])
      expect([on, calendar2026.isWorkday(on)]).toEqual([on, false]);
    expect(calendar2026.isWorkday('2027-01-04')).toBe(true);
  });

  test('an older version does not know what a newer one publishes', () => {
    const older = compileCalendar(calendarData('cn-2025'), 'older');
    expect(older.addWorkingDays('2025-12-31', 2)).toBe('2026-01-05');
    expect(calendar2026.addWorkingDays('2025-12-31', 2)).toBe('2026-01-05');
    expect(older.isWorkday('2026-01-04')).toBe(false);
    expect(calendar2026.isWorkday('2026-01-04')).toBe(true);
    expect(older.isProvisional('2026-01-04')).toBe(true);
  });

  test('it refuses days before it begins and after 2100', () => {
    expect(() => calendar2026.isWorkday('2018-12-31')).toThrow(RangeError);
    expect(() => calendar2026.addWorkingDays('2019-01-01', -1)).toThrow(RangeError);
    expect(() => calendar2026.addWorkingDays('2026-01-01', 1_000_000)).toThrow(RangeError);
    expect(() => calendar2026.isWorkday('2026-02-30')).toThrow(RangeError);
  });
});

describe('an imported calendar', () => {
  const good = calendarData('cn-2026');
  const without = (date: string): CalendarData => ({
    ...good,
    holidays: good.holidays.filter((day) => day.date !== date),
  });

  test.each(office.calendars.map((data) => [data.version, data] as const))('%s is accepted', (_version, data) => {
    expect(acceptCalendar(data)).toEqual([]);
  });

  test.each<readonly [string, CalendarData, string]>([
    ['without a source', { ...good, source: '  ' }, '来源为空:没有国务院办公厅通知地址的放假安排不予采用'],
    ['whose source is no address', { ...good, source: '通知' }, '来源不是网页地址:通知'],
    ['with a statutory day at work', without('2026-10-02'), '2026-10-02是法定节日(国庆节),表中没有放假'],
    [
      'that gives fewer days off than the law',
      without('2026-10-06'),
      '2026年放假与调休相抵后只有12天,少于法定的13天(法定节日逢周末应当补假)',
    ],
    [
      'with a make-up day on a weekday',
      { ...good, makeUpWorkdays: [...good.makeUpWorkdays, { date: '2026-11-24', name: '国庆节' }] },
      '2026-11-24不是周末,不能作为调休上班日',
    ],
    [
      'that is off and at work on one day',
      { ...good, makeUpWorkdays: [...good.makeUpWorkdays, { date: '2026-10-03', name: '国庆节' }] },
      '2026-10-03重复出现',
    ],
    [
      'with a day that does not exist',
      { ...good, holidays: [...good.holidays, { date: '2026-02-30', name: '春节' }] },
      '日期不存在:2026-02-30',
    ],
    [
      'that claims a year it does not list',
      { ...good, knownThrough: '2027-12-31' },
      '2027-02-06是法定节日(春节),表中没有放假',
    ],
  ])('%s is refused', (_what, data, problem) => {
    expect(acceptCalendar(data)).toContain(problem);
  });

  test('that copies 2026 into 2027, as tables found in public do, is refused', () => {
    const copied = good.holidays
      .filter(({ date }) => date.startsWith('2026'))
      .map((day) => ({ ...day, date: day.date.replace('2026', '2027') }));
    const data = { ...good, knownThrough: '2027-12-31', holidays: [...good.holidays, ...copied] };
    expect(acceptCalendar(data)).toContain('2027-02-05是法定节日(春节),表中没有放假');
  });

  test('is only warned about for a run of more than six working days', () => {
    const data = { ...good, makeUpWorkdays: [...good.makeUpWorkdays, { date: '2026-11-14', name: '国庆节' }] };
    expect(calendarWarnings(good)).not.toContain('2026-11-09至2026-11-20连续工作12天,超过6天');
    expect(
      calendarWarnings({ ...data, makeUpWorkdays: [...data.makeUpWorkdays, { date: '2026-11-15', name: '国庆节' }] }),
    ).toContain('2026-11-09至2026-11-20连续工作12天,超过6天');
  });
});

describe('statutory days', () => {
  test.each([
    [2026, 13],
    [2025, 13],
    [2024, 11],
  ])('of %i are %i', (year, count) => {
    expect(statutoryDays(year)).toHaveLength(count);
  });

  test('of 2027 are those of the addenda §7', () => {
    expect(statutoryDays(2027).map(({ date }) => date.slice(5))).toEqual([
      '01-01',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '04-05',
      '05-01',
      '05-02',
      '06-09',
      '09-15',
      '10-01',
      '10-02',
      '10-03',
    ]);
  });
});

describe('local days', () => {
  test('begin and end as the zone database says, whatever zone the host is in', () => {
    for (let day = dayNumber('2019-01-01'); day <= dayNumber('2035-12-31'); day += 7) {
      const on = civilDate(day);
      const midnight = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: ZONE }).epochMilliseconds;
      expect(startOfDay(on)).toBe(midnight);
      expect([localDate(midnight - 1), localDate(midnight)]).toEqual([civilDate(day - 1), on]);
      expect(weekday(day)).toBe(Temporal.PlainDate.from(on).dayOfWeek);
    }
  });

  test('end where the next begins, and are written with their offset', () => {
    expect(endOfDay('2026-10-15')).toBe(startOfDay('2026-10-16'));
    expect(localIso(endOfDay('2026-10-15'))).toBe('2026-10-16T00:00:00+08:00');
    expect(localIso(localTime('2026-10-15', '09:30') + 7)).toBe('2026-10-15T09:30:00.007+08:00');
    expect(() => localTime('2026-10-15', '24:00')).toThrow(RangeError);
  });

  test('agree with the date library on months', () => {
    const anyDay = fc.integer({ min: dayNumber('2000-01-01'), max: dayNumber('2060-12-31') });
    fc.assert(
      fc.property(anyDay, fc.nat(80), (day, months) => {
        expect(civilDate(addMonths(day, months))).toBe(
          Temporal.PlainDate.from(civilDate(day)).add({ months }).toString(),
        );
      }),
    );
  });

  test.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '2026-01-01T00:00', ''])('%j is no day', (text) => {
    expect(isCivilDate(text)).toBe(false);
  });
});
