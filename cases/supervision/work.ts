/**
 * The pieces of work a cycle asks its driver for: opening rounds, telling them, freezing figures. Each call does what it
 * can and answers how long to wait before the next; all of it can be repeated after a crash without doing anything twice.
 */
import { SYSTEM, type Typed } from '../../domain/kernel/process.ts';
import type { Cycle } from '../../domain/supervision/cycle-state.ts';
import type { CycleWork } from '../../domain/supervision/cycle.ts';
import { apply, type Answer } from '../apply.ts';
import { readCase } from '../case-row.ts';
import { openMany } from '../consequences.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { newestPublication } from '../office.ts';
import { inTransaction } from '../transaction.ts';
import { cycleKeyOf } from './confirm.ts';
import { freezeFigures } from './freeze.ts';

/** Rounds a page: a page is one transaction. */
const PAGE = 100;

/** Figures are tried again this often at most, and at least, while a round has not passed its due rung. */
const SOONEST_MS = 60_000;
const LATEST_MS = 3_600_000;

/** Milliseconds until the work should be looked at again; 0: at once. */
export type CaseWorker = (caseId: string, work: string, alive: () => void) => Promise<number>;

export function caseWorker(deps: CasesDeps): CaseWorker {
  return async (caseId, work, alive) => {
    switch (work as CycleWork) {
      case 'open-rounds':
        await openRounds(deps, caseId, alive);
        return 0;
      case 'pause-rounds':
      case 'resume-rounds':
      case 'withdraw-rounds':
        await tellRounds(deps, caseId, alive);
        return 0;
      case 'freeze-figures':
        return (await freezeFigures(deps, caseId)) ? 0 : untilFreezable(deps, caseId);
    }
  };
}

/** Until the last round's limit has run out; the last visit may be made before, so that it is looked at every hour. */
async function untilFreezable(deps: CasesDeps, caseId: string): Promise<number> {
  return inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ last: string | null }>(
      `SELECT max(due_at) AS last FROM cases WHERE kind = 'round' AND cycle_id = $1 AND closed_at IS NULL AND NOT breached`,
      [cycleKeyOf(caseId)],
    );
    const last = rows[0]?.last ?? null;
    if (last === null) return SOONEST_MS;
    return Math.min(LATEST_MS, Math.max(SOONEST_MS, Number(last) - (await readClock(deps, client))));
  });
}

const stateOf = async (deps: CasesDeps, caseId: string): Promise<Cycle> =>
  (await readCase(deps.pool, caseId)).state as Cycle;

/** Page by page until the plan is worked off, or the cycle was paused or withdrawn. The cursor is in the cycle. */
async function openRounds(deps: CasesDeps, caseId: string, alive: () => void): Promise<void> {
  for (;;) {
    const page = await openPage(deps, caseId);
    if (page === null) return;
    alive();
    const key = `${caseId}/page/${String(page.lastOrdinal)}`;
    accepted(await apply(deps, { type: 'rounds-opened', ...page }, { caseId, key, actor: SYSTEM }));
  }
}

interface Page {
  readonly opened: number;
  readonly existing: number;
  readonly failed: number;
  readonly lastOrdinal: number;
}

interface PlanRow {
  readonly ordinal: number;
  readonly round_key: string;
  readonly input: Typed;
  readonly result: string | null;
}

/** Opens the next page's rounds and writes each row's result, in one transaction that holds the cycle still. */
async function openPage(deps: CasesDeps, caseId: string): Promise<Page | null> {
  return inTransaction(deps.pool, async (client) => {
    await client.query('SELECT 1 FROM cases WHERE id = $1 FOR SHARE', [caseId]);
    const { state } = await readCase(client, caseId);
    const cycle = state as Cycle;
    if (deps.processes.get('cycle')?.work?.(state) !== 'open-rounds') return null;
    const { rows } = await client.query<PlanRow>(
      'SELECT ordinal, round_key, input, result FROM cycle_plan WHERE cycle_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3',
      [caseId, cycle.lastOrdinal, PAGE],
    );
    const last = rows.at(-1);
    if (last === undefined) return null;
    const inForce = await deps.office.inForce(client, await newestPublication(client));
    const at = await readClock(deps, client);
    const todo = rows.filter(({ result }) => result === null);
    const openings = todo.map(({ round_key, input }) => ({
      kind: 'round',
      key: round_key,
      command: input,
      actor: SYSTEM,
      at,
    }));
    const results = new Map((await openMany(client, deps, inForce, openings)).map((one) => [one.caseId, one]));
    const settled = todo.map(({ ordinal, round_key }) => {
      const one = results.get(`round/${round_key}`);
      return { ordinal, result: one?.result === 'refused' ? `refused:${one.code ?? ''}` : (one?.result ?? 'existed') };
    });
    await client.query(
      `UPDATE cycle_plan p SET result = x.result FROM jsonb_to_recordset($2::jsonb) AS x(ordinal int, result text)
        WHERE p.cycle_id = $1 AND p.ordinal = x.ordinal`,
      [caseId, JSON.stringify(settled)],
    );
    const all = [
      ...rows.flatMap(({ result }) => (result === null ? [] : [result])),
      ...settled.map(({ result }) => result),
    ];
    const count = (wanted: string): number => all.filter((result) => result === wanted).length;
    const [opened, existing] = [count('opened'), count('existed')];
    return { opened, existing, failed: all.length - opened - existing, lastOrdinal: last.ordinal };
  });
}

/** Tells every open round of a pause, a resumption or a withdrawal, then tells the cycle that it is done. */
async function tellRounds(deps: CasesDeps, caseId: string, alive: () => void): Promise<void> {
  const cycle = await stateOf(deps, caseId);
  if (cycle.telling === null) return;
  const episode = String(cycle.stops.length);
  const command = tellingOf(cycle);
  let after = '';
  let told = 0;
  for (;;) {
    const { rows } = await deps.pool.query<{ id: string }>(
      `SELECT id FROM cases WHERE kind = 'round' AND cycle_id = $1 AND closed_at IS NULL AND id > $2 ORDER BY id LIMIT $3`,
      [cycleKeyOf(caseId), after, PAGE],
    );
    if (rows.length === 0) break;
    for (const { id } of rows) {
      // A round that was touched, or is paused on its own account, refuses: its own course goes on.
      const answer = await apply(deps, command, {
        caseId: id,
        key: `${caseId}/${command.type}/${episode}/${id}`,
        actor: SYSTEM,
      });
      if (answer.ok) told += 1;
    }
    after = rows.at(-1)?.id ?? after;
    alive();
  }
  const done = { type: 'rounds-told', told: cycle.telling, rounds: told } as Typed;
  accepted(await apply(deps, done, { caseId, key: `${caseId}/told/${cycle.telling}/${episode}`, actor: SYSTEM }));
}

function tellingOf({ telling, stops }: Cycle): Typed & { readonly [field: string]: string } {
  const document = stops.at(-1)?.document ?? '';
  if (telling === 'withdraw') return { type: 'withdraw', reason: '所属督导周期已撤回' };
  return { type: telling ?? '', document };
}

/** What the system itself says must be accepted: a refusal here is a fault, and the activity shows it. */
export function accepted(answer: Answer): void {
  if (!answer.ok) throw new Error(`${answer.caseId} refused the office's own command: ${answer.refusal.code}`);
}
