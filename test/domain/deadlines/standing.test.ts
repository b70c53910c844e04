import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../domain/kernel/clock.ts';
import { standingOf } from '../../../domain/kernel/standing.ts';
import { compileRules, ALL_RULES } from '../../../domain/rules/index.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { compileCalendar } from '../../../domain/kernel/calendar.ts';

const office = loadOfficeData();
const newest = office.calendars.at(-1);
const policy = office.policies.at(-1);
if (newest === undefined || policy === undefined) throw new Error('no office data');
const calendar = compileCalendar(newest, 'test');
const rules = compileRules(ALL_RULES, policy.values, 'test');

const at = (local: string): number => Date.parse(`${local}+08:00`);
const clock = (rule: string, startedAt: string, more: Partial<Clock> = {}): Clock => ({
  id: 'x',
  rule,
  startedAt: at(startedAt),
  stops: [],
  extensions: [],
  ...more,
});
const standing = (one: Clock, now: string) => standingOf(one, rules.rule(one.rule, '2026-11-13'), calendar, at(now));

/** Seven working days from Friday 2026-11-13: the last is Tuesday 2026-11-24. */
const ACCEPTANCE = clock('CP-03', '2026-11-13T16:42:00');

describe('how a clock stands', () => {
  test.each([
    ['2026-11-16T09:00:00', { left: { unit: 'WD', amount: 6 }, urgency: null }],
    ['2026-11-19T09:00:00', { left: { unit: 'WD', amount: 3 }, urgency: 'blue' }],
    // Saturday: Monday and Tuesday are left.
    ['2026-11-21T09:00:00', { left: { unit: 'WD', amount: 2 }, urgency: 'blue' }],
    ['2026-11-23T23:59:59', { left: { unit: 'WD', amount: 1 }, urgency: 'blue' }],
    ['2026-11-24T00:00:00', { left: { unit: 'WD', amount: 0 }, lastDay: true, urgency: 'yellow' }],
    ['2026-11-24T23:59:59', { lastDay: true, urgency: 'yellow', over: null }],
    ['2026-11-25T00:00:00', { left: null, over: { unit: 'WD', amount: 1 }, lastDay: false, urgency: 'red' }],
    ['2026-11-26T10:00:00', { over: { unit: 'WD', amount: 2 }, urgency: 'red' }],
    // Over on a weekend: the limit is past, no further working day is.
    ['2026-11-28T10:00:00', { over: { unit: 'WD', amount: 3 }, urgency: 'red' }],
  ])('in working days, at %s', (now, expected) => {
    expect(standing(ACCEPTANCE, now)).toMatchObject(expected);
  });

  test('in calendar days counts weekends, and is near by working days like any other', () => {
    const mediation = clock('CP-05', '2026-10-01T10:00:00');
    expect(standing(mediation, '2026-11-24T10:00:00')).toMatchObject({
      dueOn: '2026-11-30',
      left: { unit: 'CD', amount: 6 },
      urgency: null,
    });
    expect(standing(mediation, '2026-11-26T10:00:00')).toMatchObject({
      left: { unit: 'CD', amount: 4 },
      urgency: 'blue',
    });
  });

  test('in hours is told to the minute', () => {
    const report = clock('AC-02', '2026-11-24T08:00:00');
    const late = standing(report, '2026-11-25T02:40:00');
    expect(late.left?.unit).toBe('h');
    expect(late.left?.amount).toBeCloseTo(5 + 20 / 60, 5);
    expect(standing(report, '2026-11-25T09:00:00').over).toEqual({ unit: 'h', amount: 1 });
  });

  test('stopped has what is left and no last day; ended says whether it was kept', () => {
    const stopped = clock('CP-05', '2026-11-02T10:00:00', {
      stops: [{ cause: 'testing', from: at('2026-11-12T10:00:00'), document: '委托书' }],
    });
    expect(standing(stopped, '2026-11-24T10:00:00')).toMatchObject({ status: 'stopped', dueOn: null, urgency: null });
    const kept = { ...ACCEPTANCE, endedAt: at('2026-11-20T10:00:00') };
    expect(standing(kept, '2026-12-24T10:00:00')).toMatchObject({ status: 'ended', over: null, left: null });
    const missed = { ...ACCEPTANCE, endedAt: at('2026-11-26T10:00:00') };
    expect(standing(missed, '2026-12-24T10:00:00')).toMatchObject({ status: 'ended', over: { unit: 'WD', amount: 2 } });
  });

  test('past the last notice is provisional', () => {
    expect(standing(clock('AC-08', '2026-11-20T10:00:00'), '2026-11-24T10:00:00')).toMatchObject({ provisional: true });
  });
});
