/** Extensions: approved before expiry, by someone else than the handler, within what the rule allows. */
import { describe, expect, test } from 'vitest';
import { endOfDay, startOfDay } from '../../../domain/kernel/calendar.ts';
import { checkExtension, dueOf, type Clock, type ExtensionRequest } from '../../../domain/kernel/clock.ts';
import { ALL_RULES, compileRules } from '../../../domain/rules/index.ts';
import { calendar2026, clockFrom, policyValues } from './deadline-fixtures.ts';

const pack = compileRules(ALL_RULES, policyValues, 'test');
const rule = pack.rule('RP-02', '2026-09-30');
const clock = clockFrom(startOfDay('2026-09-17'), { rule: 'RP-02' });
const expiry = endOfDay('2026-10-14');

const request = (over: Partial<ExtensionRequest> = {}): ExtensionRequest => ({
  amount: 15,
  unit: 'WD',
  approvedBy: 'head',
  handler: 'officer',
  at: expiry - 1,
  ...over,
});
const granted = { amount: 15, unit: 'WD', approvedBy: 'head', approvedAt: 0, reason: '案情复杂' } as const;

describe('an extension of fifteen working days', () => {
  test('approved by the head in the last millisecond is allowed, and counts on from the first limit', () => {
    expect(checkExtension(clock, rule, calendar2026, request())).toBeNull();
    expect(dueOf({ ...clock, extensions: [granted] }, rule, calendar2026)?.dueOn).toBe('2026-11-04');
  });

  test.each<readonly [string, Clock, Partial<ExtensionRequest>, string]>([
    ['at the instant of expiry', clock, { at: expiry }, 'extension-after-expiry'],
    ['by the handler', clock, { approvedBy: 'officer' }, 'extension-by-handler'],
    ['by a day too many', clock, { amount: 16 }, 'extension-too-long'],
    ['in another unit', clock, { unit: 'CD' }, 'extension-too-long'],
    ['of nothing', clock, { amount: 0 }, 'extension-amount'],
    ['of half a day', clock, { amount: 0.5 }, 'extension-amount'],
    ['a second time', { ...clock, extensions: [granted] }, {}, 'extension-used-up'],
    ['after the clock ended', { ...clock, endedAt: expiry - 5 }, {}, 'clock-ended'],
  ])('is refused %s', (_when, of, over, code) => {
    expect(checkExtension(of, rule, calendar2026, request(over))).toMatchObject({ code, article: 'APR §18' });
  });

  test('is allowed while the clock stands still: it has not expired', () => {
    const stopped = { ...clock, stops: [{ cause: 'testing', from: startOfDay('2026-10-01'), document: '检验委托书' }] };
    expect(checkExtension(stopped, rule, calendar2026, request({ at: endOfDay('2026-11-20') }))).toBeNull();
  });
});

describe('a rule that grants none', () => {
  test('refuses any', () => {
    const none = pack.rule('CP-03', '2026-09-30');
    expect(checkExtension(clock, none, calendar2026, request())).toMatchObject({ code: 'extension-not-provided' });
  });
});

describe('a rule whose bound is the district’s', () => {
  test('takes the bound from the policy', () => {
    const round = pack.rule('BB-04', '2026-11-24');
    const period = clockFrom(startOfDay('2026-10-01'), { dueOn: '2026-12-31' });
    expect(checkExtension(period, round, calendar2026, request({ amount: 10 }))).toBeNull();
    expect(checkExtension(period, round, calendar2026, request({ amount: 11 }))).toMatchObject({
      code: 'extension-too-long',
    });
  });

  test('refuses while the district has entered none', () => {
    const unset = compileRules(ALL_RULES, {}, 'bare').rule('BB-04', '2026-11-24');
    expect(checkExtension(clock, unset, calendar2026, request())).toMatchObject({
      code: 'extension-unset',
      details: { key: 'supervision.roundExtension' },
    });
  });
});
