import { describe, expect, test } from 'vitest';
import { dueOf } from '../../../domain/kernel/due.ts';
import { ANNULLED } from '../../../domain/kernel/process.ts';
import { cycle, workOf } from '../../../domain/supervision/cycle.ts';
import { REFUSAL_CODES } from '../../../domain/supervision/index.ts';
import type { CycleCommand, UnitFigures } from '../../../domain/supervision/cycle-messages.ts';
import {
  at,
  CADRE,
  calendar,
  DISTRICT_OFFICE,
  lapse,
  OTHER_TOWN_OFFICE,
  rulesWith,
  SYSTEM_ACTOR,
  told,
  TOWN_OFFICE,
  tried,
  words,
  type Step,
} from './world.ts';

const ID = 'cycle/2026-Q4';
type Steps = readonly Step<CycleCommand>[];
const play = (...steps: Steps) => told(cycle, ID, steps);
const office = (when: string, does: CycleCommand): Step<CycleCommand> => ({ when, by: DISTRICT_OFFICE, does });
const system = (when: string, does: Step<CycleCommand>['does']): Step<CycleCommand> => ({
  when,
  by: SYSTEM_ACTOR,
  does,
});
const reason = words();
const open = (changed: object = {}): CycleCommand => ({
  type: 'open',
  title: '2026年第四季度包保督导',
  period: { name: '2026-Q4', fromOn: '2026-10-01', toOn: '2026-12-31' },
  scope: { kind: 'quarter' },
  planHash: 'plan-1',
  rounds: 450,
  visits: 4500,
  provisional: false,
  ...changed,
});
const opened = office('2026-09-28T09:00', open());
const page = (lastOrdinal: number, size = 200) =>
  system('2026-09-28T09:01', { type: 'rounds-opened', opened: size, existing: 0, failed: 0, lastOrdinal });
const running = [opened, page(200), page(400), page(450, 50)];
const ended = system('2027-01-01T00:01', lapse('period'));

const figure = (numerator: number, denominator: number) => ({ numerator, denominator, digest: 'd' });
const ofUnit = (unit: string, completed: number): UnitFigures => ({
  unit,
  binding: { numerator: 10, denominator: 10 },
  pledge: { numerator: 0, denominator: 0 },
  completion: { numerator: completed, denominator: 10 },
});
const frozen = (changed: object = {}) =>
  system('2027-01-01T00:05', {
    type: 'figures-frozen',
    rates: { binding: figure(20, 20), pledge: figure(2, 2), completion: figure(18, 20) },
    coverage: figure(19, 20),
    byUnit: [ofUnit('c-1', 10), ofUnit('c-2', 8)],
    ...changed,
  });

const seen = (...steps: Steps) => {
  const { state } = play(...steps);
  return state === undefined ? undefined : { stage: cycle.summary(state).stage, work: workOf(state) };
};

describe('a quarter from kick-off to its report', () => {
  test.each<[string, Steps, string, string | null]>([
    ['confirmed', [opened], 'opening', 'open-rounds'],
    ['half opened', [opened, page(200)], 'opening', 'open-rounds'],
    ['opened', running, 'running', null],
    ['over', [...running, ended], 'freezing', 'freeze-figures'],
    ['over before every round was opened', [opened, page(200), ended], 'freezing', 'open-rounds'],
    ['counted', [...running, ended, frozen()], 'reported', null],
    ['closed', [...running, ended, frozen(), office('2027-01-20T09:00', { type: 'close' })], 'closed', null],
  ])('%s: stage and work', (_when, steps, stage, work) => {
    expect(seen(...steps)).toEqual({ stage, work });
  });

  test('ends on the last day of the period, on the ladder of cycles', () => {
    const { state } = play(opened);
    const clock = state === undefined ? undefined : cycle.clocks(state)[0];
    expect(clock).toMatchObject({ id: 'period', ladder: 'cycle', startedAt: at('2026-10-01') });
    if (clock === undefined) return;
    expect(dueOf(clock, rulesWith().rule(clock.rule, '2026-10-01'), calendar)?.dueAt).toBe(at('2027-01-01'));
  });

  test('hears a page told twice once', () => {
    const { state, events } = play(opened, page(200), page(200), page(150), page(400), page(450, 50));
    expect(state).toMatchObject({ opened: 450, lastOrdinal: 450 });
    expect(events.map(({ type }) => type)).toEqual(['opened', 'page-opened', 'page-opened', 'page-opened', 'running']);
  });

  test('freezes its figures once', () => {
    const { state, events } = play(...running, ended, frozen(), frozen({ coverage: figure(20, 20) }));
    expect(events.filter(({ type }) => type === 'figures-frozen')).toHaveLength(1);
    expect(state?.figures).toMatchObject({ coverage: { numerator: 19 }, at: at('2027-01-01T00:05') });
  });

  test('reports to the office and proposes 督查 for each unit under 100 %, nothing due counting as 100 %', () => {
    const { state, consequences } = play(...running, ended, frozen());
    expect(state?.followUps).toEqual([{ unit: 'c-2', rates: ['completion'] }]);
    expect(consequences.slice(-2)).toMatchObject([
      { to: { role: 'district-office' }, template: 'cycle-reported', urgency: 'at-once' },
      { to: { role: 'town-head', unit: 'c-2' }, template: 'cycle-follow-up', details: { rates: ['completion'] } },
    ]);
  });

  test('goes on when a later calendar moves its end', () => {
    expect(seen(...running, ended, system('2027-01-01T09:00', lapse('period', ANNULLED)))).toEqual({
      stage: 'running',
      work: null,
    });
  });
});

describe('a pause', () => {
  const paused = office('2026-11-02T09:00', { type: 'pause', reason, document: '9号' });
  const resumed = office('2026-11-11T09:00', { type: 'resume', reason, document: '10号' });
  const told_ = (what: 'pause' | 'resume') =>
    system('2026-11-12T09:00', { type: 'rounds-told', told: what, rounds: 450 });

  test('reaches every round, then waits', () => {
    expect(seen(...running, paused)).toEqual({ stage: 'paused', work: 'pause-rounds' });
    expect(seen(...running, paused, told_('pause'))).toEqual({ stage: 'paused', work: null });
    expect(seen(...running, paused, told_('pause'), resumed)).toEqual({ stage: 'running', work: 'resume-rounds' });
    expect(seen(...running, paused, told_('pause'), resumed, told_('resume'))).toEqual({
      stage: 'running',
      work: null,
    });
  });

  test('takes no day of the period away', () => {
    const { state } = play(...running, paused, told_('pause'), resumed);
    const clock = state === undefined ? undefined : cycle.clocks(state)[0];
    expect(clock === undefined ? null : dueOf(clock, rulesWith().rule(clock.rule, '2026-10-01'), calendar)?.dueOn).toBe(
      '2027-01-10',
    );
  });

  test('while rounds are being opened interrupts the opening', () => {
    const early = office('2026-09-28T09:02', { type: 'pause', reason, document: '9号' });
    expect(seen(opened, early)).toEqual({ stage: 'paused', work: null });
    expect(seen(opened, early, office('2026-09-29T09:00', { type: 'resume', reason, document: '10号' }))).toEqual({
      stage: 'opening',
      work: 'open-rounds',
    });
  });
});

describe('a withdrawal', () => {
  const withdrawn = office('2026-10-08T09:00', { type: 'withdraw', reason, touched: 0 });

  test('of a cycle with rounds tells them all before it closes', () => {
    expect(seen(...running, withdrawn)).toEqual({ stage: 'withdrawing', work: 'withdraw-rounds' });
    const all = system('2026-10-08T09:01', { type: 'rounds-told', told: 'withdraw', rounds: 450 });
    expect(seen(...running, withdrawn, all)).toEqual({ stage: 'withdrawn', work: null });
  });

  test('before any round was opened closes at once', () => {
    expect(seen(opened, withdrawn)).toEqual({ stage: 'withdrawn', work: null });
  });
});

describe('late joiners', () => {
  test('are opened after the rows of the first plan', () => {
    const late = office('2026-11-02T09:00', { type: 'add-late', planHash: 'plan-2', rounds: 3, visits: 12, reason });
    expect(seen(...running, late)).toEqual({ stage: 'opening', work: 'open-rounds' });
    expect(seen(...running, late, page(453, 3))).toEqual({ stage: 'running', work: null });
    expect(play(...running, late).state).toMatchObject({ rounds: 453, visits: 4512, planHashes: ['plan-1', 'plan-2'] });
  });
});

describe('who leads', () => {
  const own = { scope: { kind: 'unit', unit: 't-1' } };

  test('the office of a town leads the cycle of its town and of what lies under it', () => {
    const community = open({ scope: { kind: 'unit', unit: 'c-1' } });
    for (const does of [open(own), community])
      expect(tried(cycle, ID, undefined, { when: '2026-09-28', by: TOWN_OFFICE, does })).toHaveProperty('events');
  });

  const REFUSED: readonly (readonly [string, Steps, Step<CycleCommand>])[] = [
    ['not-open', [], office('2026-10-08', { type: 'close' })],
    ['already-open', [opened], opened],
    ['not-allowed', running, { ...frozen(), by: DISTRICT_OFFICE }],
    ['not-allowed', running, { ...page(451), by: DISTRICT_OFFICE }],
    ['not-allowed', running, { ...ended, by: DISTRICT_OFFICE }],
    ['not-allowed', running, office('2026-10-08', { type: 'rounds-told', told: 'pause', rounds: 1 })],
    ['not-office', [], { ...opened, by: CADRE }],
    ['not-office', running, { ...office('2026-10-08', { type: 'pause', reason, document: '9号' }), by: CADRE }],
    ['other-unit', [], { ...opened, by: TOWN_OFFICE }],
    ['other-unit', [], { when: '2026-09-28', by: OTHER_TOWN_OFFICE, does: open(own) }],
    ['bad-period', [], office('2026-09-28', open({ period: { name: 'x', fromOn: '2026-12-31', toOn: '2026-10-01' } }))],
    ['bad-period', [], office('2026-09-28', open({ period: { name: 'x', fromOn: '2026-09-31', toOn: '2026-10-01' } }))],
    ['empty-plan', [], office('2026-09-28', open({ rounds: 0 }))],
    [
      'cycle-closed',
      [opened, office('2026-10-08', { type: 'withdraw', reason, touched: 0 })],
      office('2026-10-09', { type: 'pause', reason, document: '9号' }),
    ],
    [
      'already-paused',
      [...running, office('2026-10-08', { type: 'pause', reason, document: '9号' })],
      office('2026-10-09', { type: 'pause', reason, document: '9号' }),
    ],
    ['not-paused', running, office('2026-10-08', { type: 'resume', reason, document: '9号' })],
    ['period-over', [...running, ended], office('2027-01-02', { type: 'pause', reason, document: '9号' })],
    ['period-over', [...running, ended], office('2027-01-02', { type: 'withdraw', reason, touched: 0 })],
    [
      'period-over',
      [...running, ended],
      office('2027-01-02', { type: 'add-late', planHash: 'p', rounds: 1, visits: 1, reason }),
    ],
    [
      'nothing-to-add',
      running,
      office('2026-11-02', { type: 'add-late', planHash: 'p', rounds: 0, visits: 0, reason }),
    ],
    ['already-touched', running, office('2026-10-08', { type: 'withdraw', reason, touched: 1 })],
    ['not-freezing', running, frozen()],
    ['rounds-not-opened', [opened, page(200), ended], frozen()],
    ['bad-figures', [...running, ended], frozen({ coverage: figure(21, 20) })],
    ['not-reported', [...running, ended], office('2027-01-02', { type: 'close' })],
  ];

  test.each(REFUSED)('a cycle refuses with %s', (code, before, step) => {
    const { state, refusals } = play(...before);
    expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
    expect(tried(cycle, ID, state, step)).toMatchObject({ refused: { code } });
  });

  test('refuses with nothing else', () => {
    expect([...new Set(REFUSED.map(([code]) => code))].sort()).toEqual([...(REFUSAL_CODES[cycle.kind] ?? [])].sort());
  });
});
