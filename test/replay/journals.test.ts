/**
 * Journals of every process, committed with what they were decided by: each must still fold to the same states, and a
 * revision that says it is the same must still answer the same. Whoever changes an answer on purpose raises `revision` and
 * writes journals of the new one: `UPDATE_EXPECTED=1 npx vitest run --project replay test/replay/journals.test.ts`. That
 * adds what is missing and overwrites nothing; a journal whose story was changed is deleted first.
 */
import { describe, expect, test } from 'vitest';
import { PROCESSES } from '../../cases/processes.ts';
import { verify } from '../../cases/verify.ts';
import { refused, type Process } from '../../domain/kernel/process.ts';
import { differences, type GoldenJournal } from './golden-journal.ts';
import { keepJournal, readJournals } from './journal-files.ts';
import { STORIES } from './stories.ts';
import { storyWorld } from './story-world.ts';

/** Every story is told at each run: what people may say and when limits run out must go on working as scripted. */
describe.each(STORIES)('the story of the $name', ({ start, tell }) => {
  test('can be told, and its journals verify', { timeout: 120_000 }, async () => {
    const world = await storyWorld(start);
    try {
      const cast = await tell(world);
      const verified = await verify(world.cases.deps);
      expect(verified.differences).toEqual([]);
      expect(verified.notRedecidable).toBe(0);
      for (const [name, caseId] of Object.entries(cast)) {
        const [kind = '', story = ''] = name.split('/');
        const journal = await world.journalOf(caseId);
        expect(differences(processOf(kind), journal)).toEqual([]);
        if (process.env['UPDATE_EXPECTED'] === '1') keepJournal({ kind, story, journal });
        expect(journals().filter((known) => known.kind === kind && known.story === story)).not.toEqual([]);
      }
    } finally {
      await world.close();
    }
  });
});

const journals = readJournals;

function processOf(kind: string): Process {
  const process = PROCESSES.get(kind);
  if (process === undefined) throw new Error(`no process of kind ${kind}`);
  return process;
}

describe('golden journals', () => {
  test('show every process at its present revision', () => {
    const shown = new Set(journals().map(({ kind, journal }) => `${kind} ${String(journal.revision)}`));
    for (const { kind, revision } of PROCESSES.values()) expect(shown).toContain(`${kind} ${String(revision)}`);
  });

  test.each(readJournals().map(({ kind, story, journal }) => [kind, story, journal] as const))(
    '%s/%s folds and is decided as it was',
    (kind, _story, journal) => {
      expect(differences(processOf(kind), journal)).toEqual([]);
    },
  );

  test('between them show these events', () => {
    const seen = new Map<string, Set<string>>();
    for (const { kind, journal } of journals())
      for (const { entry } of journal.entries)
        for (const { type } of entry.events) seen.set(kind, (seen.get(kind) ?? new Set()).add(type));
    expect(Object.fromEntries([...seen].map(([kind, types]) => [kind, [...types].sort().join(' ')])))
      .toMatchInlineSnapshot(`
      {
        "binding-duty": "bound opened overdue overdue-annulled subject-closed",
        "correction": "claimed corrected-on-spot escalated extended fed-back filed not-filed ordered overdue overdue-annulled passed-on reassigned recheck-failed recheck-passed reported-done settled submitted",
        "cycle": "closed figures-frozen follow-up-proposed opened page-opened paused period-ended period-resumed resumed rounds-told running withdrawn",
        "pledge-duty": "left opened overdue overdue-annulled signed",
        "round": "absence-began absence-ended closed correction-settled default-annulled defaulted extended holder-changed opened paused reopened resumed risk-changed unwatched urged visit-added visit-amended visit-excused visit-recorded visit-released visit-void visits-handed-over watched written-off",
      }
    `);
  });
});

describe('a process that answers otherwise under the same revision is noticed', () => {
  const golden = (kind: string, story: string): GoldenJournal => {
    const found = journals().find((known) => known.kind === kind && known.story === story);
    if (found === undefined) throw new Error(`no journal ${kind}/${story}`);
    return found.journal;
  };
  const chain = 'binding-duty/s8/1';
  const journal = (): GoldenJournal => golden('binding-duty', 'bound-late');
  const duty = processOf('binding-duty');

  test('when a command writes another event', () => {
    const lenient: Process = {
      ...duty,
      decide(state, command, at) {
        const decision = duty.decide(state, command, at);
        if (!('events' in decision)) return decision;
        return { events: decision.events.filter(({ type }) => type !== 'overdue') };
      },
    };
    expect(differences(lenient, journal())).toEqual([`${chain} 3: decides otherwise`]);
    expect(differences({ ...lenient, revision: duty.revision + 1 }, journal())).toEqual([]);
  });

  test('when its clock counts from another instant', () => {
    const later: Process = {
      ...duty,
      clocks: (state) => duty.clocks(state).map((clock) => ({ ...clock, startedAt: clock.startedAt + 86_400_000 })),
    };
    expect(differences(later, journal())).toContain(`${chain} 1: decides otherwise`);
  });

  test('when it notifies nobody', () => {
    expect(differences({ ...duty, consequences: () => [] }, journal())).toEqual([
      `${chain} 1: sets off something else`,
    ]);
  });

  test('when it forgets something it knew, also under a new revision', () => {
    const forgetful: Process = {
      ...duty,
      revision: duty.revision + 1,
      evolve: (state, event) => ({ ...(duty.evolve(state, event) as object), overdueAt: null }),
    };
    expect(differences(forgetful, journal())).toContain(`${chain} 3: folds to another state`);
  });

  test('when it refuses what it allowed, allows what it refused, or refuses it for another reason', () => {
    const correction = processOf('correction');
    const story = golden('correction', 'failed-recheck-struck-off');
    const deciding = (code: string, decision: ReturnType<Process['decide']>): Process => ({
      ...correction,
      decide(state, command, at) {
        const decided = correction.decide(state, command, at);
        return 'refused' in decided && decided.refused.code === code ? decision : decided;
      },
    });
    expect(differences(deciding('own-work', { events: [] }), story)).toEqual([
      `${story.chain} after 6: recheck is not refused any more`,
    ]);
    expect(differences(deciding('own-work', refused('not-allowed')), story)).toEqual([
      `${story.chain} after 6: recheck is refused otherwise`,
    ]);
    const strict: Process = {
      ...correction,
      decide: (state, command, at) =>
        command.type === 'claim' ? refused('not-allowed') : correction.decide(state, command, at),
    };
    expect(differences(strict, story)).toContain(`${story.chain} 2: is refused`);
  });

  test('and so is a committed entry that was edited', () => {
    const whole = journal();
    const [first, ...rest] = whole.entries;
    if (first === undefined) throw new Error('an empty journal');
    const edited = { ...whole, entries: [{ ...first, entry: { ...first.entry, at: first.entry.at + 1 } }, ...rest] };
    expect(differences(duty, edited)).toContain(`${chain} 1: the committed entry was edited`);
  });
});
