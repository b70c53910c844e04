import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, parseCanonical } from '../../../domain/kernel/journal.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import { round } from '../../../domain/supervision/round.ts';
import type { RoundCommand, RoundEvent } from '../../../domain/supervision/round-messages.ts';
import { visitRows } from '../../../domain/supervision/round-rows.ts';
import { hasDefaulted, type Round } from '../../../domain/supervision/round-state.ts';
import {
  at,
  CADRE,
  calendar,
  DISTRICT_OFFICE,
  lapse,
  momentOf,
  openRound,
  ROUND_ID,
  rulesWith,
  SYSTEM_ACTOR,
  TOWN_OFFICE,
  visit,
  words,
  type Step,
} from './world.ts';

const SUBJECTS = ['s1', 's2', 's3', 's4'] as const;
const subject = fc.constantFrom(...SUBJECTS);
const reason = words();

const command: fc.Arbitrary<Step<RoundCommand>['does']> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.nat(9), subject).map(([id, s]) => visit(`v${String(id)}`, s, '2026-12-28')) },
  { weight: 4, arbitrary: fc.constantFrom('half', 'due', 'due', 'circular').map((rung) => lapse('period', rung)) },
  subject.map((s): RoundCommand => ({ type: 'excuse', subject: s, reason })),
  subject.map((s): RoundCommand => ({ type: 'subject-closed', subject: s })),
  subject.map((s): RoundCommand => ({ type: 'subject-bound', subject: s, onSite: false })),
  fc
    .tuple(subject, fc.constantFrom('post-other', null))
    .map(([s, toPost]): RoundCommand => ({ type: 'subject-unbound', subject: s, toPost })),
  subject.map((s): RoundCommand => ({
    type: 'take-on',
    visits: [{ subject: s, onSite: true }],
    fromRound: 'round/2026-Q4/post-other',
  })),
  fc.constantFrom<RoundCommand>(
    { type: 'hand-over', toPost: 'post-other', reason },
    { type: 'write-off', reason },
    { type: 'withdraw', reason },
    { type: 'watch', reason },
    { type: 'extend', amount: 2, unit: 'WD', reason },
    { type: 'pause', document: '9号' },
    { type: 'resume', document: '10号' },
    { type: 'holder-changed', fromPerson: 'p-cadre', toPerson: null },
  ),
);

const OFFICE = ['excuse', 'hand-over', 'write-off', 'watch', 'extend'];

/** Mostly who may say it, sometimes somebody else. */
const speaker = ({ type }: { readonly type: string }): Actor =>
  type === 'record-visit' ? CADRE : OFFICE.includes(type) ? TOWN_OFFICE : SYSTEM_ACTOR;
const actor = fc.oneof(
  { weight: 7, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom<Actor>(SYSTEM_ACTOR, CADRE, DISTRICT_OFFICE) },
);
const step = fc
  .tuple(command, actor, fc.integer({ min: 0, max: 72 }))
  .map(([does, other, hours]) => [does, other ?? speaker(does), hours] as const);
const story = fc.array(step, { maxLength: 40 });

interface Walked {
  readonly states: readonly Round[];
  readonly events: readonly RoundEvent[];
}

/** Hours pass from step to step over the last days of the period and beyond it. */
function walk(steps: readonly (readonly [Step<RoundCommand>['does'], Actor, number])[]): Walked {
  const events: RoundEvent[] = [];
  const states: Round[] = [];
  let state: Round | undefined;
  let hours = 0;
  const all = [
    { ...openRound('s1', 's2', 's3') },
    ...steps.map(([does, by]) => ({ when: '2026-12-28T08:00', by, does })),
  ];
  for (const [index, step] of all.entries()) {
    hours += steps[index - 1]?.[2] ?? 0;
    const first = index === 0;
    const moment = momentOf(round, ROUND_ID, state, step);
    const now = first ? moment.now : moment.now + hours * 3_600_000;
    const decision = round.decide(state, step.does, { ...moment, now, received: now });
    if ('refused' in decision) continue;
    for (const event of decision.events) {
      state = round.evolve(state, event);
      states.push(state);
      events.push(event);
    }
  }
  return { states, events };
}

const counting = { rules: rulesWith(), calendar, now: at('2027-03-01') };

test('no order of commands takes a default back', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { states } = walk(steps);
      for (const [index, state] of states.entries())
        for (const before of states[index - 1]?.visits ?? [])
          if (hasDefaulted(before)) {
            const after = state.visits.find((one) => one.subject === before.subject);
            expect(after === undefined ? null : hasDefaulted(after)).toBe(true);
            expect(after?.inTime).not.toBe(true);
          }
    }),
  );
});

test('an excused visit is never counted, and a defaulted one always', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const state = walk(steps).states.at(-1);
      if (state === undefined || state.end?.as === 'withdrawn') return;
      for (const row of visitRows(ROUND_ID, state, counting)) {
        const one = state.visits.find((candidate) => candidate.subject === row.subject);
        if (one?.status === 'excused') expect(row.dropped).toBe(true);
        if (one !== undefined && hasDefaulted(one)) expect(row).toMatchObject({ dropped: false, inTime: false });
      }
    }),
  );
});

test('every visit is in exactly one figure', () => {
  fc.assert(
    fc.property(story, (steps) => {
      for (const state of walk(steps).states) {
        const { visits, open, done, excused, handedOver, void: gone, writtenOff } = round.summary(state).figures ?? {};
        expect([open, done, excused, handedOver, gone, writtenOff].reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(
          visits,
        );
      }
    }),
  );
});

test('a closed round asks for no visit, unless it was withdrawn', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const state = walk(steps).states.at(-1);
      if (state === undefined || state.end === null || state.end.as === 'withdrawn') return;
      expect(state.visits.filter(({ status }) => status === 'due')).toEqual([]);
    }),
  );
});

test('the state is plain JSON and folds from its events alone', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { states, events } = walk(steps);
      const folded = events
        .map((event) => parseCanonical(canonical(event)) as unknown as RoundEvent)
        .reduce<Round | undefined>((state, event) => round.evolve(state, event), undefined);
      expect(folded).toEqual(states.at(-1));
      expect(parseCanonical(canonical(folded))).toEqual(folded);
    }),
  );
});
