/**
 * One entry's worth of change, computed: what the case is after a decision, what stands in its entry, when it wakes
 * next. Touches no database.
 */
import { createHash } from 'node:crypto';
import { outlook, rearmed, type AlarmEnv, type KernelEvent, type Outlook } from '../domain/kernel/alarms.ts';
import { limitRows, type LimitRow } from '../domain/kernel/limit-rows.ts';
import type { Actor, Consequence, Facts, Moment, Policy, Summary, Typed } from '../domain/kernel/process.ts';
import type { AnyProcess } from './deps.ts';
import { afterEntry, foldHash, type Cause, type EntryContent, type Fold, type Versions } from './entry.ts';
import { seal, type SealedEntry } from './journal.ts';
import type { InForce } from './office.ts';

/** Where the case stands before the step; `seq` 0 and the genesis head before it is opened. */
export interface Before {
  readonly caseId: string;
  readonly seq: number;
  readonly head: string;
  readonly fold: Fold;
}

export interface Circumstance {
  readonly cause: Cause;
  readonly actor: Actor;
  readonly now: number;
  readonly received: number;
  readonly facts: Facts;
  readonly inForce: InForce;
  readonly build: string;
}

export interface Step {
  readonly caseId: string;
  readonly kind: string;
  readonly sealed: SealedEntry;
  readonly content: EntryContent;
  readonly fold: Fold;
  readonly summary: Summary;
  readonly outlook: Outlook;
  readonly limits: readonly LimitRow[];
  readonly consequences: readonly Consequence[];
  readonly process: AnyProcess;
}

export const versionsOf = (inForce: InForce): Versions => ({
  rules: inForce.rules.hash,
  calendar: inForce.calendar.hash,
  policy: inForce.policy.hash,
  ladders: Object.fromEntries([...inForce.ladders].map(([name, { hash }]) => [name, hash])),
});

/** Start of the office's sending hours, milliseconds after local midnight. */
function sendingStartOf(policy: Policy): number {
  const { from } = policy.value<{ from: string; to: string }>('notices.sendingHours');
  const [hours, minutes] = from.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}

/** A case's place in the spread of its reminders, 0 … 1: the same for ever, different from its neighbours'. */
export function spreadOf(caseId: string): number {
  return createHash('sha256').update(caseId).digest().readUInt32BE(0) / 2 ** 32;
}

export function alarmEnv(
  inForce: Pick<InForce, 'rules' | 'calendar' | 'ladders' | 'policy'>,
  caseId: string,
): AlarmEnv {
  const { rules, calendar, ladders, policy } = inForce;
  return { rules, calendar, ladders, sendingStartMs: sendingStartOf(policy), spread: spreadOf(caseId) };
}

export function momentOf(caseId: string, circumstance: Circumstance): Moment {
  const { actor, now, received, facts, inForce } = circumstance;
  return {
    caseId,
    actor,
    now,
    received,
    facts,
    rules: inForce.rules,
    calendar: inForce.calendar,
    policy: inForce.policy,
  };
}

/**
 * The case after `events` (and `kernel`, the rungs that fired), re-armed against what is in force. A closed case has no
 * clocks: its armings stay as they were.
 */
export function step(
  process: AnyProcess,
  before: Before,
  circumstance: Circumstance,
  events: readonly Typed[],
  fired: readonly KernelEvent[] = [],
): Step {
  const { cause, actor, now, received, facts, inForce, build } = circumstance;
  const env = alarmEnv(inForce, before.caseId);
  const decided = afterEntry(process, before.fold, { events, kernel: fired });
  const clocks = process.clocks(decided.state);
  const summary = process.summary(decided.state);
  const closed = summary.closedAs !== undefined;
  const armed = closed ? [] : rearmed(clocks, decided.armings, env, now);
  const fold = afterEntry(process, decided, { events: [], kernel: armed });
  const content: EntryContent = {
    v: 1,
    kind: process.kind,
    cause,
    actor,
    at: now,
    received,
    events,
    kernel: [...fired, ...armed],
    facts,
    versions: versionsOf(inForce),
    revision: process.revision,
    stateVersion: process.stateVersion,
    build,
    state: foldHash(fold),
  };
  const moment = momentOf(before.caseId, circumstance);
  return {
    caseId: before.caseId,
    kind: process.kind,
    process,
    sealed: seal(before.caseId, before.seq + 1, now, before.head, content),
    content,
    fold,
    summary,
    outlook: outlook(closed ? [] : clocks, fold.armings, env),
    limits: limitRows(clocks, env),
    consequences: events.flatMap((event) => process.consequences(event, decided.state, moment)),
  };
}
