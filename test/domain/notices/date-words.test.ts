import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../../domain/kernel/calendar.ts';
import { dayWords, dueWords, instantWords, remainingWords, type DueDate } from '../../../domain/notices/date-words.ts';
import { calendar2026 } from '../deadlines/deadline-fixtures.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const now = at('2026-11-24T10:20');
const due = (dueOn: string, unit: DueDate['unit'] = 'WD', provisional = false): DueDate => ({
  dueOn,
  dueAt: endOfDay(dueOn),
  unit,
  provisional,
});

test('days carry the year only when it is another one', () => {
  expect(dayWords('2026-11-24', now)).toBe('11月24日 周二');
  expect(dayWords('2027-02-16', now)).toBe('2027年2月16日 周二');
  expect(instantWords(now, now)).toBe('11月24日 周二 10:20');
});

test('a day limit ends at 24:00 of its last day, never at 0:00 of the next', () => {
  expect(dueWords(due('2026-12-31'), now)).toBe('12月31日 周四 24:00');
});

test('a limit in hours ends at its instant', () => {
  expect(dueWords({ dueOn: '2026-11-25', dueAt: at('2026-11-25T15:20'), unit: 'h', provisional: false }, now)).toBe(
    '11月25日 周三 15:20',
  );
});

test('a provisional date says so and why', () => {
  expect(dueWords(due('2027-02-16', 'WD', true), now)).toBe('暂定 2027年2月16日 周二 24:00(2027 年放假安排未公布)');
});

describe('what is left', () => {
  test.each<[string, DueDate, string]>([
    ['working days', due('2026-11-27'), '剩 3 个工作日'],
    ['calendar days', due('2026-12-06', 'CD'), '剩 12 天'],
    ['today', due('2026-11-24'), '今日 24:00 到期'],
    ['tomorrow', due('2026-11-25', 'CD'), '明日 24:00 到期'],
    ['over by working days', due('2026-11-20'), '已超期 2 个工作日'],
    ['over by calendar days', due('2026-11-20', 'CD'), '已超期 4 天'],
  ])('%s', (_what, date, words) => {
    expect(remainingWords(date, now, calendar2026)).toBe(words);
  });

  test('over a weekend no working day has passed yet', () => {
    expect(remainingWords(due('2026-11-27'), at('2026-11-28T09:00'), calendar2026)).toBe('已超期,不足 1 个工作日');
  });

  test.each([
    ['2026-11-24T15:40', '剩 5 小时 20 分'],
    ['2026-11-24T11:00', '剩 40 分'],
    ['2026-11-24T12:20', '剩 2 小时'],
    ['2026-11-24T08:20', '已超期 2 小时'],
  ])('a limit in hours until %s', (local, words) => {
    expect(
      remainingWords({ dueOn: '2026-11-24', dueAt: at(local), unit: 'h', provisional: false }, now, calendar2026),
    ).toBe(words);
  });
});
