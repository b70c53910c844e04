import { describe, expect, test } from 'vitest';
import { round } from '../../../domain/supervision/round.ts';
import type { RoundCommand } from '../../../domain/supervision/round-messages.ts';
import {
  at,
  CADRE,
  DISTRICT_OFFICE,
  lapse,
  openRound,
  OTHER_CADRE,
  ROUND_ID,
  SYSTEM_ACTOR,
  told,
  TOWN_OFFICE,
  visit,
  words,
  type Step,
} from './world.ts';

const play = (...steps: readonly Step<RoundCommand>[]) => told(round, ROUND_ID, steps);
const system = (when: string, does: Step<RoundCommand>['does']): Step<RoundCommand> => ({
  when,
  by: SYSTEM_ACTOR,
  does,
});
const statuses = (...steps: readonly Step<RoundCommand>[]) =>
  (play(...steps).state?.visits ?? []).map(({ subject, status }) => `${subject} ${status}`);
const due = system('2027-01-01T00:01', lapse('period'));
const opened = openRound('s1', 's2');
const made = (id: string, when = '2026-10-20T10:00'): Step<RoundCommand> => ({
  when,
  by: CADRE,
  does: visit(`v-${id}`, id, when.slice(0, 10)),
});

describe('a late joiner', () => {
  const bound = (when: string) => system(when, { type: 'subject-bound', subject: 's4', onSite: false });

  // 10 working days must be left: from 17 December 2026 there are 10 until the 31st, from the 18th there are 9.
  test.each([
    ['2026-12-17T15:00', 'due'],
    ['2026-12-18T09:00', 'excused'],
    ['2027-01-05T09:00', 'excused'],
  ])('bound at %s is %s', (when, status) => {
    expect(statuses(opened, bound(when))).toContain(`s4 ${status}`);
  });

  test('reopens a round that was completed', () => {
    const { state, events } = play(opened, made('s1'), made('s2'), bound('2026-11-02T09:00'));
    expect(events.map(({ type }) => type).slice(-2)).toEqual(['reopened', 'visit-added']);
    expect(state?.end).toBeNull();
    expect(state === undefined ? null : round.summary(state).holder).toBe('post-cadre');
  });

  test('that is here already changes nothing', () => {
    expect(
      play(opened, system('2026-11-02', { type: 'subject-bound', subject: 's1', onSite: false })).events,
    ).toHaveLength(1);
  });
});

describe('a subject that closes', () => {
  const closed = (subject: string, when = '2026-11-02T09:00') => system(when, { type: 'subject-closed', subject });

  test('is visited no more', () => {
    expect(statuses(opened, closed('s2'), due)).toEqual(['s1 due', 's2 void']);
  });

  test('leaves a visit that was made as it is', () => {
    expect(statuses(opened, made('s1'), closed('s1'))).toEqual(['s1 done', 's2 due']);
  });

  test('after the limit leaves its default standing', () => {
    const { state } = play(opened, made('s1'), due, closed('s2', '2027-01-05T09:00'));
    expect(state?.end?.as).toBe('defaulted');
    expect(state?.visits[1]).toMatchObject({ status: 'void', defaultedAt: at('2027-01-01T00:01') });
  });

  test('comes back when it is bound again', () => {
    const back = system('2026-11-10T09:00', { type: 'subject-bound', subject: 's2', onSite: true });
    const { state } = play(opened, closed('s2'), back);
    expect(state?.visits[1]).toMatchObject({ subject: 's2', status: 'due', onSite: true });
  });
});

describe('a change of holder', () => {
  test('keeps the open visits with the post and tells the successor', () => {
    const { state, consequences } = play(
      opened,
      system('2026-11-02T09:00', { type: 'holder-changed', fromPerson: 'p-cadre', toPerson: 'p-new' }),
    );
    expect(state).toMatchObject({ post: 'post-cadre', person: 'p-new' });
    expect(consequences.at(-1)).toMatchObject({ to: { post: 'post-cadre' }, template: 'round-inherited' });
  });

  test('to nobody tells the superior at once', () => {
    const { state, consequences } = play(
      opened,
      system('2026-11-02T09:00', { type: 'holder-changed', fromPerson: 'p-cadre', toPerson: null }),
    );
    expect(state?.person).toBeNull();
    expect(consequences.at(-1)).toMatchObject({
      to: { superiorOf: 'post-cadre' },
      template: 'round-vacant',
      urgency: 'at-once',
    });
  });

  test('leaves finished work under the name of who did it', () => {
    const { state } = play(
      opened,
      made('s1'),
      system('2026-11-02T09:00', { type: 'holder-changed', fromPerson: 'p-cadre', toPerson: 'p-new' }),
    );
    expect(state?.records['v-s1']?.versions[0]?.by.person).toBe('p-cadre');
  });
});

describe('an absence', () => {
  const away = system('2026-11-02T09:00', { type: 'absence-began', person: 'p-cadre', deputy: 'p-other' });

  test('shows the deputy until it ends', () => {
    const back = system('2026-11-20T09:00', { type: 'absence-ended', person: 'p-cadre', deputy: 'p-other' });
    expect(play(opened, away).state?.deputy).toBe('p-other');
    expect(play(opened, away, back).state?.deputy).toBeNull();
  });

  test('lets the deputy visit for the post', () => {
    const deputy = { ...OTHER_CADRE, post: 'post-cadre', capacity: 'deputy' } as const;
    const { state } = play(opened, away, {
      when: '2026-11-03T10:00',
      by: deputy,
      does: visit('v1', 's1', '2026-11-03'),
    });
    expect(state?.records['v1']?.versions[0]?.by).toEqual({
      person: 'p-other',
      post: 'post-cadre',
      capacity: 'deputy',
    });
  });

  test('of somebody else is not the round’s', () => {
    const other = system('2026-11-02T09:00', { type: 'absence-began', person: 'p-other', deputy: null });
    expect(play(opened, other).events).toHaveLength(1);
  });

  test('without a deputy tells the superior', () => {
    const alone = system('2026-11-02T09:00', { type: 'absence-began', person: 'p-cadre', deputy: null });
    expect(play(opened, alone).consequences.at(-1)).toMatchObject({ template: 'round-vacant' });
  });
});

describe('a hand-over', () => {
  const over: Step<RoundCommand> = {
    when: '2026-11-02T09:00',
    by: DISTRICT_OFFICE,
    does: { type: 'hand-over', toPost: 'post-other', subjects: ['s2'], reason: words() },
  };

  test('moves open visits: the receiving round is opened empty if missing, then told', () => {
    const { consequences } = play(opened, made('s1'), over);
    expect(consequences.filter(({ does }) => does !== 'notify')).toEqual([
      {
        does: 'open',
        kind: 'round',
        key: '2026-Q4/post-other',
        input: {
          type: 'open',
          cycle: '2026-Q4',
          period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
          post: 'post-other',
          unit: 'c-2',
          person: 'p-other',
          visits: [],
          dueOn: '2026-12-31',
        },
      },
      {
        does: 'tell',
        caseId: 'round/2026-Q4/post-other',
        command: { type: 'take-on', visits: [{ subject: 's2', onSite: false }], fromRound: ROUND_ID },
      },
    ]);
  });

  test('of everything that is open ends the round', () => {
    const all: Step<RoundCommand> = { ...over, does: { type: 'hand-over', toPost: 'post-other', reason: words() } };
    expect(play(opened, made('s1'), all).state?.end?.as).toBe('completed');
    expect(play(opened, all).state?.end?.as).toBe('nothing-to-visit');
  });

  test('to a vacant post is written with the vacancy', () => {
    const vacant: Step<RoundCommand> = {
      ...over,
      does: { type: 'hand-over', toPost: 'post-vacant', reason: words() },
    };
    expect(play(opened, vacant).consequences).toContainEqual(
      expect.objectContaining({ does: 'open', input: expect.objectContaining({ person: null }) as unknown }),
    );
  });

  test('follows the binding when the register gives the subject to another post', () => {
    const unbound = system('2026-11-02T09:00', { type: 'subject-unbound', subject: 's2', toPost: 'post-other' });
    expect(statuses(opened, unbound)).toEqual(['s1 due', 's2 handed-over']);
    const toNobody = system('2026-11-02T09:00', { type: 'subject-unbound', subject: 's2', toPost: null });
    expect(statuses(opened, toNobody)).toEqual(['s1 due', 's2 released']);
  });

  test('never takes a default along', () => {
    const unbound = system('2027-01-05T09:00', { type: 'subject-unbound', subject: 's2', toPost: 'post-other' });
    expect(statuses(opened, due, unbound)).toEqual(['s1 due', 's2 due']);
  });
});

describe('taking visits on', () => {
  const taken = (when: string) =>
    system(when, {
      type: 'take-on',
      visits: [
        { subject: 's1', onSite: false },
        { subject: 's4', onSite: true },
      ],
      fromRound: 'round/2026-Q4/post-other',
    });

  test('adds what is not here, once', () => {
    const { state, events } = play(opened, taken('2026-11-02T09:00'), taken('2026-11-02T09:01'));
    expect(events.map(({ type }) => type)).toEqual(['opened', 'visit-added']);
    expect(state?.visits.at(-1)).toMatchObject({ subject: 's4', onSite: true, cause: 'taken-on', status: 'due' });
  });

  test('after the limit defaults what it adds, for no rung will come', () => {
    const { state } = play(opened, due, taken('2027-01-01T00:02'));
    expect(state?.visits.at(-1)).toMatchObject({ subject: 's4', defaultedAt: at('2027-01-01T00:02') });
  });
});

describe('a change of risk', () => {
  test('asks for an open visit on site, and leaves one that was made alone', () => {
    const { state } = play(
      opened,
      made('s1'),
      system('2026-11-02', { type: 'subject-risk-changed', subject: 's1', onSite: true }),
      system('2026-11-02', { type: 'subject-risk-changed', subject: 's2', onSite: true }),
    );
    expect(state?.visits.map(({ onSite }) => onSite)).toEqual([false, true]);
  });
});

describe('urging', () => {
  test('tells the holder at once and shows it to the superior', () => {
    const { consequences, state } = play(opened, {
      when: '2026-11-02T09:00',
      by: TOWN_OFFICE,
      does: { type: 'urge', note: words('note-1') },
    });
    expect(consequences.slice(1)).toMatchObject([
      {
        to: { post: 'post-cadre' },
        template: 'round-urged',
        urgency: 'at-once',
        details: { note: 'note-1', urges: 1 },
      },
      { to: { superiorOf: 'post-cadre' }, template: 'round-urged-superior', urgency: 'digest' },
    ]);
    expect(state).toMatchObject({ urges: 1, urgedAt: at('2026-11-02T09:00') });
  });

  test('is possible again after a day', () => {
    const urge = (when: string): Step<RoundCommand> => ({
      when,
      by: TOWN_OFFICE,
      does: { type: 'urge', note: words() },
    });
    expect(play(opened, urge('2026-11-02T09:00'), urge('2026-11-03T08:59'), urge('2026-11-03T09:00')).refusals).toEqual(
      [null, null, 'urged-recently', null],
    );
  });
});
