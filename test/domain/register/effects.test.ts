import { describe, expect, test } from 'vitest';
import type { RegisterChange } from '../../../domain/register/change.ts';
import { effectsOfBatch } from '../../../domain/register/effects.ts';
import { expand } from '../../../domain/register/expand.ts';
import { NO_RUNNING_WORK, type RunningWork } from '../../../domain/register/running-work.ts';
import { after, district, subject, TODAY } from './district.ts';

const CYCLE = {
  caseId: 'cycle/2026-Q4',
  key: '2026-Q4',
  period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
  scope: {},
  posts: new Set(['cadre-1', 'cadre-2']),
  planned: new Map(),
};

function effects(changes: readonly RegisterChange[], running: Partial<RunningWork> = { cycles: [CYCLE] }): unknown[] {
  const before = district();
  const all = expand(changes, before);
  return effectsOfBatch(all, {
    before,
    after: after(all, before),
    running: { ...NO_RUNNING_WORK, ...running },
    pledgeVersion: '2026',
    onSiteRisks: ['high'],
    today: TODAY,
    reportedSince: '2022-09-01',
    leavesTime: (toOn) => toOn > '2026-12-15',
  }).map(({ consequence: c }) =>
    c.does === 'open'
      ? { open: `${c.kind}/${c.key}`, ...c.input }
      : c.does === 'tell'
        ? { tell: c.caseId, ...c.command }
        : c,
  );
}

const round = (post: string) => `round/2026-Q4/${post}`;

describe('a subject', () => {
  test('that opens unbound is owed a binding by the office of its town (BB-02)', () => {
    expect(effects([subject('s9', { on: '2026-11-20' })])).toEqual([
      {
        open: 'binding-duty/s9/1',
        type: 'open',
        subject: 's9',
        unit: 'gudang-01',
        cause: 'opened',
        since: '2026-11-20',
        holder: 'gudang-office',
      },
    ]);
  });

  test('older than the mechanism is no late report', () => {
    expect(effects([subject('s9', { on: '2018-11-06' })])).toMatchObject([{ cause: 'missing', since: TODAY }]);
  });

  test('outside every town with an office is owed it by the district office', () => {
    expect(effects([subject('s9', { unit: 'sandun' })])).toMatchObject([{ holder: 'office' }]);
  });

  test('that opens and is bound in one batch joins the running round and owes nothing', () => {
    expect(
      effects([subject('s9', { risk: 'high' }), { type: 'bound', subject: 's9', post: 'cadre-1', on: TODAY }]),
    ).toEqual([{ tell: round('cadre-1'), type: 'subject-bound', subject: 's9', onSite: true }]);
  });

  test('bound to a post without a round opens one for the running cycle, with all its new subjects', () => {
    const changes: RegisterChange[] = ['s8', 's9'].flatMap((id) => [
      subject(id, { class: 'C', unit: 'gudang' }),
      { type: 'bound', subject: id, post: 'cadre-c', on: TODAY },
    ]);
    expect(effects(changes)).toMatchObject([
      {
        open: round('cadre-c'),
        dueOn: '2026-12-31',
        person: null,
        visits: [
          { subject: 's8', onSite: false },
          { subject: 's9', onSite: false },
        ],
      },
    ]);
  });

  test('that leaves a post whose round is planned and not open yet has the round opened as planned, then told', () => {
    const opening = {
      type: 'open',
      cycle: '2026-Q4',
      period: CYCLE.period,
      post: 'cadre-1',
      unit: 'gudang-01',
      person: 'p1',
      visits: [{ subject: 's1', onSite: false }],
      dueOn: '2026-12-31',
    } as const;
    const cycles = [{ ...CYCLE, planned: new Map([['cadre-1', opening]]) }];
    const closing = ['s1', 's2'].map((id): RegisterChange => ({ type: 'subject-closed', subject: id, on: TODAY }));
    expect(effects(closing, { cycles })).toEqual([
      { open: round('cadre-1'), ...opening },
      { tell: round('cadre-1'), type: 'subject-closed', subject: 's1' },
      { tell: round('cadre-1'), type: 'subject-closed', subject: 's2' },
    ]);
  });

  test('bound too near the end of a period to a post without a round waits for the next period', () => {
    const bound: RegisterChange[] = [
      subject('s9', { class: 'C', unit: 'gudang' }),
      { type: 'bound', subject: 's9', post: 'cadre-c', on: TODAY },
    ];
    const ending = { ...CYCLE, period: { fromOn: '2026-09-01', toOn: '2026-11-30' } };
    expect(effects(bound, { cycles: [ending] })).toEqual([]);
  });

  test('is not put into a cycle that does not cover it', () => {
    const bound: RegisterChange[] = [subject('s9'), { type: 'bound', subject: 's9', post: 'cadre-1', on: TODAY }];
    expect(effects(bound, { cycles: [{ ...CYCLE, scope: { class: 'B' } }] })).toEqual([]);
    expect(effects(bound, { cycles: [{ ...CYCLE, scope: { unit: 'sandun' } }] })).toEqual([]);
    expect(effects(bound, { cycles: [{ ...CYCLE, scope: { unit: 'gudang' } }] })).toHaveLength(1);
  });

  test('that closes is told to its round, its corrections and an open duty, and owes no new one', () => {
    const running = {
      cycles: [CYCLE],
      corrections: new Map([['s1', ['correction/x/1']]]),
      bindingDuties: new Map([['s1', { episode: 2, open: true }]]),
    };
    expect(effects([{ type: 'subject-closed', subject: 's1', on: TODAY }], running)).toEqual([
      { tell: round('cadre-1'), type: 'subject-closed', subject: 's1' },
      { tell: 'correction/x/1', type: 'subject-closed' },
      { tell: 'binding-duty/s1/2', type: 'subject-closed' },
    ]);
  });

  test('that moves class is released and must be bound again, in a new episode', () => {
    const running = { cycles: [CYCLE], bindingDuties: new Map([['s1', { episode: 1, open: false }]]) };
    expect(effects([{ type: 'subject-class-moved', subject: 's1', class: 'C', on: TODAY }], running)).toMatchObject([
      { tell: round('cadre-1'), type: 'subject-unbound', toPost: null },
      { open: 'binding-duty/s1/2', cause: 'moved-class', since: TODAY },
    ]);
  });

  test('that goes from one cadre to another is handed over, and its duty hears that it is bound', () => {
    const changes: RegisterChange[] = [
      { type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: '调整' },
      { type: 'bound', subject: 's1', post: 'cadre-2', on: TODAY },
    ];
    const running = { cycles: [CYCLE], bindingDuties: new Map([['s1', { episode: 1, open: true }]]) };
    expect(effects(changes, running)).toMatchObject([
      { tell: round('cadre-1'), type: 'subject-unbound', toPost: 'cadre-2' },
      { tell: 'binding-duty/s1/1', type: 'bound', post: 'cadre-2' },
      { tell: round('cadre-2'), type: 'subject-bound', subject: 's1', onSite: false },
    ]);
  });

  test('whose risk becomes high must be visited on site; between two low risks nothing is said', () => {
    expect(effects([{ type: 'subject-risk-changed', subject: 's1', risk: 'high', on: TODAY }])).toEqual([
      { tell: round('cadre-1'), type: 'subject-risk-changed', subject: 's1', onSite: true },
    ]);
    expect(effects([{ type: 'subject-risk-changed', subject: 's1', risk: 'medium', on: TODAY }])).toEqual([]);
  });
});

describe('a cadre', () => {
  test('who leaves makes a vacancy; the bindings stay with the post and the pledge duty ends', () => {
    const running = { cycles: [CYCLE], pledgeDuties: new Map([['cadre-1/p1', { episode: 1, open: true }]]) };
    expect(effects([{ type: 'tenure-ended', post: 'cadre-1', person: 'p1', on: TODAY }], running)).toEqual([
      { tell: round('cadre-1'), type: 'holder-changed', fromPerson: 'p1', toPerson: null },
      { tell: 'pledge-duty/cadre-1/p1/1', type: 'left' },
    ]);
  });

  test('who succeeds takes the round over and must sign the pledge (BB-03)', () => {
    const changes: RegisterChange[] = [
      { type: 'tenure-ended', post: 'cadre-1', person: 'p1', on: TODAY },
      { type: 'tenure-began', post: 'cadre-1', person: 'p3', on: TODAY },
    ];
    expect(effects(changes)).toEqual([
      { tell: round('cadre-1'), type: 'holder-changed', fromPerson: 'p1', toPerson: null },
      { tell: round('cadre-1'), type: 'holder-changed', fromPerson: null, toPerson: 'p3' },
      {
        open: 'pledge-duty/cadre-1/p3/1',
        type: 'open',
        post: 'cadre-1',
        person: 'p3',
        unit: 'gudang-01',
        version: '2026',
      },
    ]);
  });

  test('who signs the current pledge ends the duty; another version does not', () => {
    const running = { pledgeDuties: new Map([['cadre-1/p1', { episode: 1, open: true }]]) };
    const signed = (version: string): RegisterChange => ({
      type: 'pledge-signed',
      person: 'p1',
      post: 'cadre-1',
      version,
      on: TODAY,
      withPost: 'gudang-office',
      document: null,
    });
    expect(effects([signed('2027')], running)).toEqual([]);
    expect(
      effects(
        [{ type: 'pledge-withdrawn', person: 'p1', post: 'cadre-1', version: '2026', on: TODAY }, signed('2026')],
        running,
      ),
    ).toEqual([{ tell: 'pledge-duty/cadre-1/p1/1', type: 'signed', pledge: 'cadre-1/p1/2026', signedOn: TODAY }]);
  });

  test('who is absent is told to the rounds of every post held, with the deputy', () => {
    expect(
      effects([{ type: 'absence-began', person: 'p2', deputy: 'p3', on: TODAY, until: '2026-12-05', cause: '病假' }]),
    ).toEqual([{ tell: round('cadre-2'), type: 'absence-began', person: 'p2', deputy: 'p3' }]);
  });

  test('whose absence is still to come is not stood in for yet; a vacancy to come is told at once', () => {
    const later = {
      type: 'absence-began',
      person: 'p2',
      on: '2026-12-01',
      until: '2026-12-05',
      cause: '病假',
    } as const;
    expect(effects([{ ...later, deputy: 'p3' }])).toEqual([]);
    expect(effects([{ ...later, deputy: null }])).toMatchObject([{ tell: round('cadre-2'), deputy: null }]);
  });

  test('whose post is abolished leaves subjects that must be bound anew', () => {
    expect(effects([{ type: 'post-ended', post: 'cadre-2', on: TODAY }])).toMatchObject([
      { tell: round('cadre-2'), type: 'subject-unbound', subject: 's3' },
      { open: 'binding-duty/s3/1', cause: 'cadre-left' },
      { tell: round('cadre-2'), type: 'holder-changed', toPerson: null },
    ]);
  });
});
