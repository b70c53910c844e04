/** The vectors of rules.md §9.3, by hand checked against the 2026 notice. */
import { describe, expect, test } from 'vitest';
import { startOfDay } from '../../../domain/kernel/calendar.ts';
import { dueOf, explain, recomputed, type BudgetUnit } from '../../../domain/kernel/clock.ts';
import type { RegimeId } from '../../../domain/kernel/rule.ts';
import { calendar2026, clockFrom, ruleOf } from './deadline-fixtures.ts';

type Row = readonly [from: string, amount: number, unit: BudgetUnit, regime: RegimeId, strict: string, lenient: string];

const VECTORS: readonly Row[] = [
  ['2026-09-30', 7, 'WD', 'O121', '2026-10-15', '2026-10-15'],
  ['2026-02-10', 15, 'WD', 'O121', '2026-03-09', '2026-03-09'],
  ['2026-02-13', 7, 'WD', 'O121', '2026-03-02', '2026-03-02'],
  ['2026-04-30', 7, 'WD', 'O121', '2026-05-13', '2026-05-13'],
  ['2026-09-18', 5, 'WD', 'O121', '2026-09-24', '2026-09-24'],
  ['2026-11-23', 7, 'WD', 'O121', '2026-12-02', '2026-12-02'],
  ['2026-11-23', 15, 'WD', 'O121', '2026-12-14', '2026-12-14'],
  ['2026-08-08', 60, 'CD', 'O121', '2026-10-08', '2026-10-08'],
  ['2026-08-01', 60, 'CD', 'O121', '2026-09-30', '2026-09-30'],
  ['2026-07-05', 90, 'CD', 'APR', '2026-10-08', '2026-10-08'],
  ['2026-09-24', 3, 'CD', 'O121', '2026-09-28', '2026-09-28'],
  ['2026-09-24', 3, 'CD', 'R310', '2026-09-27', '2026-09-28'],
];

describe('the vectors of rules.md 9.3', () => {
  test.each(VECTORS)(
    '%s + %i %s under %s ends on %s, read widely on %s',
    (from, amount, unit, regime, strict, lenient) => {
      const rule = ruleOf({ budget: { unit, amount }, regime });
      const clock = clockFrom(startOfDay(from) + 10 * 3_600_000);
      const due = dueOf(clock, rule, calendar2026);
      expect(due).toMatchObject({ dueOn: strict, dueOnLenient: lenient, provisional: false });
      expect(due?.dueAt).toBe(startOfDay(strict) + 86_400_000);
      expect(recomputed(explain(clock, rule, calendar2026))).toBe(due?.dueAt);
    },
  );

  test('seven working days from 25 December 2026 are expected on 6 January 2027 and marked provisional', () => {
    const due = dueOf(clockFrom(startOfDay('2026-12-25')), ruleOf({ budget: { unit: 'WD', amount: 7 } }), calendar2026);
    expect(due).toMatchObject({ dueOn: '2027-01-06', provisional: true });
  });

  test('thirty working days from 23 November 2026 are expected on 5 January 2027 and marked provisional', () => {
    const due = dueOf(
      clockFrom(startOfDay('2026-11-23')),
      ruleOf({ budget: { unit: 'WD', amount: 30 } }),
      calendar2026,
    );
    expect(due).toMatchObject({ dueOn: '2027-01-05', provisional: true });
  });

  test('the working days of the first vector are the seven that rules.md names', () => {
    const rule = ruleOf({ budget: { unit: 'WD', amount: 7 } });
    const { days } = explain(clockFrom(startOfDay('2026-09-30')), rule, calendar2026);
    const counted = days.filter((day) => day.counted).map(({ date }) => date.slice(5));
    expect(counted).toEqual(['10-08', '10-09', '10-10', '10-12', '10-13', '10-14', '10-15']);
  });
});
