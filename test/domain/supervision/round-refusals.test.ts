import { describe, expect, test } from 'vitest';
import { REFUSAL_CODES, round } from '../../../domain/supervision/index.ts';
import type { RoundCommand } from '../../../domain/supervision/round-messages.ts';
import {
  ALL_MET,
  CADRE,
  DISTRICT_OFFICE,
  lapse,
  openRound,
  OTHER_CADRE,
  OTHER_TOWN_OFFICE,
  photo,
  ROUND_ID,
  SYSTEM_ACTOR,
  told,
  TOWN_HEAD,
  TOWN_OFFICE,
  tried,
  visit,
  words,
  type Step,
} from './world.ts';

const WHEN = '2026-11-24T10:00';
const NEXT_YEAR = '2027-01-05T10:00';
const by = (actor: Step<RoundCommand>['by'], does: Step<RoundCommand>['does'], when = WHEN): Step<RoundCommand> => ({
  when,
  by: actor,
  does,
});
const cadre = (does: RoundCommand, when = WHEN) => by(CADRE, does, when);
const office = (does: RoundCommand, when = WHEN) => by(DISTRICT_OFFICE, does, when);
const system = (does: Step<RoundCommand>['does'], when = WHEN) => by(SYSTEM_ACTOR, does, when);

const opened = openRound('s1', 's2', 's3', 's-closed');
const made = cadre(visit('v1', 's1', '2026-11-20'), '2026-11-20T10:00');
const due = system(lapse('period'), '2027-01-01T00:01');
const completed = [openRound('s1'), made] as const;
const reason = words();
const finding = (id: string, changed: object = {}) => ({
  finding: id,
  item: 'control-daily',
  severity: 'general' as const,
  text: words(),
  ...changed,
});
const extend = (amount: number): RoundCommand => ({ type: 'extend', amount, unit: 'WD', reason });
const handOver = (toPost: string, ...subjects: readonly string[]): RoundCommand => ({
  type: 'hand-over',
  toPost,
  reason,
  ...(subjects.length === 0 ? {} : { subjects }),
});
const openAgain = (changed: object): Step<RoundCommand> => ({
  ...opened,
  does: { ...(opened.does as Extract<RoundCommand, { type: 'open' }>), ...changed },
});

/** [code, the story until then, what is refused] */
const REFUSED: readonly (readonly [string, readonly Step<RoundCommand>[], Step<RoundCommand>])[] = [
  ['not-open', [], made],
  ['already-open', [opened], opened],
  ['bad-period', [], openAgain({ period: { fromOn: '2026-12-31', toOn: '2026-10-01' } })],
  ['bad-period', [], openAgain({ dueOn: '2026-02-30' })],
  ['duplicate-subject', [], openRound('s1', 's1')],
  ['not-allowed', [opened], cadre({ type: 'subject-closed', subject: 's1' })],
  ['not-allowed', [opened], by(DISTRICT_OFFICE, lapse('period'))],
  ['not-holder', [opened], by(OTHER_CADRE, visit('v1', 's1', '2026-11-20'))],
  ['not-holder', [opened], by(DISTRICT_OFFICE, visit('v1', 's1', '2026-11-20'))],
  ['not-holder', [opened], by({ ...OTHER_TOWN_OFFICE, capacity: 'recorded-for' }, visit('v1', 's1', '2026-11-20'))],
  ['not-holder', [opened, made], by(OTHER_CADRE, { type: 'amend-visit', visit: 'v1', reason })],
  ['visit-already-recorded', [opened, made], cadre(visit('v1', 's2', '2026-11-21'))],
  ['subject-not-in-round', [opened], cadre(visit('v1', 's9', '2026-11-20'))],
  ['subject-not-in-round', [opened], office({ type: 'excuse', subject: 's9', reason })],
  ['subject-not-in-round', [opened, made], office(handOver('post-other', 's1'))],
  ['subject-already-visited', [opened, made], cadre(visit('v2', 's1', '2026-11-21'))],
  ['subject-already-visited', [opened, made], office({ type: 'excuse', subject: 's1', reason })],
  [
    'visit-excused',
    [opened, office({ type: 'excuse', subject: 's1', reason })],
    cadre(visit('v1', 's1', '2026-11-20')),
  ],
  ['visit-handed-over', [opened, office(handOver('post-other', 's1'))], cadre(visit('v1', 's1', '2026-11-20'))],
  [
    'visit-handed-over',
    [opened, system({ type: 'subject-unbound', subject: 's1', toPost: null })],
    cadre(visit('v1', 's1', '2026-11-20')),
  ],
  ['subject-closed', [opened], cadre(visit('v1', 's-closed', '2026-11-20'))],
  [
    'subject-closed',
    [opened, system({ type: 'subject-closed', subject: 's1' })],
    cadre(visit('v1', 's1', '2026-11-20')),
  ],
  ['unknown-subject', [openRound('s9')], cadre(visit('v1', 's9', '2026-11-20'))],
  ['visited-in-future', [opened], cadre(visit('v1', 's1', '2026-11-25'))],
  ['visited-outside-period', [opened], cadre(visit('v1', 's1', '2026-09-30'))],
  ['must-be-on-site', [opened], cadre(visit('v1', 's3', '2026-11-20', { mode: 'video' }))],
  ['must-be-on-site', [opened], cadre(visit('v1', 's3', '2026-11-20', { mode: 'report-meeting' }))],
  [
    'must-be-on-site',
    [opened, system({ type: 'subject-risk-changed', subject: 's1', onSite: true })],
    cadre(visit('v1', 's1', '2026-11-20', { mode: 'video' })),
  ],
  [
    'must-be-on-site',
    [opened],
    {
      ...cadre(visit('v1', 's1', '2026-11-20', { mode: 'video' })),
      register: { 'subject/s1': { status: 'active', class: 'D', risk: 'high', unit: 'c-1' } },
    },
  ],
  ['evidence-missing', [opened], cadre(visit('v1', 's1', '2026-11-20', { evidence: [] }))],
  ['evidence-date-implausible', [opened], cadre(visit('v1', 's1', '2026-11-20', { evidence: [photo('2026-11-25')] }))],
  ['evidence-date-implausible', [opened], cadre(visit('v1', 's1', '2026-11-20', { evidence: [photo('2026-11-16')] }))],
  ['unknown-item', [opened], cadre(visit('v1', 's1', '2026-11-20', { items: [{ code: 'nothing', met: true }] }))],
  [
    'unknown-item',
    [opened],
    cadre(visit('v1', 's1', '2026-11-20', { findings: [finding('f1', { item: 'nothing' })] })),
  ],
  ['duplicate-item', [opened], cadre(visit('v1', 's1', '2026-11-20', { items: [...ALL_MET, ...ALL_MET.slice(0, 1)] }))],
  ['items-missing', [opened], cadre(visit('v1', 's1', '2026-11-20', { items: ALL_MET.slice(1) }))],
  ['duplicate-finding', [opened], cadre(visit('v1', 's1', '2026-11-20', { findings: [finding('f1'), finding('f1')] }))],
  [
    'duplicate-finding',
    [opened, cadre(visit('v1', 's1', '2026-11-20', { findings: [finding('f1')] }))],
    cadre(visit('v2', 's2', '2026-11-20', { findings: [finding('f1')] })),
  ],
  [
    'on-spot-only-minor',
    [opened],
    cadre(visit('v1', 's1', '2026-11-20', { findings: [finding('f1', { correctedOnSpot: true })] })),
  ],
  ['unknown-visit', [opened], cadre({ type: 'amend-visit', visit: 'v9', reason })],
  // Received on Friday 20 November: the fifth working day after it is the 27th.
  ['amend-too-late', [opened, made], cadre({ type: 'amend-visit', visit: 'v1', reason }, '2026-11-28T09:00')],
  [
    'must-be-on-site',
    [opened, cadre(visit('v1', 's3', '2026-11-20'))],
    cadre({ type: 'amend-visit', visit: 'v1', reason, mode: 'video' }),
  ],
  ['not-office', [opened], by(OTHER_TOWN_OFFICE, { type: 'excuse', subject: 's1', reason })],
  ['not-office', [opened], by(TOWN_HEAD, { type: 'excuse', subject: 's1', reason })],
  ['not-office', [opened], by(OTHER_CADRE, { type: 'urge', note: reason })],
  ['not-office', [opened], cadre(extend(3))],
  ['own-round', [opened], by({ ...DISTRICT_OFFICE, post: 'post-cadre' }, { type: 'excuse', subject: 's1', reason })],
  ['own-round', [opened], by({ ...DISTRICT_OFFICE, person: 'p-cadre' }, extend(3))],
  [
    'own-round',
    [opened, system({ type: 'absence-began', person: 'p-cadre', deputy: 'p-district' })],
    office({ type: 'excuse', subject: 's1', reason }),
  ],
  ['own-round', [opened], by({ ...TOWN_HEAD, person: 'p-cadre' }, { type: 'unwatch', reason })],
  ['round-closed', completed, office({ type: 'excuse', subject: 's1', reason })],
  [
    'round-closed',
    [openRound('s1'), due, office({ type: 'write-off', reason }, NEXT_YEAR)],
    cadre(visit('v1', 's1', '2027-01-05'), NEXT_YEAR),
  ],
  ['round-closed', [opened, system({ type: 'withdraw', reason })], cadre(visit('v1', 's1', '2026-11-20'))],
  ['already-paused', [opened, system({ type: 'pause', document: '9号' })], office({ type: 'pause', document: '9号' })],
  ['not-paused', [opened], office({ type: 'resume', document: '9号' })],
  ['already-defaulted', [opened, due], office({ type: 'excuse', subject: 's1', reason }, NEXT_YEAR)],
  ['already-defaulted', [opened, due], office(handOver('post-other', 's1'), NEXT_YEAR)],
  ['nothing-to-hand-over', [opened, due], office(handOver('post-other'), NEXT_YEAR)],
  ['same-post', [opened], office(handOver('post-cadre'))],
  ['unknown-post', [opened], office(handOver('post-nowhere'))],
  ['unknown-post', [opened], system({ type: 'subject-unbound', subject: 's1', toPost: 'post-nowhere' })],
  ['urged-recently', [opened, office({ type: 'urge', note: reason })], by(TOWN_OFFICE, { type: 'urge', note: reason })],
  ['already-watched', [opened, office({ type: 'watch', reason })], office({ type: 'watch', reason })],
  ['not-watched', [opened], office({ type: 'unwatch', reason })],
  ['already-touched', [opened, made], office({ type: 'withdraw', reason })],
  ['nothing-to-write-off', [opened], office({ type: 'write-off', reason })],
  ['unknown-finding', [opened], system({ type: 'correction-settled', finding: 'f9', settledAs: 'struck-off' })],
  ['extension-amount', [opened], office(extend(0))],
  ['extension-too-long', [opened], office(extend(11))],
  ['extension-used-up', [opened, office(extend(5))], office(extend(5))],
  ['extension-after-expiry', [opened], office(extend(5), '2027-01-01T00:00')],
  ['extension-unset', [opened], { ...office(extend(5)), policy: { 'supervision.roundExtension': null } }],
];

test.each(REFUSED)('a round refuses with %s', (code, story, step) => {
  const { state, refusals } = told(round, ROUND_ID, story);
  expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
  expect(tried(round, ROUND_ID, state, step)).toMatchObject({ refused: { code } });
});

describe('the list of refusals', () => {
  test('is what a round refuses with, and nothing else', () => {
    // The rule has an extension, and whoever approves is asked first whether the round is their own.
    const elsewhere = ['extension-not-provided', 'extension-by-handler'];
    const exercised = [...new Set(REFUSED.map(([code]) => code)), ...elsewhere];
    expect([...exercised].sort()).toEqual([...(REFUSAL_CODES['round'] ?? [])].sort());
  });
});

describe('what looks like a refusal and is none', () => {
  test.each([
    ['a visit by video of a subject of low risk', visit('v1', 's1', '2026-11-20', { mode: 'video', evidence: [] })],
    ['evidence from three days before', visit('v1', 's1', '2026-11-20', { evidence: [photo('2026-11-17')] })],
    ['a business that refuses to confirm', visit('v1', 's1', '2026-11-20', { confirmedBy: 'refused' })],
    ['a visit on the first day of the period', visit('v1', 's1', '2026-10-01')],
  ])('%s is written', (_what, does) => {
    const { state } = told(round, ROUND_ID, [opened]);
    expect(tried(round, ROUND_ID, state, cadre(does))).toHaveProperty('events');
  });

  test('a paper record typed in by the office for the cadre is written, under both names', () => {
    const { state } = told(round, ROUND_ID, [
      opened,
      by({ ...TOWN_OFFICE, capacity: 'recorded-for' }, visit('v1', 's1', '2026-11-20')),
    ]);
    expect(state?.records['v1']?.versions[0]?.by).toEqual({
      person: 'p-town',
      post: 'post-town-office',
      capacity: 'recorded-for',
    });
  });
});
