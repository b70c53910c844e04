/**
 * An entry, decided again by this build from the same state, command, moment and content. Touches no database: who asks
 * brings what was in force.
 */
import { rearmed, reached, type KernelEvent } from '../domain/kernel/alarms.ts';
import { ANNULLED, type Lapse, type Refusal, type Typed } from '../domain/kernel/process.ts';
import type { AnyProcess } from './deps.ts';
import type { EntryContent, Fold } from './entry.ts';
import type { InForce } from './office.ts';
import { alarmEnv, momentOf, step, type Circumstance, type Step } from './step.ts';

/**
 * The step this build takes from `before`; its `sealed.body` is the entry's body if nothing changed. A refusal: this build
 * would not have written the entry.
 */
export function decidedAgain(
  process: AnyProcess,
  before: Fold,
  { chain, seq, previous }: { readonly chain: string; readonly seq: number; readonly previous: string },
  { cause, actor, at, received, facts, build }: EntryContent,
  inForce: InForce,
): Step | { readonly refused: Refusal } {
  const circumstance: Circumstance = { cause, actor, now: at, received, facts, inForce, build };
  const again = decisionAgain(process, before, chain, circumstance);
  if ('refused' in again) return again;
  return step(
    process,
    { caseId: chain, seq: seq - 1, head: previous, fold: before },
    circumstance,
    again.events,
    again.kernel,
  );
}

interface Decided {
  readonly events: readonly Typed[];
  readonly kernel: readonly KernelEvent[];
}

function decisionAgain(
  process: AnyProcess,
  before: Fold,
  caseId: string,
  circumstance: Circumstance,
): Decided | { readonly refused: Refusal } {
  const { cause, now, inForce } = circumstance;
  const moment = momentOf(caseId, circumstance);
  const decide = (command: Typed | Lapse) => process.decide(before.state, command, moment);
  const env = alarmEnv(inForce, caseId);
  switch (cause.type) {
    case 'command':
    case 'told': {
      const decision = decide(cause.command);
      return 'refused' in decision ? decision : { events: decision.events, kernel: [] };
    }
    case 'lapse': {
      const decision = decide(cause.lapse);
      if ('refused' in decision) return decision;
      const next = reached(process.clocks(before.state), before.armings, env, now);
      return { events: decision.events, kernel: next === null ? [] : [...next.overtaken, next.fired] };
    }
    case 'recount': {
      // As the recount does: a process that does not answer an annulment writes nothing about it.
      const events = rearmed(process.clocks(before.state), before.armings, env, now).flatMap((event) => {
        if (event.type !== 'breach-annulled') return [];
        const decision = decide({
          type: 'lapse',
          clock: event.clock,
          arming: event.arming,
          rung: ANNULLED,
          reachedAt: now,
        });
        return 'events' in decision ? decision.events : [];
      });
      return { events, kernel: [] };
    }
  }
}
