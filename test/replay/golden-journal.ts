/**
 * A case's journal as it was once written, with what each entry set off and what was refused on the way, and what of it
 * this build would do otherwise. Reads no database.
 */
import { decidedAgain } from '../../cases/decided-again.ts';
import type { AnyProcess } from '../../cases/deps.ts';
import { afterEntry, EMPTY, foldHash, type EntryContent, type Fold, type Versions } from '../../cases/entry.ts';
import { entryHash, GENESIS } from '../../cases/journal.ts';
import { canonical } from '../../domain/kernel/journal.ts';
import type { Actor, Consequence, Facts, Refusal, Summary, Typed } from '../../domain/kernel/process.ts';
import { inForceOf } from './golden-contents.ts';

export interface GoldenEntry {
  readonly hash: string;
  readonly entry: EntryContent;
  /** What the process asked for besides the ladder's notices. */
  readonly consequences: readonly Consequence[];
  readonly summary: Summary;
  readonly nextAlarmAt: number | null;
}

export interface GoldenRefusal {
  /** The sequence number of the last entry before it. */
  readonly after: number;
  readonly command: Typed;
  readonly actor: Actor;
  readonly now: number;
  readonly facts: Facts;
  readonly versions: Versions;
  readonly refused: Refusal;
}

export interface GoldenJournal {
  readonly chain: string;
  readonly revision: number;
  readonly entries: readonly GoldenEntry[];
  readonly refusals: readonly GoldenRefusal[];
}

/** What is to be kept of an entry besides itself, as this build has it; `null` when it would refuse to write it. */
export function answered(
  process: AnyProcess,
  chain: string,
  seq: number,
  previous: string,
  before: Fold,
  entry: EntryContent,
) {
  const again = decidedAgain(process, before, { chain, seq, previous }, entry, inForceOf(entry.versions));
  if ('refused' in again) return null;
  const { sealed, consequences, summary, outlook } = again;
  return { body: sealed.body, consequences, summary, nextAlarmAt: outlook.nextAlarmAt };
}

/** One line for each thing that is not as it was: the entry's number and what about it. Empty when nothing changed. */
export function differences(process: AnyProcess, { chain, entries, refusals }: GoldenJournal): readonly string[] {
  const found: string[] = [];
  const folds: Fold[] = [EMPTY];
  let previous = GENESIS;
  entries.forEach(({ hash, entry, ...golden }, index) => {
    const seq = index + 1;
    const differs = (what: string): void => void found.push(`${chain} ${String(seq)}: ${what}`);
    const before = folds[index] ?? EMPTY;
    const body = canonical(entry);
    if (entryHash(chain, seq, previous, body) !== hash) differs('the committed entry was edited');
    const fold = afterEntry(process, before, entry);
    folds.push(fold);
    if (entry.stateVersion === process.stateVersion && foldHash(fold) !== entry.state)
      differs('folds to another state');
    if (entry.revision === process.revision) {
      const again = answered(process, chain, seq, previous, before, entry);
      if (again === null) differs('is refused');
      else if (again.body !== body) differs('decides otherwise');
      else if (canonical(again.consequences) !== canonical(golden.consequences)) differs('sets off something else');
      else if (canonical(again.summary) !== canonical(golden.summary)) differs('is summed up otherwise');
      else if (again.nextAlarmAt !== golden.nextAlarmAt) differs('wakes at another instant');
    }
    previous = hash;
  });
  for (const { after, command, actor, now, facts, versions, refused } of refusals) {
    if (entries[0]?.entry.revision !== process.revision) break;
    const { rules, calendar, policy } = inForceOf(versions);
    const moment = { caseId: chain, actor, now, received: now, facts, rules, calendar, policy };
    const decision = process.decide(folds[after]?.state, command, moment);
    if (!('refused' in decision))
      found.push(`${chain} after ${String(after)}: ${command.type} is not refused any more`);
    else if (canonical(decision.refused) !== canonical(refused))
      found.push(`${chain} after ${String(after)}: ${command.type} is refused otherwise`);
  }
  return found;
}
