/**
 * The one way the register changes: a batch in one transaction, one entry a chain, the tables, and what it sets off in
 * running work. Knows no rule; `domain/register` says what is allowed and what follows.
 */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/civil-day.ts';
import { SYSTEM, type Actor, type Consequence, type Refusal } from '../../domain/kernel/process.ts';
import { amend } from '../../domain/register/amend.ts';
import { chainsOf, referencesOf, type RegisterChange, type RegisterProblem } from '../../domain/register/change.ts';
import { Draft } from '../../domain/register/draft.ts';
import { effectsOfBatch, type Effect } from '../../domain/register/effects.ts';
import { expand, impliesMore } from '../../domain/register/expand.ts';
import { claimKey, storeAnswer } from '../apply.ts';
import type { Caused } from '../caused.ts';
import { writeAllConsequences } from '../consequences.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import type { SealedEntry } from '../journal.ts';
import type { InForce } from '../office.ts';
import { recordRefusal } from '../refusals.ts';
import { inTransaction } from '../transaction.ts';
import { dataOf, ensureChains, lockChains, writeEntries, type Chain, type Written } from './chains.ts';
import { lockRows, writePersons, writeProjections } from './projections.ts';
import { readRunningWork } from './running-work.ts';
import { namedIds, readSlice } from './slice.ts';

/** How the key of a register batch is filed beside those of cases. */
export const REGISTER = 'register';

/** An answer lists at most this many chains; `written` counts them all. */
const LISTED = 100;

export type RegisterAnswer =
  | {
      readonly ok: true;
      readonly at: number;
      /** How many chains got an entry. */
      readonly written: number;
      readonly entries: readonly { readonly chain: string; readonly seq: number; readonly head: string }[];
      /** Odd but allowed by district policy. */
      readonly warnings: readonly RegisterProblem[];
      /** What it set off in running work, by what and for which kind or case. */
      readonly opened: readonly string[];
      readonly told: readonly string[];
    }
  /** Nothing was written; `details.index` counts the changes of the batch, as expanded, from 0. */
  | { readonly ok: false; readonly refusal: Refusal };

export interface Change {
  readonly actor: Actor;
  /** The caller's idempotency key, unique for the acting person. */
  readonly key: string;
  /** The day the batch takes effect in the office's books; the day it is written unless given. Each change has its own. */
  readonly effectiveOn?: string;
}

/** Changes the register. All or nothing; a refusal is an answer. Faults throw: `KeyReused`, `Busy`. */
export function changeRegister(
  deps: CasesDeps,
  changes: readonly RegisterChange[],
  change: Change,
): Promise<RegisterAnswer> {
  return inTransaction(deps.pool, (client) => changeRegisterIn(client, deps, changes, change));
}

/** The same in the caller's transaction, for an import that confirms itself with it. */
export async function changeRegisterIn(
  client: pg.ClientBase,
  deps: CasesDeps,
  changes: readonly RegisterChange[],
  { actor, key, effectiveOn }: Change,
): Promise<RegisterAnswer> {
  const body = { changes, effectiveOn: effectiveOn ?? null };
  const repeated = await claimKey<RegisterAnswer>(client, { actor: actor.person, key, subject: REGISTER, body });
  if (repeated !== null) return repeated;
  await client.query('SAVEPOINT register_change');
  const answer = await attempt(client, deps, changes, {
    actor,
    key,
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
  });
  if (!answer.ok) {
    await client.query('ROLLBACK TO SAVEPOINT register_change');
    const at = await readClock(deps, client);
    await recordRefusal(client, { caseId: REGISTER, actor, command: 'change-register', refusal: answer.refusal, at });
  }
  await storeAnswer(client, { actor: actor.person, key, answer });
  return answer;
}

async function attempt(
  client: pg.ClientBase,
  deps: CasesDeps,
  asked: readonly RegisterChange[],
  { actor, key, effectiveOn }: Change,
): Promise<RegisterAnswer> {
  if (asked.length === 0) return { ok: false, refusal: { code: 'nothing-to-change' } };
  const changes = await expanded(client, asked);
  const chains = await lockAll(client, changes);
  const ids = namedIds(changes);
  await lockRows(client, ids.posts, ids.subjects);
  const before = new Draft(await readSlice(client, ids));
  const inForce = await deps.office.inForce(client);
  const at = Math.max(await readClock(deps, client), ...lastInstants(chains));
  const today = localDate(at);

  const classMismatch = inForce.policy.value<'refuse' | 'warn'>('register.classMismatch');
  const amended = amend(before, changes, { today, classMismatch });
  if (!amended.ok) return refusalOf(amended.problem);

  const writing = { at, effectiveOn: effectiveOn ?? today, actor, key, build: deps.build };
  const written = await writeEntries(client, chains, changes, writing);
  await writePersons(client, dataOf(changes));
  await writeProjections(client, before, amended.after);
  const running = await readRunningWork(client, ids, amended.after, today);
  const { policy } = inForce;
  const context = {
    before,
    after: amended.after,
    running,
    today,
    pledgeVersion: policy.value<string>('pledge.version'),
    onSiteRisks: policy.value<readonly string[]>('supervision.onSiteRisks'),
    reportedSince: firstDayOf(inForce, 'BB-01') ?? today,
    leavesTime: (toOn: string) =>
      inForce.calendar.workingDaysBetween(today, toOn) >= policy.value<number>('supervision.lateJoinerMinWorkingDays'),
  };
  const effects = effectsOfBatch(changes, context);
  await setOff(client, deps, inForce, written, effects);
  return answerOf(at, written.entries, amended.warnings, effects);
}

const firstDayOf = ({ rules }: InForce, id: string): string | undefined =>
  rules.rules.flatMap((rule) => (rule.id === id ? [rule.inForceFrom] : [])).sort()[0];

async function expanded(client: pg.ClientBase, changes: readonly RegisterChange[]): Promise<readonly RegisterChange[]> {
  if (!changes.some(impliesMore)) return changes;
  return expand(changes, new Draft(await readSlice(client, namedIds(changes))));
}

async function lockAll(client: pg.ClientBase, changes: readonly RegisterChange[]): Promise<ReadonlyMap<string, Chain>> {
  const touched = [...new Set(changes.flatMap(chainsOf))];
  await ensureChains(client, touched);
  return lockChains(client, [...new Set([...touched, ...changes.flatMap(referencesOf)])]);
}

const lastInstants = (chains: ReadonlyMap<string, Chain>): readonly number[] => [
  [...chains.values()].reduce((last, { lastAt }) => Math.max(last, lastAt), 0),
];

const refusalOf = ({ code, index, details }: RegisterProblem): RegisterAnswer => ({
  ok: false,
  refusal: { code, details: { ...details, index } },
});

/** Consequences grouped by the entry they hang on; the office itself acts on them, whoever made the change. */
async function setOff(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  { causeOf }: Written,
  effects: readonly Effect[],
): Promise<void> {
  const byEntry = new Map<SealedEntry, Consequence[]>();
  for (const { index, consequence } of effects) {
    const entry = causeOf[index];
    if (entry === undefined) throw new Error(`change ${String(index)} has no entry`);
    const group = byEntry.get(entry);
    if (group === undefined) byEntry.set(entry, [consequence]);
    else group.push(consequence);
  }
  const caused: Caused[] = [...byEntry].map(([{ chain, seq, at }, consequences]) => ({
    cause: { chain, seq, at, actor: SYSTEM },
    consequences,
  }));
  await writeAllConsequences(client, deps, inForce, caused);
}

function answerOf(
  at: number,
  entries: readonly SealedEntry[],
  warnings: readonly RegisterProblem[],
  effects: readonly Effect[],
): RegisterAnswer {
  return {
    ok: true,
    at,
    written: entries.length,
    entries: entries.slice(0, LISTED).map(({ chain, seq, hash }) => ({ chain, seq, head: hash })),
    warnings: warnings.slice(0, LISTED),
    opened: effects.flatMap(({ consequence: c }) => (c.does === 'open' ? [`${c.kind}/${c.key}`] : [])).slice(0, LISTED),
    told: effects.flatMap(({ consequence: c }) => (c.does === 'tell' ? [c.caseId] : [])).slice(0, LISTED),
  };
}
