/** What a cycle would do, shown before anybody confirms it; kept by the hash of what was shown. */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/calendar.ts';
import type { Actor, Refusal } from '../../domain/kernel/process.ts';
import { requestedCycle, type CycleRequest, type RequestedCycle } from '../../domain/supervision/cycle-request.ts';
import { openingOf, planCycle, type CyclePlan } from '../../domain/supervision/plan.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { contentHash } from '../office-data.ts';
import { newestPublication } from '../office.ts';
import { registerSnapshot } from '../register/snapshot.ts';
import { inTransaction } from '../transaction.ts';
import { firstNotices, shownRow } from './preview-shown.ts';

export interface Preview {
  /** Over the request and the whole plan: what confirm names. */
  readonly hash: string;
  readonly title: string;
  readonly plan: CyclePlan;
  /** Whether a cycle of this key is open already: confirming adds late joiners. */
  readonly running: boolean;
  readonly firstNotices: { readonly people: number; readonly at: number };
}

/** Plans from the register as it stands and keeps the plan under its hash. Opens nothing. */
export async function previewCycle(
  deps: CasesDeps,
  request: CycleRequest,
  actor: Actor,
): Promise<Preview | { readonly refused: Refusal }> {
  const requested = requestedCycle(request);
  if ('refused' in requested) return requested;
  const { preview, at } = await inTransaction(
    deps.pool,
    async (client) => {
      const planned = await plan(client, deps, requested);
      return { preview: planned, at: await readClock(deps, client) };
    },
    ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
  );
  await deps.pool.query(
    'INSERT INTO cycle_previews (hash, scope, at, by, rows) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hash) DO NOTHING',
    [
      preview.hash,
      JSON.stringify(request),
      at,
      actor.person,
      JSON.stringify({
        rounds: preview.plan.totals.rounds,
        visits: preview.plan.totals.visits,
        list: preview.plan.rows.map(shownRow),
      }),
    ],
  );
  return preview;
}

/** The plan of a request as the register stands in this transaction. */
export async function plan(
  client: pg.ClientBase,
  deps: CasesDeps,
  { key, title, period, scope }: RequestedCycle,
): Promise<Preview> {
  const inForce = await deps.office.inForce(client, await newestPublication(client));
  const now = await readClock(deps, client);
  const today = localDate(now);
  const on = today > period.fromOn ? today : period.fromOn;
  const register = await registerSnapshot(client, scope, on);
  const { rows } = await client.query<{ key: string; open: boolean }>(
    `SELECT key, false AS open FROM cases WHERE kind = 'round' AND cycle_id = $1
     UNION ALL SELECT key, true FROM cases WHERE kind = 'cycle' AND key = $1`,
    [key],
  );
  const planned = planCycle({
    cycle: key,
    period,
    scope,
    register,
    existing: new Set(rows.filter(({ open }) => !open).map(({ key: round }) => round)),
    lastVisitedOn: new Map(),
    calendar: inForce.calendar,
    policy: inForce.policy,
    rules: inForce.rules,
    today,
  });
  const running = rows.some(({ open }) => open);
  return {
    hash: contentHash({ key, title, period, scope, rows: planned.rows, problems: planned.problems }),
    title,
    plan: planned,
    running,
    firstNotices: firstNotices(planned, inForce, now),
  };
}

/** What stands in the frozen plan for each row: the round it opens and what was known to be wrong. */
export const planRows = (preview: Preview, firstOrdinal: number) =>
  preview.plan.rows.map((row, index) => ({
    ordinal: firstOrdinal + index,
    post_id: row.post,
    round_key: row.roundKey,
    input: openingOf(preview.plan, row),
    problems: row.problems,
  }));
