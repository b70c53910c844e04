/**
 * Inserts new cases set-based, in the caller's transaction, sorted by key; existing ones are left as they are. What the
 * new ones set off in turn is answered, not written: `consequences.ts` does that.
 */
import type pg from 'pg';
import type { Actor, Typed } from '../domain/kernel/process.ts';
import type { Caused } from './caused.ts';
import { processOf, type CasesDeps } from './deps.ts';
import { EMPTY } from './entry.ts';
import { readFacts } from './facts.ts';
import { GENESIS } from './journal.ts';
import type { InForce } from './office.ts';
import { recordRefusal } from './refusals.ts';
import { momentOf, step, type Circumstance, type Step } from './step.ts';
import { sealCommand, storeTexts } from './texts.ts';
import { insertCases } from './write.ts';

export interface Opening {
  readonly kind: string;
  readonly key: string;
  readonly command: Typed;
  readonly actor: Actor;
  readonly at: number;
}

export interface Opened {
  readonly caseId: string;
  readonly result: 'opened' | 'existed' | 'refused';
  readonly code?: string;
}

export const caseIdOf = (kind: string, key: string): string => `${kind}/${key}`;

export interface Openings {
  readonly results: readonly Opened[];
  readonly caused: readonly Caused[];
}

export async function insertOpenings(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  openings: readonly Opening[],
): Promise<Openings> {
  if (openings.length === 0) return { results: [], caused: [] };
  const unique = [...new Map(openings.map((opening) => [caseIdOf(opening.kind, opening.key), opening])).entries()].sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  const facts = await readFacts(
    client,
    unique.flatMap(([, { kind, command }]) => processOf(deps, kind).needs(undefined, command)),
  );
  const steps: Step[] = [];
  const texts = new Map<string, ReturnType<typeof sealCommand>['texts']>();
  const refusals = new Map<string, string>();
  for (const [caseId, { kind, command, actor, at }] of unique) {
    const process = processOf(deps, kind);
    const sealed = sealCommand(command, process.texts);
    const own = Object.fromEntries(
      process.needs(undefined, command).map(({ of, id }) => [`${of}/${id}`, facts[`${of}/${id}`] ?? null]),
    );
    const cause = { type: 'command', command: sealed.command, key: caseId } as const;
    const circumstance: Circumstance = { cause, actor, now: at, received: at, facts: own, inForce, build: deps.build };
    const decision = process.decide(undefined, sealed.command, momentOf(caseId, circumstance));
    if ('refused' in decision) {
      refusals.set(caseId, decision.refused.code);
      await recordRefusal(client, { caseId, actor, command: command.type, refusal: decision.refused, at });
      continue;
    }
    texts.set(caseId, sealed.texts);
    steps.push(step(process, { caseId, seq: 0, head: GENESIS, fold: EMPTY }, circumstance, decision.events));
  }
  const opened = await insertCases(client, steps);
  const fresh = steps.filter(({ caseId }) => opened.has(caseId));
  for (const { caseId } of fresh) await storeTexts(client, caseId, texts.get(caseId) ?? []);
  const results = unique.map(([caseId]): Opened => {
    const code = refusals.get(caseId);
    if (code !== undefined) return { caseId, result: 'refused', code };
    return { caseId, result: opened.has(caseId) ? 'opened' : 'existed' };
  });
  const caused = fresh.map(({ caseId, sealed, content, consequences }) => ({
    cause: { chain: caseId, seq: sealed.seq, at: sealed.at, actor: content.actor },
    consequences,
  }));
  return { results, caused };
}
