/**
 * What happens in the quarter besides the visits, by the local minute. Minutes are chosen so that no rung falls near a full
 * hour.
 */
import { CALENDAR_NAME } from '../../../cases/office.ts';
import { publishContent } from '../../../cases/publication.ts';
import type { Acts } from './acts.ts';
import { PUBLISHED } from './calendars.ts';
import { holderOf, personAdded, pledgeSigned, subjectAdded } from './district.ts';
import type { QuarterWorld } from './world.ts';

export interface Scene {
  /** Local, e.g. `2026-10-08T10:20`. */
  readonly at: string;
  readonly happens: (acts: Acts, world: QuarterWorld) => Promise<unknown>;
}

const OFFICE = { post: 'fso' } as const;

/** The outages: from when to when nothing of worker and Temporal is there. */
export const OUTAGES = [
  { from: '2026-11-14T08:00', to: '2026-11-17T12:00' },
  { from: '2027-01-04T08:00', to: '2027-01-07T12:00' },
] as const;

export const SCENES: readonly Scene[] = [
  // Pledges missing since before the quarter: 5 working days over the holiday end on Saturday 10 October, a working day.
  {
    at: '2026-10-09T14:20',
    happens: (acts) =>
      acts.register([pledgeSigned('t4-c13-d3', holderOf('t4-c13-d3'), '2026-10-09')], { post: 't4-office' }),
  },

  // f1: found on a holiday, claimed and ordered, reported, re-checked by somebody else, struck off.
  { at: '2026-10-08T10:20', happens: (acts) => acts.correction('t1-c1-d1/f1', { type: 'claim' }, { post: 't1-r1' }) },
  {
    at: '2026-10-08T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d1/f1',
        { type: 'order', dueOn: '2026-10-21', requirement: '补齐台账' },
        { post: 't1-r1' },
      ),
  },
  {
    at: '2026-10-16T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d1/f1',
        { type: 'report-done', evidence: acts.evidenceOn('2026-10-16') },
        { post: 't1-r1' },
      ),
  },
  {
    at: '2026-10-19T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d1/f1',
        { type: 'recheck', passed: true, reason: '已改正', evidence: acts.evidenceOn('2026-10-19') },
        { post: 't1-r2' },
      ),
  },

  // f2: claimed late, overdue, reported late, failed at the re-check, its second limit runs through the first outage.
  { at: '2026-10-15T14:20', happens: (acts) => acts.correction('t1-c1-d2/f2', { type: 'claim' }, { post: 't1-r1' }) },
  {
    at: '2026-10-15T14:50',
    happens: (acts) =>
      acts.correction('t1-c1-d2/f2', { type: 'order', dueOn: '2026-10-30', requirement: '整改' }, { post: 't1-r1' }),
  },
  {
    at: '2026-11-05T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d2/f2',
        { type: 'report-done', evidence: acts.evidenceOn('2026-11-05') },
        { post: 't1-r1' },
      ),
  },
  {
    at: '2026-11-10T10:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d2/f2',
        {
          type: 'recheck',
          passed: false,
          reason: '未到位',
          evidence: acts.evidenceOn('2026-11-10'),
          dueOn: '2026-11-18',
        },
        { post: 't1-r2' },
      ),
  },
  {
    at: '2026-11-18T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d2/f2',
        { type: 'report-done', evidence: acts.evidenceOn('2026-11-18') },
        { post: 't1-r1' },
      ),
  },
  {
    at: '2026-11-19T14:20',
    happens: (acts) =>
      acts.correction(
        't1-c1-d2/f2',
        { type: 'recheck', passed: true, reason: '已改正', evidence: acts.evidenceOn('2026-11-19') },
        { post: 't1-r2' },
      ),
  },

  // f3: a serious clue, passed on and filed. f5: the same, its limit provisional until the calendar is published.
  { at: '2026-10-20T14:20', happens: (acts) => acts.correction('t3-c1-d2/f3', { type: 'claim' }, { post: 't3-r1' }) },
  {
    at: '2026-10-22T10:20',
    happens: (acts) =>
      acts.correction('t3-c1-d2/f3', { type: 'pass-on', to: 'msa-officer', clue: '线索' }, { post: 't3-r1' }),
  },
  {
    at: '2026-11-02T14:20',
    happens: (acts) =>
      acts.correction(
        't3-c1-d2/f3',
        { type: 'filed', number: '2026-0001', filedOn: '2026-11-02' },
        { post: 'msa-officer' },
      ),
  },
  { at: '2026-12-15T14:20', happens: (acts) => acts.correction('t2-c1-d1/f5', { type: 'claim' }, { post: 't2-r1' }) },
  {
    at: '2026-12-16T10:20',
    happens: (acts) =>
      acts.correction('t2-c1-d1/f5', { type: 'pass-on', to: 'msa-officer', clue: '线索' }, { post: 't2-r1' }),
  },
  {
    at: '2026-12-30T14:20',
    happens: (acts) =>
      acts.correction(
        't2-c1-d1/f5',
        { type: 'filed', number: '2026-0002', filedOn: '2026-12-30' },
        { post: 'msa-officer' },
      ),
  },
  { at: '2026-11-25T10:20', happens: (acts) => acts.correction('t2-c1-d2/f6', { type: 'claim' }, { post: 't2-r1' }) },
  {
    at: '2026-11-25T14:20',
    happens: (acts) =>
      acts.correction(
        't2-c1-d2/f6',
        { type: 'correct-on-spot', evidence: acts.evidenceOn('2026-11-25') },
        { post: 't2-r1' },
      ),
  },

  // A cadre leaves; a week later a successor takes over and signs.
  {
    at: '2026-10-26T10:20',
    happens: (acts) =>
      acts.register([{ type: 'tenure-ended', post: 't1-c3-d1', person: holderOf('t1-c3-d1'), on: '2026-10-26' }], {
        post: 't1-office',
      }),
  },
  {
    at: '2026-11-02T10:20',
    happens: (acts) =>
      acts.register(
        [
          personAdded('p-successor'),
          { type: 'tenure-began', post: 't1-c3-d1', person: 'p-successor', on: '2026-11-02' },
        ],
        {
          post: 't1-office',
        },
      ),
  },
  {
    at: '2026-11-05T10:20',
    happens: (acts) => acts.register([pledgeSigned('t1-c3-d1', 'p-successor', '2026-11-05')], { post: 't1-office' }),
  },

  // A cadre is absent for three weeks; a colleague stands in.
  {
    at: '2026-11-06T14:20',
    happens: (acts) =>
      acts.register(
        [
          {
            type: 'absence-began',
            person: holderOf('t2-c6-d2'),
            deputy: holderOf('t2-c6-d3'),
            on: '2026-11-09',
            until: '2026-11-27',
            cause: '培训',
          },
        ],
        { post: 't2-office' },
      ),
  },

  // A subject closes; one opens and is bound in time; one is never bound; one opens too late for a visit in this quarter.
  {
    at: '2026-10-15T10:20',
    happens: (acts) =>
      acts.register([{ type: 'subject-closed', subject: 't3-c1-d1-s3', on: '2026-10-15' }], { post: 't3-office' }),
  },
  {
    at: '2026-10-21T10:20',
    happens: (acts) => acts.register([subjectAdded('new-1', 't3-c1', '2026-10-21')], { post: 't3-office' }),
  },
  {
    at: '2026-10-27T10:20',
    happens: (acts) =>
      acts.register([{ type: 'bound', subject: 'new-1', post: 't3-c1-d1', on: '2026-10-27' }], { post: 't3-office' }),
  },
  { at: '2026-11-24T14:20', happens: (acts) => acts.visit({ post: 't3-c1-d1', subject: 'new-1' }) },
  {
    at: '2026-11-24T14:50',
    happens: (acts) => acts.register([subjectAdded('new-2', 't4-c2', '2026-11-24')], { post: 't4-office' }),
  },
  {
    at: '2026-12-17T10:20',
    happens: (acts) => acts.register([subjectAdded('new-3', 't3-c2', '2026-12-17')], { post: 't3-office' }),
  },
  {
    at: '2026-12-25T10:20',
    happens: (acts) =>
      acts.register([{ type: 'bound', subject: 'new-3', post: 't3-c2-d1', on: '2026-12-25' }], { post: 't3-office' }),
  },

  // The office's own acts.
  {
    at: '2026-11-05T16:20',
    happens: (acts) =>
      acts.round(
        't2-c9-d1',
        { type: 'hand-over', toPost: 't2-c9-d2', subjects: ['t2-c9-d1-s3'], reason: '分工调整' },
        { post: 't2-office' },
      ),
  },
  {
    at: '2026-11-20T10:20',
    happens: (acts) =>
      acts.round('t4-c5-d1', { type: 'excuse', subject: 't4-c5-d1-s2', reason: '停业装修' }, { post: 't4-office' }),
  },
  { at: '2026-12-01T10:20', happens: (acts) => acts.round('t4-c4-d2', { type: 'watch', reason: '上季超期' }, OFFICE) },
  {
    at: '2026-12-15T16:20',
    happens: (acts) => acts.round('t1-c4-d1', { type: 'urge', note: '抓紧' }, { post: 't1-head' }),
  },
  {
    at: '2026-12-29T14:20',
    happens: (acts) => acts.round('t2-k2', { type: 'extend', amount: 2, unit: 'WD', reason: '台风' }, OFFICE),
  },
  {
    at: '2027-01-12T10:20',
    happens: (acts) => acts.round('t3-c7-d3', { type: 'write-off', reason: '主体长期停业' }, OFFICE),
  },

  // A calendar is published in the middle of it all.
  {
    at: '2026-12-18T10:20',
    happens: (_acts, world) =>
      publishContent(
        world.deps,
        { kind: 'calendar', name: CALENDAR_NAME, version: PUBLISHED.version, body: PUBLISHED },
        holderOf('fso'),
      ),
  },
];
