import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correction, REFUSAL_CODES } from '../../../domain/supervision/index.ts';
import type { CorrectionCommand } from '../../../domain/supervision/correction-messages.ts';
import {
  BUREAU,
  CADRE,
  DISTRICT_OFFICE,
  lapse,
  OTHER_CADRE,
  OTHER_TOWN_REGULATOR,
  photo,
  REGULATOR,
  ROUND_ID,
  SECOND_REGULATOR,
  STATION_HEAD,
  SYSTEM_ACTOR,
  told,
  TOWN_OFFICE,
  tried,
  words,
  type Step,
} from './world.ts';

const ID = 'correction/2026-Q4/post-cadre/f1';
const WHEN = '2026-10-26T10:00';
const by = (actor: Step<CorrectionCommand>['by'], does: Step<CorrectionCommand>['does'], when = WHEN) => ({
  when,
  by: actor,
  does,
});
const reg = (does: CorrectionCommand, when = WHEN): Step<CorrectionCommand> => by(REGULATOR, does, when);
const reason = words();
const evidence = [photo('2026-10-25')];

const opened = (severity: 'minor' | 'general' = 'general', finder = 'p-cadre') =>
  by(
    CADRE,
    {
      type: 'open',
      round: ROUND_ID,
      subject: 's1',
      unit: 'c-1',
      finding: 'f1',
      item: 'control-daily',
      severity,
      foundOn: '2026-10-20',
      foundBy: 'post-cadre',
      finder,
      text: words(),
    },
    '2026-10-20T10:00',
  );
const claim = reg({ type: 'claim' }, '2026-10-21T10:00');
const order = reg({ type: 'order', dueOn: '2026-11-04', requirement: reason }, '2026-10-21T11:00');
const done = reg({ type: 'report-done', evidence });
const recheck = (changed: object = {}) =>
  ({ type: 'recheck', passed: true, reason, evidence, ...changed }) as CorrectionCommand;
const passOn = reg({ type: 'pass-on', to: 'post-bureau', clue: reason });
const filed = (filedOn: string): CorrectionCommand => ({ type: 'filed', number: '8号', filedOn });
const extend = (clock: 'claim' | 'correction' | 'filing', amount: number): CorrectionCommand => ({
  type: 'extend',
  clock,
  amount,
  unit: 'WD',
  reason,
});
const spot: CorrectionCommand = { type: 'correct-on-spot', evidence };
const story = [opened(), claim, order];

const REFUSED: readonly (readonly [string, readonly Step<CorrectionCommand>[], Step<CorrectionCommand>])[] = [
  ['not-open', [], claim],
  ['already-open', [opened()], opened()],
  ['not-allowed', [opened()], reg({ type: 'subject-closed' })],
  ['not-allowed', [opened()], by(REGULATOR, lapse('claim'))],
  ['not-allowed', story, by(CADRE, { type: 'escalate', reason })],
  ['not-allowed', story, reg(extend('correction', 5))],
  ['not-allowed', story, reg({ type: 'reassign', toPost: 'post-regulator-2', reason })],
  ['not-regulator', [opened()], by(CADRE, { type: 'claim' })],
  ['not-regulator', [opened()], by(OTHER_TOWN_REGULATOR, { type: 'claim' })],
  ['not-regulator', story, by(OTHER_CADRE, { type: 'report-done', evidence })],
  [
    'not-claimant',
    [opened(), claim],
    by(SECOND_REGULATOR, { type: 'order', dueOn: '2026-11-04', requirement: reason }),
  ],
  [
    'correction-closed',
    [...story, done, by(SECOND_REGULATOR, recheck())],
    by(DISTRICT_OFFICE, { type: 'escalate', reason }),
  ],
  ['already-claimed', [opened(), claim], by(SECOND_REGULATOR, { type: 'claim' })],
  ['not-claimed', [opened()], reg({ type: 'order', dueOn: '2026-11-04', requirement: reason })],
  ['not-claimed', [opened()], by(STATION_HEAD, { type: 'reassign', toPost: 'post-regulator-2', reason })],
  ['already-ordered', story, reg({ type: 'order', dueOn: '2026-11-06', requirement: reason })],
  ['already-ordered', [opened('minor'), claim, order], reg(spot)],
  ['not-ordered', [opened(), claim], reg({ type: 'report-done', evidence })],
  ['not-reported', story, by(SECOND_REGULATOR, recheck())],
  ['due-in-past', [opened(), claim], reg({ type: 'order', dueOn: '2026-10-26', requirement: reason })],
  ['due-in-past', [opened(), claim], reg({ type: 'order', dueOn: '2026-13-01', requirement: reason })],
  ['due-in-past', [...story, done], by(SECOND_REGULATOR, recheck({ passed: false, dueOn: '2026-10-26' }))],
  ['due-missing', [...story, done], by(SECOND_REGULATOR, recheck({ passed: false }))],
  ['not-minor', [opened(), claim], reg(spot)],
  ['evidence-missing', story, reg({ type: 'report-done', evidence: [] })],
  ['evidence-missing', [...story, done], by(SECOND_REGULATOR, recheck({ evidence: [] }))],
  ['evidence-date-implausible', story, reg({ type: 'report-done', evidence: [photo('2026-10-19')] })],
  ['evidence-date-implausible', story, reg({ type: 'report-done', evidence: [photo('2026-10-27')] })],
  ['own-work', [...story, done], reg(recheck())],
  ['own-work', [opened('minor', 'p-reg1'), claim], reg(spot)],
  ['already-escalated', [...story, reg({ type: 'escalate', reason })], by(TOWN_OFFICE, { type: 'escalate', reason })],
  ['already-passed-on', [opened(), claim, passOn], passOn],
  ['already-passed-on', [opened(), claim, passOn], order],
  ['already-passed-on', [opened('minor'), claim, passOn], reg(spot)],
  ['not-passed-on', story, reg(filed('2026-10-26'))],
  ['not-passed-on', story, reg({ type: 'not-filed', reason })],
  ['filed-in-future', [opened(), claim, passOn], by(BUREAU, filed('2026-10-27'))],
  ['filed-before-passed-on', [opened(), claim, passOn], by(BUREAU, filed('2026-10-25'))],
  ['unknown-post', [opened(), claim], reg({ type: 'pass-on', to: 'post-nowhere', clue: reason })],
  ['unknown-post', story, by(STATION_HEAD, { type: 'reassign', toPost: 'post-nowhere', reason })],
  ['same-post', story, by(STATION_HEAD, { type: 'reassign', toPost: 'post-regulator', reason })],
  ['clock-not-running', story, by(STATION_HEAD, extend('claim', 1))],
  ['clock-not-running', story, by(STATION_HEAD, extend('filing', 1))],
  ['extension-not-provided', [opened()], by(STATION_HEAD, extend('claim', 1))],
  [
    'extension-unset',
    story,
    { ...by(STATION_HEAD, extend('correction', 1)), policy: { 'correction.extension': null } },
  ],
  ['extension-amount', story, by(STATION_HEAD, extend('correction', -1))],
  [
    'extension-by-handler',
    [
      opened(),
      by(STATION_HEAD, { type: 'claim' }),
      by(STATION_HEAD, { type: 'order', dueOn: '2026-11-04', requirement: reason }),
    ],
    by(STATION_HEAD, extend('correction', 5)),
  ],
  [
    'extension-used-up',
    [...story, by(STATION_HEAD, extend('correction', 5))],
    by(STATION_HEAD, extend('correction', 5)),
  ],
  ['extension-too-long', story, by(STATION_HEAD, extend('correction', 11))],
  ['extension-after-expiry', story, by(STATION_HEAD, extend('correction', 5), '2026-11-05T00:00')],
];

test.each(REFUSED)('a correction refuses with %s', (code, before, step) => {
  const { state, refusals } = told(correction, ID, before);
  expect(refusals.filter((refusal) => refusal !== null)).toEqual([]);
  expect(tried(correction, ID, state, step)).toMatchObject({ refused: { code } });
});

describe('the list of refusals', () => {
  test('is what a correction refuses with, and nothing else', () => {
    const exercised = [...new Set(REFUSED.map(([code]) => code))];
    expect(exercised.sort()).toEqual([...(REFUSAL_CODES['correction'] ?? [])].sort());
  });
});

describe('the law of two persons (INS §33)', () => {
  const officers = [REGULATOR, SECOND_REGULATOR, STATION_HEAD] as const;
  const command = fc.constantFrom<CorrectionCommand>(
    { type: 'claim' },
    { type: 'order', dueOn: '2026-11-04', requirement: reason },
    { type: 'report-done', evidence },
    recheck(),
    recheck({ passed: false, dueOn: '2026-11-10' }),
    { type: 'reassign', toPost: 'post-regulator-2', reason },
    passOn.does as CorrectionCommand,
  );
  const steps = fc.array(
    fc.tuple(command, fc.constantFrom(...officers)).map(([does, actor]) => by(actor, does)),
    { maxLength: 30 },
  );

  test('nobody ever re-checks what they reported, whatever the order of commands', () => {
    fc.assert(
      fc.property(steps, (some) => {
        const { events } = told(correction, ID, [opened(), ...some]);
        let reportedBy: string | null = null;
        for (const event of events) {
          if (event.type === 'reported-done') reportedBy = event.by.person;
          if (event.type === 'recheck-passed' || event.type === 'recheck-failed')
            expect(event.by.person).not.toBe(reportedBy);
        }
      }),
    );
  });

  test('a correction that ended changes no more', () => {
    fc.assert(
      fc.property(steps, (some) => {
        const { events } = told(correction, ID, [opened(), by(SYSTEM_ACTOR, { type: 'subject-closed' }), ...some]);
        expect(events.map(({ type }) => type)).toEqual(['submitted', 'settled', 'fed-back']);
      }),
    );
  });
});
