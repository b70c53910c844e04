import { describe, expect, test } from 'vitest';
import { dueOf } from '../../../domain/kernel/due.ts';
import { ANNULLED } from '../../../domain/kernel/process.ts';
import { bindingDuty, pledgeDuty, REFUSAL_CODES } from '../../../domain/supervision/index.ts';
import type { BindingDutyCommand } from '../../../domain/supervision/binding-duty.ts';
import type { PledgeDutyCommand } from '../../../domain/supervision/pledge-duty.ts';
import { at, calendar, lapse, REGULATOR, rulesWith, SYSTEM_ACTOR, told, tried, type Step } from './world.ts';

const rules = rulesWith();

describe('the duty to bind a subject', () => {
  const ID = 'binding-duty/s1/1';
  type Steps = readonly Step<BindingDutyCommand>[];
  const system = (when: string, does: Step<BindingDutyCommand>['does']) => ({ when, by: SYSTEM_ACTOR, does });
  const open = (cause: 'opened' | 'cadre-left', since: string): Step<BindingDutyCommand> => ({
    when: '2026-09-30T09:00',
    by: REGULATOR,
    does: { type: 'open', subject: 's1', unit: 'c-1', cause, since, holder: 'post-town-office' },
  });
  const opened = open('opened', '2026-09-28');
  const bound = (when: string) => system(when, { type: 'bound', binding: 'b-1', post: 'post-cadre' });
  const due = system('2026-10-16T00:01', lapse('bind'));
  const play = (...steps: Steps) => told(bindingDuty, ID, steps);

  test('lasts seven working days over the National Day holiday (rules.md 9.3)', () => {
    const { state } = play(opened);
    const clock = state === undefined ? undefined : bindingDuty.clocks(state)[0];
    expect(clock).toMatchObject({ id: 'bind', rule: 'BB-02', ladder: 'duty' });
    if (clock === undefined) return;
    expect(dueOf(clock, rules.rule('BB-02', '2026-09-30'), calendar)?.dueOn).toBe('2026-10-15');
  });

  test('asks the office at once', () => {
    expect(play(opened).consequences).toEqual([
      {
        does: 'notify',
        to: { post: 'post-town-office' },
        template: 'subject-unbound',
        urgency: 'at-once',
        details: { subject: 's1', cause: 'opened', since: '2026-09-28' },
      },
    ]);
  });

  test.each([
    ['in time', [bound('2026-10-12T09:00')], 'bound'],
    ['late', [due, bound('2026-10-20T09:00')], 'bound-late'],
    ['by the subject’s closing', [system('2026-10-12T09:00', { type: 'subject-closed' })], 'subject-closed'],
    [
      'in time after all, when a later calendar moves the limit',
      [due, system('2026-10-16T09:00', lapse('bind', ANNULLED)), bound('2026-10-16T10:00')],
      'bound',
    ],
  ] satisfies [string, Steps, string][])('ends %s', (_how, steps, as) => {
    const { state } = play(opened, ...steps);
    expect(state === undefined ? undefined : bindingDuty.summary(state)).toMatchObject({
      closedAs: as,
      stage: as,
      holder: null,
    });
  });

  test('records whether the change was reported within 15 working days (BB-01)', () => {
    // From 8 September: the 15th working day is 28 September, the 20th being a make-up day and the 25th a holiday.
    expect(play(open('opened', '2026-09-08')).state?.reportedLate).toBe(true);
    expect(play(open('opened', '2026-09-10')).state?.reportedLate).toBe(false);
    expect(play(open('cadre-left', '2026-01-05')).state?.reportedLate).toBe(false);
  });

  test('shows the report’s clock as ended, and none for a cadre who left', () => {
    const clocks = (step: Step<BindingDutyCommand>) => {
      const { state } = play(step);
      return state === undefined ? [] : bindingDuty.clocks(state).map(({ id, endedAt }) => [id, endedAt]);
    };
    expect(clocks(opened)).toEqual([
      ['bind', undefined],
      ['report', at('2026-09-30T09:00')],
    ]);
    expect(clocks(open('cadre-left', '2026-09-28'))).toEqual([['bind', undefined]]);
  });

  test('is overdue once', () => {
    const { events, state } = play(opened, due, due);
    expect(events.map(({ type }) => type)).toEqual(['opened', 'overdue']);
    expect(state === undefined ? undefined : bindingDuty.summary(state).stage).toBe('overdue');
  });

  const REFUSED: readonly (readonly [string, Steps, Step<BindingDutyCommand>])[] = [
    ['not-open', [], bound('2026-10-12')],
    ['already-open', [opened], opened],
    ['not-allowed', [opened], { ...bound('2026-10-12'), by: REGULATOR }],
    ['duty-closed', [opened, bound('2026-10-12')], bound('2026-10-13')],
    ['duty-closed', [opened, bound('2026-10-12')], system('2026-10-13', { type: 'subject-closed' })],
  ];

  test.each(REFUSED)('refuses with %s', (code, before, step) => {
    expect(tried(bindingDuty, ID, play(...before).state, step)).toMatchObject({ refused: { code } });
  });

  test('refuses with nothing else', () => {
    expect([...new Set(REFUSED.map(([code]) => code))].sort()).toEqual(
      [...(REFUSAL_CODES[bindingDuty.kind] ?? [])].sort(),
    );
  });
});

describe('the duty to sign the pledge', () => {
  const ID = 'pledge-duty/post-cadre/p-cadre/1';
  type Steps = readonly Step<PledgeDutyCommand>[];
  const system = (when: string, does: Step<PledgeDutyCommand>['does']) => ({ when, by: SYSTEM_ACTOR, does });
  const opened = system('2026-09-18T09:00', {
    type: 'open',
    post: 'post-cadre',
    person: 'p-cadre',
    unit: 'c-1',
    version: '2026',
  });
  const signed = (when: string, signedOn: string) => system(when, { type: 'signed', pledge: 'pl-1', signedOn });
  const due = system('2026-09-25T00:01', lapse('sign'));
  const play = (...steps: Steps) => told(pledgeDuty, ID, steps);

  test('lasts five working days, a make-up Sunday among them (rules.md 9.3)', () => {
    const { state } = play(opened);
    const clock = state === undefined ? undefined : pledgeDuty.clocks(state)[0];
    expect(clock).toMatchObject({ id: 'sign', rule: 'BB-03', ladder: 'duty' });
    if (clock === undefined) return;
    expect(dueOf(clock, rules.rule('BB-03', '2026-09-18'), calendar)?.dueOn).toBe('2026-09-24');
  });

  test('asks the cadre’s post', () => {
    expect(play(opened).consequences).toEqual([
      {
        does: 'notify',
        to: { post: 'post-cadre' },
        template: 'pledge-wanted',
        urgency: 'digest',
        details: { post: 'post-cadre', version: '2026' },
      },
    ]);
  });

  test.each([
    ['in time', [signed('2026-09-22T09:00', '2026-09-21')], 'signed'],
    ['late', [due, signed('2026-09-29T09:00', '2026-09-28')], 'signed-late'],
    ['with the cadre’s leaving', [system('2026-09-22T09:00', { type: 'left' })], 'left'],
    [
      'in time after all, when a later calendar moves the limit',
      [due, system('2026-09-25T09:00', lapse('sign', ANNULLED)), signed('2026-09-25T10:00', '2026-09-25')],
      'signed',
    ],
  ] satisfies [string, Steps, string][])('ends %s', (_how, steps, as) => {
    const { state } = play(opened, ...steps);
    expect(state === undefined ? undefined : pledgeDuty.summary(state)).toMatchObject({ closedAs: as, holder: null });
    expect(state === undefined ? undefined : pledgeDuty.clocks(state)[0]?.endedAt).toBe(at(steps.at(-1)?.when ?? ''));
  });

  const REFUSED: readonly (readonly [string, Steps, Step<PledgeDutyCommand>])[] = [
    ['not-open', [], signed('2026-09-22', '2026-09-21')],
    ['already-open', [opened], opened],
    ['not-allowed', [opened], { ...signed('2026-09-22', '2026-09-21'), by: REGULATOR }],
    ['signed-in-future', [opened], signed('2026-09-22T09:00', '2026-09-23')],
    ['duty-closed', [opened, signed('2026-09-22', '2026-09-21')], signed('2026-09-23', '2026-09-21')],
    ['duty-closed', [opened, signed('2026-09-22', '2026-09-21')], system('2026-09-23', { type: 'left' })],
  ];

  test.each(REFUSED)('refuses with %s', (code, before, step) => {
    expect(tried(pledgeDuty, ID, play(...before).state, step)).toMatchObject({ refused: { code } });
  });

  test('refuses with nothing else', () => {
    expect([...new Set(REFUSED.map(([code]) => code))].sort()).toEqual(
      [...(REFUSAL_CODES[pledgeDuty.kind] ?? [])].sort(),
    );
  });
});
