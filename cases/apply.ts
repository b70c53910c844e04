/** The one way a person changes a case: one transaction, one entry, one answer a key (architecture §3.3). */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '../domain/kernel/journal.ts';
import type { Actor, Refusal, Summary, Typed } from '../domain/kernel/process.ts';
import { instantOf, lockCase, type CaseRow } from './case-row.ts';
import { writeConsequences } from './consequences.ts';
import { KeyReused, NewerState, processOf, type AnyProcess, type CasesDeps } from './deps.ts';
import type { Cause, Fold } from './entry.ts';
import { readFacts } from './facts.ts';
import { mustBeUnmoved } from './moved.ts';
import type { InForce } from './office.ts';
import { recordRefusal } from './refusals.ts';
import { refold } from './refold.ts';
import { momentOf, step, type Circumstance, type Step } from './step.ts';
import { sealCommand, storeTexts } from './texts.ts';
import { inTransaction } from './transaction.ts';
import { writeStep, type StoredAnswer } from './write.ts';

export type Answer =
  | {
      readonly ok: true;
      readonly caseId: string;
      readonly seq: number;
      readonly at: number;
      readonly head: string;
      readonly events: readonly Typed[];
      readonly summary: Summary;
    }
  | { readonly ok: false; readonly caseId: string; readonly refusal: Refusal };

export interface Target {
  readonly caseId: string;
  /** The caller's idempotency key, unique for the acting person. */
  readonly key: string;
  readonly actor: Actor;
  /** When the API received the request; the clock under the lock when absent. */
  readonly received?: number;
  /** The last entry the person saw; what happened since is looked at before anything is decided. */
  readonly seen?: number;
  /** Writes what must stand with the entry, in its transaction, once the command was accepted. */
  readonly beside?: (client: pg.ClientBase) => Promise<void>;
}

/**
 * Gives a case a command. A refusal is an answer, kept and repeated like any other; faults throw: `UnknownCase`,
 * `KeyReused`, `NewerState`, `CaseMoved`, `Busy`.
 */
export async function apply(deps: CasesDeps, command: Typed, target: Target): Promise<Answer> {
  return inTransaction(deps.pool, async (client) => {
    const { actor, caseId, key } = target;
    const repeated = await claimKey(client, { actor: actor.person, key, subject: caseId, body: command });
    if (repeated !== null) return repeated;
    const row = await lockCase(client, caseId);
    if (target.seen !== undefined) await mustBeUnmoved(client, row, target.seen);
    const process = processOf(deps, row.kind);
    const fold = await foldOf(client, process, row);
    const now = await instantOf(deps, client, row);
    const inForce = await deps.office.inForce(client, row.publication);
    const { command: sealed, texts } = sealCommand(command, process.texts);
    const facts = await readFacts(client, process.needs(fold.state, sealed));
    const cause: Cause = { type: 'command', command: sealed, key };
    const circumstance: Circumstance = {
      cause,
      actor,
      now,
      received: target.received ?? now,
      facts,
      inForce,
      build: deps.build,
    };
    const decision = process.decide(fold.state, sealed, momentOf(caseId, circumstance));
    if ('refused' in decision) {
      const answer: Answer = { ok: false, caseId, refusal: decision.refused };
      await recordRefusal(client, { caseId, actor, command: command.type, refusal: decision.refused, at: now });
      await storeAnswer(client, { actor: actor.person, key, answer });
      return answer;
    }
    await storeTexts(client, caseId, texts);
    await target.beside?.(client);
    const done = step(process, { caseId, seq: row.seq, head: row.head, fold }, circumstance, decision.events);
    const answer = answerOf(done);
    await commitStep(client, deps, inForce, row, done, { answer: { actor: actor.person, key, answer } });
    return answer;
  });
}

export const answerOf = ({ caseId, sealed, content, summary }: Step): Answer => ({
  ok: true,
  caseId,
  seq: sealed.seq,
  at: sealed.at,
  head: sealed.hash,
  events: content.events,
  summary,
});

/**
 * Writes a step of an existing case with its consequences. The driver is woken when the next alarm moved or the case
 * closed, unless it is the driver that asks: it hears so in the answer, and a signal would only make it ask again.
 */
export async function commitStep(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  row: Pick<CaseRow, 'nextAlarmAt' | 'closedAt'>,
  done: Step,
  { answer, driverAsks = false }: { readonly answer?: StoredAnswer; readonly driverAsks?: boolean } = {},
): Promise<void> {
  const closes = (row.closedAt !== null) !== (done.summary.closedAs !== undefined);
  const works = done.process.work?.(done.fold.state) ?? null;
  const wake = !driverAsks && (closes || row.nextAlarmAt !== done.outlook.nextAlarmAt || works !== null);
  await writeStep(client, done, wake, answer);
  const { sealed, content, consequences } = done;
  await writeConsequences(
    client,
    deps,
    inForce,
    { chain: sealed.chain, seq: sealed.seq, at: sealed.at, actor: content.actor },
    consequences,
  );
  if (wake) await client.query("SELECT pg_notify('zhaodan', 'work')");
}

/** The case's fold as stored, refolded from the journal when it was stored by another shape of state. */
export async function foldOf(client: pg.ClientBase, process: AnyProcess, row: CaseRow): Promise<Fold> {
  if (row.stateVersion > process.stateVersion) throw new NewerState(row.id, row.stateVersion, process.stateVersion);
  if (row.stateVersion < process.stateVersion) return refold(client, process, row.id);
  return { state: row.state, armings: row.armings };
}

/** What a key claims: the same person, key and body is the same command. */
export interface KeyClaim {
  readonly actor: string;
  readonly key: string;
  readonly subject: string;
  readonly body: unknown;
}

/**
 * Takes the key, or waits for the one that has it. `null`: it is ours. Otherwise the stored answer of the same command;
 * another command under the same key throws `KeyReused`.
 */
export async function claimKey<A = Answer>(
  client: pg.ClientBase,
  { actor, key, subject, body }: KeyClaim,
): Promise<A | null> {
  const fingerprint = createHash('sha256').update(canonical({ subject, body })).digest('hex');
  const { rowCount } = await client.query({
    name: 'claim-key',
    text: `INSERT INTO commands (actor, key, fingerprint, case_id, at)
           VALUES ($1, $2, $3, $4, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) ON CONFLICT DO NOTHING`,
    values: [actor, key, fingerprint, subject],
  });
  if (rowCount === 1) return null;
  const { rows } = await client.query<{ fingerprint: string; answer: A | null }>({
    name: 'stored-answer',
    text: 'SELECT fingerprint, answer FROM commands WHERE actor = $1 AND key = $2',
    values: [actor, key],
  });
  const stored = rows[0];
  if (stored?.fingerprint !== fingerprint || stored.answer === null) throw new KeyReused();
  return stored.answer;
}

export async function storeAnswer(client: pg.ClientBase, { actor, key, answer }: StoredAnswer): Promise<void> {
  await client.query({
    name: 'store-answer',
    text: 'UPDATE commands SET answer = $3::jsonb WHERE actor = $1 AND key = $2',
    values: [actor, key, JSON.stringify(answer)],
  });
}
