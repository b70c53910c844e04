import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../../domain/kernel/calendar.ts';
import type { Clock } from '../../../domain/kernel/clock.ts';
import type { RulePack } from '../../../domain/kernel/rule.ts';
import { overtakenBy } from '../../../domain/notices/still-applies.ts';
import { calendar2026, clockFrom, ruleOf } from '../deadlines/deadline-fixtures.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const rule = ruleOf();
const rules: RulePack = { hash: 'test', rules: [rule], rule: () => rule };
const clock = clockFrom(at('2026-11-02T10:00'), { dueOn: '2026-11-20' });
const reminder = {
  template: 'statutory-reminder',
  details: { clock: 'clock', rung: 'half', dueAt: endOfDay('2026-11-20') },
};
const judge = (
  {
    clocks = [clock],
    closed = false,
    laterRung = false,
  }: { clocks?: readonly Clock[] | null; closed?: boolean; laterRung?: boolean } = {},
  {
    notice = reminder,
    now = at('2026-11-12T09:00'),
  }: { notice?: Parameters<typeof overtakenBy>[0]; now?: number } = {},
) => overtakenBy(notice, { closed, clocks, laterRung }, { rules, calendar: calendar2026, now });

describe('a rung of a ladder', () => {
  test('applies while its clock runs', () => expect(judge()).toBeNull());
  test('is overtaken when the case closes', () => expect(judge({ closed: true })).toBe('case-closed'));
  test('is overtaken when its clock ends', () => {
    expect(judge({ clocks: [{ ...clock, endedAt: at('2026-11-11T09:00') }] })).toBe('clock-ended');
  });
  test('is overtaken by a later rung to the same post', () => expect(judge({ laterRung: true })).toBe('later-rung'));
  test('is overtaken while its clock stands still', () => {
    const stopped = { ...clock, stops: [{ cause: 'testing', from: at('2026-11-10T09:00'), document: '委托书' }] };
    expect(judge({ clocks: [stopped] })).toBe('clock-stopped');
  });
  test('said over, is overtaken when the date has moved on since', () => {
    const moved = { ...clock, dueOn: '2026-11-30' };
    expect(judge({ clocks: [moved] }, { now: at('2026-11-21T09:00') })).toBe('date-moved');
    expect(judge({ clocks: [clock] }, { now: at('2026-11-21T09:00') })).toBeNull();
  });
  test('applies when the state cannot be read by this build', () => expect(judge({ clocks: null })).toBeNull());
});

describe('what is no rung', () => {
  test('and asks for an act ends with the case', () => {
    const notice = { template: 'round-opened', details: {} };
    expect(judge({}, { notice })).toBeNull();
    expect(judge({ closed: true }, { notice })).toBe('case-closed');
  });
  test('and reports what happened is true for ever', () => {
    expect(
      judge({ closed: true }, { notice: { template: 'breach-annulled', details: { clock: 'clock' } } }),
    ).toBeNull();
  });
});
