/** Opens one case at a person's command, once a key and once a case. */
import type { Actor, Refusal, Typed } from '../domain/kernel/process.ts';
import { answerOf, claimKey, storeAnswer, type Answer } from './apply.ts';
import { writeConsequences } from './consequences.ts';
import { processOf, readClock, type CasesDeps } from './deps.ts';
import { EMPTY } from './entry.ts';
import { readFacts } from './facts.ts';
import { GENESIS } from './journal.ts';
import { newestPublication } from './office.ts';
import { caseIdOf } from './open-many.ts';
import { recordRefusal } from './refusals.ts';
import { momentOf, step, type Circumstance } from './step.ts';
import { sealCommand, storeTexts } from './texts.ts';
import { inTransaction } from './transaction.ts';
import { insertCases } from './write.ts';
import type pg from 'pg';

export interface NewCase {
  readonly kind: string;
  readonly key: string;
  readonly command: Typed;
  readonly idempotencyKey: string;
  readonly actor: Actor;
  readonly received?: number;
}

/** `beside` writes what must exist with the case, in the same transaction, before it: a frozen plan, an intake record. */
export async function openCase(
  deps: CasesDeps,
  opening: NewCase,
  beside?: (client: pg.ClientBase) => Promise<void>,
): Promise<Answer> {
  return inTransaction(deps.pool, async (client) => {
    const { kind, key, command, idempotencyKey, actor } = opening;
    const caseId = caseIdOf(kind, key);
    const claim = { actor: actor.person, key: idempotencyKey, subject: caseId, body: command };
    const repeated = await claimKey(client, claim);
    if (repeated !== null) return repeated;
    const process = processOf(deps, kind);
    const inForce = await deps.office.inForce(client, await newestPublication(client));
    const { command: sealed, texts } = sealCommand(command, process.texts);
    const facts = await readFacts(client, process.needs(undefined, sealed));
    const now = await readClock(deps, client);
    const cause = { type: 'command', command: sealed, key: idempotencyKey } as const;
    const circumstance: Circumstance = {
      cause,
      actor,
      now,
      received: opening.received ?? now,
      facts,
      inForce,
      build: deps.build,
    };
    const refuse = async (refusal: Refusal): Promise<Answer> => {
      await recordRefusal(client, { caseId, actor, command: command.type, refusal, at: now });
      const answer: Answer = { ok: false, caseId, refusal };
      await storeAnswer(client, { actor: actor.person, key: idempotencyKey, answer });
      return answer;
    };
    const decision = process.decide(undefined, sealed, momentOf(caseId, circumstance));
    if ('refused' in decision) return refuse(decision.refused);
    const done = step(process, { caseId, seq: 0, head: GENESIS, fold: EMPTY }, circumstance, decision.events);
    const opened = await insertCases(client, [done]);
    if (!opened.has(caseId)) return refuse({ code: 'already-open' });
    await beside?.(client);
    await storeTexts(client, caseId, texts);
    await writeConsequences(client, deps, inForce, { chain: caseId, seq: 1, at: now, actor }, done.consequences);
    const answer = answerOf(done);
    await storeAnswer(client, { actor: actor.person, key: idempotencyKey, answer });
    await client.query("SELECT pg_notify('zhaodan', 'work')");
    return answer;
  });
}
