/** The stages, papers and links that a kind reads out of its state: what was not reached is not shown as done. */
import { describe, expect, test } from 'vitest';
import { placed } from '../../cases/kinds/case-file.ts';
import { KINDS } from '../../cases/kinds/index.ts';

const file = (kind: string) => {
  const found = KINDS.find((one) => one.kind === kind)?.file;
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found;
};
const places = (kind: string, state: object): readonly string[] =>
  (file(kind).stages?.(state as never) ?? []).map(({ stage, place }) => `${stage} ${place}`);

describe('a course', () => {
  test('leaves out what was passed by without being reached', () => {
    const course = [
      ['a', true],
      ['b', false],
      ['c', true],
      ['d', false],
    ] as const;
    expect(placed(course, 'c')).toEqual([
      { stage: 'a', place: 'done' },
      { stage: 'c', place: 'current' },
      { stage: 'd', place: 'later' },
    ]);
  });
});

describe('stages', () => {
  const correction = { stage: 'submitted', claimedAt: null, passedOnAt: null, limits: { claim: {} }, end: null };

  test.each([
    [
      'a correction put right on the spot was never ordered',
      'correction',
      { ...correction, stage: 'closed', claimedAt: 1, end: { as: 'corrected-on-spot' } },
      ['submitted done', 'claimed done', 'closed current'],
    ],
    [
      'a clue passed on does not lead to a re-check any more',
      'correction',
      { ...correction, stage: 'passed-on', claimedAt: 1, passedOnAt: 2 },
      ['submitted done', 'claimed done', 'passed-on current', 'closed later'],
    ],
    [
      'a round that ran out keeps that after it was caught up',
      'round',
      {
        visits: [{ status: 'done', defaultedAt: 1, annulledAt: null }],
        stops: [],
        end: { as: 'completed-late' },
        findings: [],
      },
      ['running done', 'overdue done', 'closed current'],
    ],
    [
      'a duty met late was overdue first',
      'binding-duty',
      { overdueAt: 1, end: { as: 'bound-late' } },
      ['unbound done', 'overdue done', 'bound-late current'],
    ],
    [
      'a cycle withdrawn before its rounds were opened never ran',
      'cycle',
      { withdrawnAt: 1, opened: 0, lastOrdinal: 0, telling: null, closedAt: null },
      ['opening done', 'withdrawn current'],
    ],
  ])('%s', (_says, kind, state, expected) => {
    expect(places(kind, state)).toEqual(expected);
  });
});

describe('links', () => {
  test('lead from a round to its cycle and to the corrections that were opened', () => {
    const state = {
      cycle: '2026-Q4',
      findings: [
        { finding: 'f-1', onSpot: false },
        { finding: 'f-2', onSpot: true },
      ],
    };
    expect(
      file('round')
        .links?.(state as never, 'round/2026-Q4/p-1')
        .map(({ caseId }) => caseId),
    ).toEqual(['cycle/2026-Q4', 'correction/2026-Q4/p-1/f-1']);
  });
});
