import { describe, expect, test } from 'vitest';
import { dueOf } from '../../../domain/kernel/due.ts';
import { ANNULLED } from '../../../domain/kernel/process.ts';
import { correction } from '../../../domain/supervision/correction.ts';
import type { CorrectionCommand } from '../../../domain/supervision/correction-messages.ts';
import {
  at,
  BUREAU,
  BUREAU_HEAD,
  CADRE,
  calendar,
  lapse,
  photo,
  REGULATOR,
  ROUND_ID,
  rulesWith,
  SECOND_REGULATOR,
  STATION_HEAD,
  SYSTEM_ACTOR,
  told,
  words,
  type Step,
} from './world.ts';

export const CORRECTION_ID = 'correction/2026-Q4/post-cadre/f1';
type Steps = readonly Step<CorrectionCommand>[];
const play = (...steps: Steps) => told(correction, CORRECTION_ID, steps);
const step = (when: string, by: Step<CorrectionCommand>['by'], does: Step<CorrectionCommand>['does']) => ({
  when,
  by,
  does,
});
const stateOf = (...steps: Steps) => {
  const { state, refusals } = play(...steps);
  expect(refusals.filter((code) => code !== null)).toEqual([]);
  if (state === undefined) throw new Error('the story opened no correction');
  return state;
};

const submitted = (severity: 'minor' | 'general' | 'serious' = 'general') =>
  step('2026-10-20T10:00', CADRE, {
    type: 'open',
    round: ROUND_ID,
    subject: 's1',
    unit: 'c-1',
    finding: 'f1',
    item: 'control-daily',
    severity,
    foundOn: '2026-10-20',
    foundBy: 'post-cadre',
    finder: 'p-cadre',
    text: words('text-1'),
  });
const claimed = step('2026-10-21T10:00', REGULATOR, { type: 'claim' });
const ordered = step('2026-10-21T11:00', REGULATOR, { type: 'order', dueOn: '2026-11-04', requirement: words() });
const reported = (when = '2026-11-03T10:00') =>
  step(when, REGULATOR, { type: 'report-done', evidence: [photo('2026-11-02')] });
const passed = (when = '2026-11-05T10:00') =>
  step(when, SECOND_REGULATOR, {
    type: 'recheck',
    passed: true,
    reason: words(),
    evidence: [photo('2026-11-05')],
  });

const dueOn = (state: ReturnType<typeof stateOf>, id: string): string | undefined => {
  const clock = correction.clocks(state).find((one) => one.id === id);
  return clock === undefined ? undefined : dueOf(clock, rulesWith().rule(clock.rule, '2026-10-20'), calendar)?.dueOn;
};

describe('a finding that is corrected in time', () => {
  const story = [submitted(), claimed, ordered, reported(), passed()];

  test('is struck off by somebody else than who reported it', () => {
    const state = stateOf(...story);
    expect(state.end).toEqual({ as: 'struck-off', at: at('2026-11-05T10:00') });
    expect(correction.summary(state)).toMatchObject({ stage: 'closed', holder: null, closedAs: 'struck-off' });
  });

  test('keeps the four instants: submitted, claimed, disposed, fed back', () => {
    expect(stateOf(...story)).toMatchObject({
      submittedAt: at('2026-10-20T10:00'),
      claimedAt: at('2026-10-21T10:00'),
      disposedAt: at('2026-11-05T10:00'),
      fedBackAt: at('2026-11-05T10:00'),
    });
  });

  test('tells the round and the finder how it ended', () => {
    const { consequences } = play(...story);
    expect(consequences.slice(-2)).toEqual([
      {
        does: 'tell',
        caseId: ROUND_ID,
        command: { type: 'correction-settled', finding: 'f1', settledAs: 'struck-off' },
      },
      {
        does: 'notify',
        to: { post: 'post-cadre' },
        template: 'correction-fed-back',
        urgency: 'digest',
        details: { subject: 's1', finding: 'f1', severity: 'general', round: ROUND_ID, as: 'struck-off' },
      },
    ]);
  });

  test('runs one limit after the other', () => {
    const running = (...steps: Steps) =>
      correction
        .clocks(stateOf(...steps))
        .filter(({ endedAt }) => endedAt === undefined)
        .map(({ id, rule }) => `${id} ${rule}`);
    expect(running(submitted())).toEqual(['claim BB-06b']);
    expect(running(submitted(), claimed)).toEqual([]);
    expect(running(submitted(), claimed, ordered)).toEqual(['correction BB-07']);
    expect(running(submitted(), claimed, ordered, reported())).toEqual(['recheck BB-07b']);
    expect(running(...story)).toEqual([]);
  });

  test('is claimed within two working days, corrected by the day ordered, re-checked within five', () => {
    const state = stateOf(submitted(), claimed, ordered, reported());
    expect(dueOn(state, 'claim')).toBe('2026-10-22');
    expect(dueOn(state, 'correction')).toBe('2026-11-04');
    expect(dueOn(state, 'recheck')).toBe('2026-11-10');
  });
});

describe('a finding that is corrected late', () => {
  const late = [submitted(), claimed, ordered, step('2026-11-05T00:01', SYSTEM_ACTOR, lapse('correction'))];

  test('is struck off late', () => {
    expect(stateOf(...late, reported('2026-11-06T10:00'), passed('2026-11-09T10:00')).end?.as).toBe('struck-off-late');
  });

  test('is shown as late before it is corrected', () => {
    expect(correction.summary(stateOf(...late)).figures).toMatchObject({ late: 1, failures: 0 });
  });

  test('is in time after all when a later calendar moves the limit', () => {
    const annulled = step('2026-11-06T09:00', SYSTEM_ACTOR, lapse('correction', ANNULLED));
    const { events } = play(...late, annulled);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['overdue', 'overdue-annulled']);
  });

  test('stays late when a second limit is kept', () => {
    const failed = step('2026-11-09T10:00', SECOND_REGULATOR, {
      type: 'recheck',
      passed: false,
      reason: words(),
      evidence: [photo('2026-11-09')],
      dueOn: '2026-11-20',
    });
    const again = step('2026-11-18T10:00', REGULATOR, { type: 'report-done', evidence: [photo('2026-11-18')] });
    const state = stateOf(...late, reported('2026-11-06T10:00'), failed, again, passed('2026-11-19T10:00'));
    expect(state).toMatchObject({ failures: 1, end: { as: 'struck-off-late' } });
  });
});

describe('a re-check that fails', () => {
  const failed = step('2026-11-05T10:00', SECOND_REGULATOR, {
    type: 'recheck',
    passed: false,
    reason: words(),
    evidence: [photo('2026-11-05')],
    dueOn: '2026-11-16',
  });

  test('begins a new limit under the same rule', () => {
    const state = stateOf(submitted(), claimed, ordered, reported(), failed);
    expect(state).toMatchObject({ stage: 'ordered', failures: 1, reportedBy: null });
    expect(dueOn(state, 'correction')).toBe('2026-11-16');
    expect(correction.clocks(state).find(({ id }) => id === 'correction')).toMatchObject({ restarts: 1 });
  });

  test('lets the finder’s post hear of it', () => {
    expect(play(submitted(), claimed, ordered, reported(), failed).consequences.at(-1)).toMatchObject({
      to: { post: 'post-cadre' },
      template: 'correction-recheck-failed',
      details: { dueOn: '2026-11-16' },
    });
  });
});

describe('a minor finding', () => {
  test('is put right on the spot and needs no order', () => {
    const spot = step('2026-10-21T11:00', REGULATOR, { type: 'correct-on-spot', evidence: [photo('2026-10-21')] });
    expect(stateOf(submitted('minor'), claimed, spot).end?.as).toBe('corrected-on-spot');
  });
});

describe('a serious clue', () => {
  const passedOn = step('2026-10-21T11:00', REGULATOR, { type: 'pass-on', to: 'post-bureau', clue: words('clue-1') });

  test('reaches station and office at once', () => {
    expect(play(submitted('serious')).consequences).toMatchObject([
      { to: { role: 'regulator-head', unit: 'c-1' }, template: 'finding-serious', urgency: 'at-once' },
      { to: { role: 'district-office' }, template: 'finding-serious', urgency: 'at-once' },
    ]);
  });

  test('has 15 working days to be filed, and 15 more when the bureau’s head approves (APR §18)', () => {
    const state = stateOf(submitted('serious'), claimed, passedOn);
    expect(dueOn(state, 'filing')).toBe('2026-11-11');
    const extended = step('2026-11-10T10:00', BUREAU_HEAD, {
      type: 'extend',
      clock: 'filing',
      amount: 15,
      unit: 'WD',
      reason: words(),
    });
    expect(dueOn(stateOf(submitted('serious'), claimed, passedOn, extended), 'filing')).toBe('2026-12-02');
  });

  test('is held by its receiver and ends with the number of the file', () => {
    expect(correction.summary(stateOf(submitted('serious'), claimed, passedOn)).holder).toBe('post-bureau');
    const filed = step('2026-11-02T10:00', BUREAU, {
      type: 'filed',
      number: '杭西市监立〔2026〕8号',
      filedOn: '2026-11-02',
    });
    expect(stateOf(submitted('serious'), claimed, passedOn, filed)).toMatchObject({
      filedAs: '杭西市监立〔2026〕8号',
      end: { as: 'passed-on' },
    });
  });

  test('may end without a file, with the reason', () => {
    const notFiled = step('2026-11-02T10:00', BUREAU, { type: 'not-filed', reason: words() });
    expect(stateOf(submitted('serious'), claimed, passedOn, notFiled).end?.as).toBe('not-filed');
  });

  test('leaves the order it came from behind', () => {
    const later = step('2026-10-22T11:00', REGULATOR, { type: 'pass-on', to: 'post-bureau', clue: words() });
    const clocks = correction.clocks(stateOf(submitted('serious'), claimed, ordered, later));
    expect(clocks.map(({ id, endedAt }) => [id, endedAt === undefined])).toEqual([
      ['claim', false],
      ['correction', false],
      ['filing', true],
    ]);
  });
});

describe('whose turn it is', () => {
  test('moves to another officer, who claims it anew', () => {
    const moved = step('2026-10-22T10:00', STATION_HEAD, {
      type: 'reassign',
      toPost: 'post-regulator-2',
      reason: words(),
    });
    const state = stateOf(submitted(), claimed, moved);
    expect(correction.summary(state).holder).toBe('post-regulator-2');
    const again = step('2026-10-22T11:00', SECOND_REGULATOR, { type: 'claim' });
    expect(stateOf(submitted(), claimed, moved, again).claimedBy).toBe('p-reg2');
  });

  test('ends when the subject closes', () => {
    const closed = step('2026-10-22T10:00', SYSTEM_ACTOR, { type: 'subject-closed' });
    expect(stateOf(submitted(), claimed, ordered, closed, closed).end?.as).toBe('subject-closed');
  });
});
