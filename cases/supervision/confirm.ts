/**
 * Kicking a cycle off: confirms exactly what was shown, freezes the plan and opens the cycle; its driver then opens the
 * rounds page by page. For a cycle that runs already the same confirmation adds its late joiners.
 */
import type pg from 'pg';
import type { Actor, Typed } from '../../domain/kernel/process.ts';
import { requestedCycle, type CycleRequest } from '../../domain/supervision/cycle-request.ts';
import { apply, type Answer } from '../apply.ts';
import type { CasesDeps } from '../deps.ts';
import { openCase } from '../open.ts';
import { inTransaction } from '../transaction.ts';
import { plan, planRows, type Preview } from './preview.ts';

export interface Confirmation {
  /** The preview's hash. */
  readonly hash: string;
  readonly key: string;
  readonly actor: Actor;
  readonly received?: number;
  /** Why late joiners are added; needed for a cycle that runs. */
  readonly reason?: string;
}

/** Refuses `preview-unknown`, and `preview-outdated` when the register has moved since the preview was shown. */
export async function confirmCycle(
  deps: CasesDeps,
  { hash, key, actor, received, reason }: Confirmation,
): Promise<Answer> {
  const request = await requestOf(deps.pool, hash);
  const requested = request === null ? null : requestedCycle(request);
  if (requested === null || 'refused' in requested) return refusal('', 'preview-unknown');
  const caseId = `cycle/${requested.key}`;
  const answered = await earlierAnswer(deps.pool, actor.person, key);
  if (answered !== null) return answered;
  const now = await inTransaction(deps.pool, (client) => plan(client, deps, requested), [
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ',
  ]);
  if (now.hash !== hash) return refusal(caseId, 'preview-outdated');
  const target = { actor, ...(received === undefined ? {} : { received }) };
  if (now.running) return addLate(deps, caseId, now, { ...target, key, reason: reason ?? '补充新增包保任务' });
  const { plan: planned, title } = now;
  const command = {
    type: 'open',
    title,
    period: planned.period,
    scope: planned.scope,
    planHash: hash,
    rounds: planned.totals.rounds,
    visits: planned.totals.visits,
    provisional: planned.provisional,
  };
  const opening = { kind: 'cycle', key: requested.key, command, idempotencyKey: key, ...target };
  return openCase(deps, opening, (client) => freezePlan(client, caseId, now, 1));
}

/** Rounds name their cycle by its key. */
export const cycleKeyOf = (caseId: string): string => caseId.slice('cycle/'.length);

const refusal = (caseId: string, code: string): Answer => ({ ok: false, caseId, refusal: { code } });

async function requestOf(pool: pg.Pool, hash: string): Promise<CycleRequest | null> {
  const { rows } = await pool.query<{ scope: CycleRequest }>('SELECT scope FROM cycle_previews WHERE hash = $1', [
    hash,
  ]);
  return rows[0]?.scope ?? null;
}

/** A confirmation repeated after the cycle opened must not be compared with today's register. */
async function earlierAnswer(pool: pg.Pool, person: string, key: string): Promise<Answer | null> {
  const { rows } = await pool.query<{ answer: Answer | null }>(
    'SELECT answer FROM commands WHERE actor = $1 AND key = $2',
    [person, key],
  );
  return rows[0]?.answer ?? null;
}

/** Only rounds that do not exist yet; the plan grows at its end. */
async function addLate(
  deps: CasesDeps,
  caseId: string,
  preview: Preview,
  { actor, key, received, reason }: { actor: Actor; key: string; received?: number; reason: string },
): Promise<Answer> {
  const rows = preview.plan.rows.filter(({ problems }) => !problems.some(({ code }) => code === 'already-in-period'));
  const late: Preview = { ...preview, plan: { ...preview.plan, rows } };
  const visits = rows.reduce((sum, row) => sum + row.visits.length, 0);
  const command = { type: 'add-late', planHash: preview.hash, rounds: rows.length, visits, reason };
  return apply(deps, command, {
    caseId,
    key,
    actor,
    ...(received === undefined ? {} : { received }),
    beside: async (client) => {
      const { rows: last } = await client.query<{ n: number | null }>(
        'SELECT max(ordinal) AS n FROM cycle_plan WHERE cycle_id = $1',
        [caseId],
      );
      await freezePlan(client, caseId, late, (last[0]?.n ?? 0) + 1);
    },
  });
}

async function freezePlan(
  client: pg.ClientBase,
  caseId: string,
  preview: Preview,
  firstOrdinal: number,
): Promise<void> {
  await client.query(
    `INSERT INTO cycle_plan (cycle_id, ordinal, post_id, round_key, input, problems)
     SELECT $1, ordinal, post_id, round_key, input, problems
       FROM jsonb_to_recordset($2::jsonb) AS x(ordinal int, post_id text, round_key text, input jsonb, problems jsonb)`,
    [caseId, JSON.stringify(planRows(preview, firstOrdinal))],
  );
}

/** Withdraws a cycle while no round of it was touched; how many were is read here and checked by the cycle. */
export async function withdrawCycle(
  deps: CasesDeps,
  {
    caseId,
    key,
    actor,
    reason,
    received,
  }: { caseId: string; key: string; actor: Actor; reason: string; received?: number },
): Promise<Answer> {
  const answered = await earlierAnswer(deps.pool, actor.person, key);
  if (answered !== null) return answered;
  const { rows } = await deps.pool.query<{ n: string }>(
    `SELECT count(*) AS n FROM cases WHERE kind = 'round' AND cycle_id = $1 AND (state->>'touched')::boolean`,
    [cycleKeyOf(caseId)],
  );
  const command: Typed & { reason: string; touched: number } = {
    type: 'withdraw',
    reason,
    touched: Number(rows[0]?.n),
  };
  return apply(deps, command, { caseId, key, actor, ...(received === undefined ? {} : { received }) });
}
