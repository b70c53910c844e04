import { describe, expect, test } from 'vitest';
import { ANNULLED } from '../../../domain/kernel/process.ts';
import { dueOf } from '../../../domain/kernel/due.ts';
import { round } from '../../../domain/supervision/round.ts';
import type { RoundCommand } from '../../../domain/supervision/round-messages.ts';
import type { Round } from '../../../domain/supervision/round-state.ts';
import { visitRows } from '../../../domain/supervision/round-rows.ts';
import {
  at,
  CADRE,
  calendar,
  DISTRICT_OFFICE,
  lapse,
  openRound,
  ROUND_ID,
  rulesWith,
  SYSTEM_ACTOR,
  told,
  TOWN_HEAD,
  TOWN_OFFICE,
  visit,
  words,
  type Step,
} from './world.ts';

const play = (...steps: readonly Step<RoundCommand>[]) => told(round, ROUND_ID, steps);
const stateOf = (...steps: readonly Step<RoundCommand>[]): Round => {
  const { state, refusals } = play(...steps);
  expect(refusals.filter((code) => code !== null)).toEqual([]);
  if (state === undefined) throw new Error('the story opened no round');
  return state;
};
const system = (when: string, does: Step<RoundCommand>['does']): Step<RoundCommand> => ({
  when,
  by: SYSTEM_ACTOR,
  does,
});
const due = system('2027-01-01T00:01', lapse('period'));
const opened = openRound('s1', 's2');

describe('a round whose visits are all made before the period ends', () => {
  const { state, events, consequences } = play(
    opened,
    { when: '2026-10-20T10:00', by: CADRE, does: visit('v1', 's1', '2026-10-20') },
    { when: '2026-12-31T23:59', by: CADRE, does: visit('v2', 's2', '2026-12-30') },
  );

  test('closes with the last visit, in time', () => {
    expect(events.map(({ type }) => type)).toEqual(['opened', 'visit-recorded', 'visit-recorded', 'closed']);
    expect(state?.end).toEqual({ as: 'completed', at: at('2026-12-31T23:59') });
  });

  test('asks nobody for anything any more', () => {
    if (state === undefined) throw new Error('no round');
    expect(round.summary(state)).toEqual({
      stage: 'closed',
      holder: null,
      unit: 'c-1',
      cycle: '2026-Q4',
      closedAs: 'completed',
      figures: {
        visits: 2,
        due: 2,
        open: 0,
        done: 2,
        inTime: 2,
        defaulted: 0,
        excused: 0,
        handedOver: 0,
        void: 0,
        writtenOff: 0,
        findings: 0,
        findingsOpen: 0,
      },
    });
    expect(round.clocks(state).map(({ endedAt }) => endedAt)).toEqual([at('2026-12-31T23:59')]);
  });

  test('announces itself to the cadre once', () => {
    expect(consequences).toEqual([
      {
        does: 'notify',
        to: { post: 'post-cadre' },
        template: 'round-opened',
        urgency: 'digest',
        details: { cycle: '2026-Q4', dueOn: '2026-12-31', open: 2, visits: 2 },
      },
    ]);
  });
});

describe('a round that is late', () => {
  const late = [
    opened,
    { when: '2026-12-01T10:00', by: CADRE, does: visit('v1', 's1', '2026-12-01') },
    due,
  ] satisfies Step<RoundCommand>[];

  test('defaults each visit not made, and no other', () => {
    const { events, state } = play(...late);
    expect(events.filter(({ type }) => type === 'defaulted')).toMatchObject([{ subject: 's2' }]);
    expect(state === undefined ? null : round.summary(state).stage).toBe('overdue');
  });

  test('is completed late by a later visit; the default stays', () => {
    const state = stateOf(...late, { when: '2027-01-05T10:00', by: CADRE, does: visit('v2', 's2', '2027-01-05') });
    expect(state.end?.as).toBe('completed-late');
    expect(state.visits[1]).toMatchObject({ status: 'done', inTime: false, defaultedAt: at('2027-01-01T00:01') });
  });

  test('ends as defaulted when the office writes the visit off', () => {
    const state = stateOf(...late, {
      when: '2027-01-20T10:00',
      by: TOWN_OFFICE,
      does: { type: 'write-off', reason: words() },
    });
    expect(state.end?.as).toBe('defaulted');
    expect(state.visits[1]).toMatchObject({ status: 'written-off', defaultedAt: at('2027-01-01T00:01') });
  });

  test('counts a visit received before midnight and applied after the limit as late once the default is written', () => {
    const state = stateOf(...late, {
      when: '2027-01-01T00:02',
      received: '2026-12-31T23:59',
      by: CADRE,
      does: visit('v2', 's2', '2026-12-31'),
    });
    expect(state.visits[1]?.inTime).toBe(false);
  });

  test('counts a visit received before midnight as in time while no default is written', () => {
    const state = stateOf(openRound('s1'), {
      when: '2027-01-01T00:00:30',
      received: '2026-12-31T23:59',
      by: CADRE,
      does: visit('v1', 's1', '2026-12-31'),
    });
    expect(state.end?.as).toBe('completed');
  });

  test.each([
    ['on the due instant', '2027-01-01T00:00', true],
    ['a minute later, before the alarm', '2027-01-01T00:01', false],
  ])('a visit received %s: in time is %s', (_when, received, inTime) => {
    const state = stateOf(openRound('s1'), { when: received, by: CADRE, does: visit('v1', 's1', '2026-12-31') });
    expect(state.visits[0]?.inTime).toBe(inTime);
  });

  test('takes its defaults back when a later calendar moves the limit, and judges a visit made meanwhile by it', () => {
    const before = stateOf(...late, { when: '2027-01-01T09:00', by: CADRE, does: visit('v9', 's2', '2027-01-01') });
    expect(before.visits[1]?.inTime).toBe(false);
    const { events } = play(...late, system('2027-01-02T09:00', lapse('period', ANNULLED)));
    expect(events.at(-1)).toMatchObject({ type: 'default-annulled', subject: 's2', inTime: null });
    const state = stateOf(...late, system('2027-01-02T09:00', lapse('period', ANNULLED)));
    expect(state.visits[1]).toMatchObject({
      defaultedAt: at('2027-01-01T00:01'),
      annulledAt: at('2027-01-02T09:00'),
      status: 'due',
    });
    expect(round.summary(state).stage).toBe('running');
  });
});

describe('reminders and escalations', () => {
  test.each(['half', 'four-fifths', 'five-days-before', 'town-head', 'circular'])(
    'the rung %s writes nothing by itself',
    (rung) => {
      expect(play(opened, system('2026-12-01', lapse('period', rung))).events).toHaveLength(1);
    },
  );

  test('the due rung closes a round that never had a visit', () => {
    expect(stateOf(openRound(), due).end?.as).toBe('nothing-to-visit');
  });

  test('a second due rung defaults nothing twice', () => {
    expect(play(opened, due, due).events.filter(({ type }) => type === 'defaulted')).toHaveLength(2);
  });
});

describe('the limit', () => {
  const dueOn = (state: Round): string | undefined => {
    const [clock] = round.clocks(state);
    if (clock === undefined) throw new Error('no clock');
    return dueOf(clock, rulesWith().rule('BB-04', '2026-10-01'), calendar)?.dueOn;
  };

  test('is the last day of the period', () => {
    expect(dueOn(stateOf(opened))).toBe('2026-12-31');
  });

  test('begins with the period when the round is opened before it', () => {
    const early: Step<RoundCommand> = { ...opened, when: '2026-09-25T08:00' };
    expect(stateOf(early).startedAt).toBe(at('2026-10-01'));
  });

  test('is extended in working days by somebody else', () => {
    const state = stateOf(opened, {
      when: '2026-12-20T10:00',
      by: DISTRICT_OFFICE,
      does: { type: 'extend', amount: 3, unit: 'WD', reason: words() },
    });
    // 1 January is statutory; 4, 5 and 6 January 2027 are working days as far as anybody knows.
    expect(dueOn(state)).toBe('2027-01-06');
  });

  test('loses no day to a pause', () => {
    const state = stateOf(
      opened,
      system('2026-11-02T09:00', { type: 'pause', document: '杭西食药安办〔2026〕9号' }),
      system('2026-11-11T09:00', { type: 'resume', document: '杭西食药安办〔2026〕10号' }),
    );
    expect(dueOn(state)).toBe('2027-01-10');
  });

  test('loses no day to two pauses', () => {
    const paused = (when: string) => system(when, { type: 'pause', document: '9号' });
    const resumed = (when: string) => system(when, { type: 'resume', document: '10号' });
    const state = stateOf(
      opened,
      paused('2026-11-02T09:00'),
      resumed('2026-11-03T09:00'),
      paused('2026-11-05T09:00'),
      resumed('2026-11-05T10:00'),
    );
    expect(state.stops.map(({ from, to }) => [from, to])).toEqual([
      [at('2026-11-02T09:00'), at('2026-11-03T09:00')],
      [at('2026-11-05T09:00'), at('2026-11-05T10:00')],
    ]);
    expect(dueOn(state)).toBe('2027-01-03');
  });

  test('stands still while paused, and no visit is refused for it', () => {
    const state = stateOf(opened, system('2026-11-02T09:00', { type: 'pause', document: '9号' }), {
      when: '2026-11-03T10:00',
      by: CADRE,
      does: visit('v1', 's1', '2026-11-03'),
    });
    expect(dueOn(state)).toBeUndefined();
    expect(round.summary(state).stage).toBe('paused');
    expect(state.visits[0]?.inTime).toBe(true);
  });

  test('climbs a steeper ladder under watch, and the ordinary one after it', () => {
    const watched = { when: '2026-11-02T09:00', by: TOWN_HEAD, does: { type: 'watch', reason: words() } } as const;
    const freed = { when: '2026-11-09T09:00', by: TOWN_HEAD, does: { type: 'unwatch', reason: words() } } as const;
    expect(round.clocks(stateOf(opened, watched)).map(({ ladder }) => ladder)).toEqual(['supervision-watch']);
    expect(round.clocks(stateOf(opened, watched, freed)).map(({ ladder }) => ladder)).toEqual(['supervision-round']);
  });
});

describe('findings', () => {
  const findings = [
    { finding: 'f1', item: 'control-daily', severity: 'general', text: words('text-1') },
    { finding: 'f2', item: 'control-weekly', severity: 'minor', correctedOnSpot: true, text: words('text-2') },
  ] as const;
  const found = { when: '2026-10-20T10:00', by: CADRE, does: visit('v1', 's1', '2026-10-20', { findings }) } as const;

  test('open a correction each, unless minor and put right on the spot', () => {
    const opens = play(opened, found).consequences.filter(({ does }) => does === 'open');
    expect(opens).toEqual([
      {
        does: 'open',
        kind: 'correction',
        key: '2026-Q4/post-cadre/f1',
        input: {
          type: 'open',
          round: ROUND_ID,
          subject: 's1',
          unit: 'c-1',
          finding: 'f1',
          item: 'control-daily',
          severity: 'general',
          foundOn: '2026-10-20',
          foundBy: 'post-cadre',
          finder: 'p-cadre',
          text: words('text-1'),
        },
      },
    ]);
  });

  test('are settled by what their correction tells, once', () => {
    const settled = { type: 'correction-settled', finding: 'f1', settledAs: 'struck-off' } as const;
    const state = stateOf(opened, found, system('2026-11-20', settled), system('2026-11-21', settled));
    expect(state.findings.map(({ settledAs }) => settledAs)).toEqual(['struck-off', 'corrected-on-spot']);
    expect(round.summary(state).figures).toMatchObject({ findings: 2, findingsOpen: 0 });
  });

  test('added by an amendment open their correction, and the original record stays', () => {
    const { state, consequences } = play(opened, found, {
      when: '2026-10-22T10:00',
      by: CADRE,
      does: {
        type: 'amend-visit',
        visit: 'v1',
        reason: words(),
        confirmedBy: 'refused',
        findings: [{ finding: 'f3', item: 'training-done', severity: 'serious', text: words('text-3') }],
      },
    });
    expect(consequences.flatMap((one) => (one.does === 'open' ? [one.key] : []))).toEqual([
      '2026-Q4/post-cadre/f1',
      '2026-Q4/post-cadre/f3',
    ]);
    const versions = state?.records['v1']?.versions ?? [];
    expect(versions.map(({ record }) => record.confirmedBy)).toEqual(['business', 'refused']);
    expect(versions.map(({ record }) => record.findings.length)).toEqual([2, 3]);
    expect(versions[0]?.record).toEqual(expect.objectContaining({ visitedOn: '2026-10-20', mode: 'on-site' }));
  });
});

describe('an excused visit', () => {
  const excused = {
    when: '2026-11-02T09:00',
    by: TOWN_OFFICE,
    does: { type: 'excuse', subject: 's2', reason: words(), document: '5号' },
  } as const;

  test('is owed no more, and never defaults', () => {
    const state = stateOf(opened, excused, due);
    expect(state.visits[1]).toMatchObject({ status: 'excused', defaultedAt: null });
    expect(round.summary(state).figures).toMatchObject({ due: 1, excused: 1, defaulted: 1 });
  });

  test('closes the round when it was the last one', () => {
    const made = { when: '2026-10-20T10:00', by: CADRE, does: visit('v1', 's1', '2026-10-20') } as const;
    expect(stateOf(opened, made, excused).end?.as).toBe('completed');
  });
});

describe('rows for the completion rate', () => {
  const counting = { rules: rulesWith(), calendar, now: at('2027-01-02') };

  test('say of each visit whether it was owed, due, made and in time', () => {
    const state = stateOf(
      openRound('s1', 's2', 's4'),
      { when: '2026-10-20T10:00', by: CADRE, does: visit('v1', 's1', '2026-10-20') },
      { when: '2026-11-02T09:00', by: TOWN_OFFICE, does: { type: 'excuse', subject: 's2', reason: words() } },
      due,
    );
    const row = { round: ROUND_ID, unit: 'c-1', dueAt: at('2027-01-01') };
    expect(visitRows(ROUND_ID, state, counting)).toEqual([
      { ...row, subject: 's1', defaulted: false, done: true, inTime: true, dropped: false },
      { ...row, subject: 's2', defaulted: false, done: false, inTime: false, dropped: true },
      { ...row, subject: 's4', defaulted: true, done: false, inTime: false, dropped: false },
    ]);
  });

  test('have a default of a subject that closed afterwards', () => {
    const closed = system('2027-01-05T09:00', { type: 'subject-closed', subject: 's1' });
    expect(visitRows(ROUND_ID, stateOf(opened, due, closed), counting)).toMatchObject([
      { subject: 's1', defaulted: true, dropped: false },
      { subject: 's2', defaulted: true, dropped: false },
    ]);
  });

  test('count a visit made within an extension from the period’s end, and one not made from the extension’s', () => {
    const state = stateOf(
      opened,
      {
        when: '2026-12-20T10:00',
        by: DISTRICT_OFFICE,
        does: { type: 'extend', amount: 3, unit: 'WD', reason: words() },
      },
      { when: '2027-01-05T10:00', by: CADRE, does: visit('v1', 's1', '2027-01-05') },
    );
    expect(visitRows(ROUND_ID, state, counting)).toMatchObject([
      { subject: 's1', done: true, inTime: true, dueAt: at('2027-01-01') },
      { subject: 's2', done: false, dueAt: at('2027-01-07') },
    ]);
  });

  test('know the limit of a round that was completed while it was paused', () => {
    const state = stateOf(openRound('s1'), system('2026-11-02T09:00', { type: 'pause', document: '9号' }), {
      when: '2026-11-03T10:00',
      by: CADRE,
      does: visit('v1', 's1', '2026-11-03'),
    });
    expect(visitRows(ROUND_ID, state, counting)).toMatchObject([{ inTime: true, dueAt: at('2027-01-03') }]);
  });

  test('are none for a withdrawn round', () => {
    const withdrawn = {
      when: '2026-10-05T09:00',
      by: SYSTEM_ACTOR,
      does: { type: 'withdraw', reason: words() },
    } as const;
    const state = stateOf(opened, withdrawn);
    expect(state.end?.as).toBe('withdrawn');
    expect(visitRows(ROUND_ID, state, counting)).toEqual([]);
  });
});
