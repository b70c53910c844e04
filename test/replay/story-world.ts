/** A town of three cadres on a real database, whose people say things and whose alarms fire at their minute. */
import { apply } from '../../cases/apply.ts';
import { readCase } from '../../cases/case-row.ts';
import { processOf } from '../../cases/deps.ts';
import { afterEntry, EMPTY, parseEntry, type Fold } from '../../cases/entry.ts';
import { readFacts } from '../../cases/facts.ts';
import { fire } from '../../cases/fire.ts';
import { keepOnce } from '../../cases/keeper.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { readEntries } from '../../cases/refold.ts';
import { versionsOf } from '../../cases/step.ts';
import { confirmCycle } from '../../cases/supervision/confirm.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { sealCommand } from '../../cases/texts.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { SYSTEM, type Actor, type Typed } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import type { CycleRequest } from '../../domain/supervision/cycle-request.ts';
import { caseWorld, shanghai, type CaseWorld } from '../support/case-world.ts';
import { keepContents } from './golden-contents.ts';
import { answered, type GoldenEntry, type GoldenJournal, type GoldenRefusal } from './golden-journal.ts';
import { GENESIS } from '../../cases/journal.ts';

/** A command as it comes in at the door: text of people still plain. */
export type Said = Typed & { readonly [field: string]: unknown };

export interface StoryWorld {
  readonly cases: CaseWorld;
  /** Time runs to a local instant; every alarm on the way fires when it is due. */
  readonly until: (local: string) => Promise<void>;
  readonly register: (...changes: RegisterChange[]) => Promise<void>;
  readonly kickOff: (request: CycleRequest, actor: Actor) => Promise<void>;
  readonly says: (actor: Actor, caseId: string, command: Said) => Promise<void>;
  /** The case must refuse with this code; the refusal becomes part of its golden journal. */
  readonly isRefused: (actor: Actor, caseId: string, command: Said, code: string) => Promise<void>;
  readonly journalOf: (caseId: string) => Promise<GoldenJournal>;
  readonly close: () => Promise<void>;
}

export async function storyWorld(start: string): Promise<StoryWorld> {
  const cases = await caseWorld({ start });
  const { deps, pool } = cases;
  const refusals = new Map<string, GoldenRefusal[]>();
  const work = caseWorker(deps);
  /** Work that asked to be looked at again, by case and instant, as its driver would. */
  const again = new Map<string, number>();
  let keys = 0;
  const key = (): string => `story-${String((keys += 1))}`;

  /** Everything that waits at this instant: inboxes, recounts, drivers that were woken and what they then do. */
  async function settle(): Promise<void> {
    for (;;) {
      await keepOnce(deps, cases.drivers);
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM cases WHERE closed_at IS NULL AND next_alarm_at <= $1 ORDER BY next_alarm_at, id',
        [cases.clock.now],
      );
      const waited = [...again].filter(([, at]) => at <= cases.clock.now).map(([id]) => id);
      const woken = cases.woken.splice(0).map(({ caseId }) => caseId);
      const due = [...new Set([...woken, ...waited, ...rows.map(({ id }) => id)])].sort();
      if (due.length === 0) return;
      for (const caseId of due) await drive(caseId);
    }
  }

  async function drive(caseId: string): Promise<void> {
    again.delete(caseId);
    for (;;) {
      const wake = await fire(deps, caseId);
      if (wake.closed || wake.work === null) return;
      const againMs = await work(caseId, wake.work, () => undefined);
      if (againMs === 0) continue;
      again.set(caseId, cases.clock.now + againMs);
      return;
    }
  }

  async function answerOf(actor: Actor, caseId: string, command: Said) {
    const answer = await apply(deps, command, { caseId, key: key(), actor });
    await settle();
    return answer;
  }

  return {
    cases,
    async until(local) {
      const target = shanghai(local);
      for (;;) {
        await settle();
        const { rows } = await pool.query<{ at: string | null }>(
          'SELECT min(next_alarm_at) AS at FROM cases WHERE closed_at IS NULL',
        );
        const next = Math.min(Number(rows[0]?.at ?? Infinity), ...again.values());
        if (next > target) break;
        cases.at(next);
      }
      cases.at(target);
      await settle();
    },
    async register(...changes) {
      const answer = await changeRegister(deps, changes, { actor: SYSTEM, key: key() });
      if (!answer.ok) throw new Error(`the register refused: ${JSON.stringify(answer.refusal)}`);
      await settle();
    },
    async kickOff(request, actor) {
      const preview = await previewCycle(deps, request, actor);
      if ('refused' in preview) throw new Error(preview.refused.code);
      const confirmed = await confirmCycle(deps, { hash: preview.hash, key: key(), actor });
      if (!confirmed.ok) throw new Error(confirmed.refusal.code);
      await settle();
    },
    async says(actor, caseId, command) {
      const answer = await answerOf(actor, caseId, command);
      if (!answer.ok) throw new Error(`${caseId} refused ${command.type}: ${JSON.stringify(answer.refusal)}`);
    },
    async isRefused(actor, caseId, command, code) {
      const { kind, seq, state } = await readCase(pool, caseId);
      const process = processOf(deps, kind);
      const sealed = sealCommand<Typed>(command, process.texts).command;
      const { facts, inForce } = await inTransaction(pool, async (client) => ({
        facts: await readFacts(client, process.needs(state, sealed)),
        inForce: await deps.office.inForce(client),
      }));
      const answer = await answerOf(actor, caseId, command);
      if (answer.ok || answer.refusal.code !== code) {
        throw new Error(
          `${caseId} answered ${command.type} with ${answer.ok ? 'ok' : answer.refusal.code}, not with ${code}`,
        );
      }
      const refusal = {
        after: seq,
        command: sealed,
        actor,
        now: cases.clock.now,
        facts,
        versions: versionsOf(inForce),
        refused: answer.refusal,
      };
      refusals.set(caseId, [...(refusals.get(caseId) ?? []), refusal]);
    },
    async journalOf(caseId) {
      const stored = await readEntries(pool, caseId);
      const { kind } = await readCase(pool, caseId);
      const process = processOf(deps, kind);
      const contents = stored.map(({ body }) => parseEntry(body));
      const refused = refusals.get(caseId) ?? [];
      await keepContents(pool, [
        ...contents.map(({ versions }) => versions),
        ...refused.map(({ versions }) => versions),
      ]);
      let fold: Fold = EMPTY;
      let previous = GENESIS;
      const entries = stored.map(({ seq, hash, body }): GoldenEntry => {
        const entry = parseEntry(body);
        const again = answered(process, caseId, seq, previous, fold, entry);
        if (again?.body !== body) throw new Error(`${caseId} ${String(seq)} is decided otherwise at once`);
        const { consequences, summary, nextAlarmAt } = again;
        fold = afterEntry(process, fold, entry);
        previous = hash;
        return { hash, entry, consequences, summary, nextAlarmAt };
      });
      return { chain: caseId, revision: process.revision, entries, refusals: refused };
    },
    close: () => cases.close(),
  };
}
