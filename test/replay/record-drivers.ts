/** Records what drivers live through on the real code: limits that run out, faults that heal, a cycle's work, signals. */
import { apply } from '../../cases/apply.ts';
import { openCase } from '../../cases/open.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { confirmCycle } from '../../cases/supervision/confirm.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { localDate } from '../../domain/kernel/civil-day.ts';
import { SYSTEM, type Actor, type Typed } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import { driverWorld, type DriverWorld } from '../support/driver-world.ts';
import { localServer } from '../support/temporal.ts';
import { keepHistory } from './history-files.ts';
import { ITEMS, townSince } from './stories/town.ts';

const DAY_MS = 86_400_000;
const OFFICE: Actor = { person: 'p-fso', post: 'fso', role: 'district-office', unit: 'xh', capacity: 'self' };

type Said = Typed & { readonly [field: string]: unknown };

async function record(world: DriverWorld, workflowId: string, name: string): Promise<void> {
  const { client } = world.env;
  keepHistory(name, await client.workflow.getHandle(workflowId).fetchHistory());
}

async function ended(world: DriverWorld, workflowId: string): Promise<void> {
  const status = async () => (await world.env.client.workflow.getHandle(workflowId).describe()).status.name;
  for (let n = 0; (await status()) === 'RUNNING'; n += 1) {
    if (n > 500) throw new Error(`${workflowId} still runs after ten seconds`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function acting(world: DriverWorld) {
  let keys = 0;
  const key = (): string => `said-${String((keys += 1))}`;
  return {
    says: async (actor: Actor, caseId: string, command: Said): Promise<void> => {
      const answer = await apply(world.deps, command, { caseId, key: key(), actor });
      if (!answer.ok) throw new Error(`${caseId} refused ${command.type}: ${answer.refusal.code}`);
      await world.keep();
    },
    register: async (...changes: RegisterChange[]): Promise<void> => {
      const answer = await changeRegister(world.deps, changes, { actor: SYSTEM, key: key() });
      if (!answer.ok) throw new Error(`the register refused: ${JSON.stringify(answer.refusal)}`);
      await world.keep();
    },
    opensRound: async (post: string, fromOn: string, dueOn: string): Promise<string> => {
      const roundKey = `2026-Q4/replay/${post}`;
      const command: Said = {
        type: 'open',
        cycle: '2026-Q4/replay',
        period: { fromOn, toOn: dueOn },
        post,
        unit: 't1-c1',
        person: `p-${post}`,
        visits: [{ subject: 's4', onSite: false }],
        dueOn,
      };
      const opening = { kind: 'round', key: roundKey, command, idempotencyKey: key(), actor: SYSTEM };
      const answer = await openCase(world.deps, opening);
      if (!answer.ok) throw new Error(answer.refusal.code);
      await world.keep();
      return `round/${roundKey}`;
    },
  };
}

/** Two rounds whose cadres never come: one climbs its ladder, the other cannot fire for a while. */
export async function recordRounds(): Promise<void> {
  const world = await driverWorld();
  try {
    const { says, register, opensRound } = acting(world);
    const start = await world.now();
    const today = localDate(start);
    await register(...townSince(today));
    const dueOn = localDate(start + 30 * DAY_MS);
    const climbing = await opensRound('t1-c1-d1', today, dueOn);
    const poisoned = await opensRound('t1-c1-d2', today, dueOn);
    const dueAt = Date.parse(`${dueOn}T00:00+08:00`) + DAY_MS;
    const asleep = { asleep: [poisoned], stepMs: 1_800_000 };
    await world.until(dueAt - 3_600_000);
    await world.cases.pool.query('UPDATE cases SET state_version = 99 WHERE id = $1', [poisoned]);
    await world.until(dueAt + 1_800_000, asleep);
    await world.cases.pool.query('UPDATE cases SET state_version = 1 WHERE id = $1', [poisoned]);
    await world.until(dueAt + 5_400_000, asleep);
    await world.until(dueAt + 30 * DAY_MS);
    for (const round of [climbing, poisoned]) {
      await says(OFFICE, round, { type: 'write-off', reason: '不再督导' });
      await ended(world, round);
    }
    await record(world, climbing, 'round/reminded-due-escalated-closed');
    await record(world, poisoned, 'round/stuck-then-healed');
  } finally {
    await world.close();
  }
}

/** A cycle whose rounds are opened, paused, resumed and counted; a finding; and duties of the register meanwhile. */
export async function recordCycle(): Promise<void> {
  const world: DriverWorld = await driverWorld({
    worker: (caseId, work, alive) => caseWorker(world.deps)(caseId, work, alive),
  });
  try {
    const { says, register } = acting(world);
    const start = await world.now();
    const today = localDate(start);
    await register(...townSince(today));
    const request = {
      kind: 'key-period',
      name: 'replay',
      fromOn: today,
      toOn: localDate(start + 20 * DAY_MS),
    } as const;
    const preview = await previewCycle(world.deps, request, OFFICE);
    if ('refused' in preview) throw new Error(preview.refused.code);
    const confirmed = await confirmCycle(world.deps, { hash: preview.hash, key: 'kick-off', actor: OFFICE });
    if (!confirmed.ok) throw new Error(confirmed.refusal.code);
    const cycle = confirmed.caseId;
    const key = cycle.slice('cycle/'.length);
    await world.until(start + 600_000, { stepMs: 60_000 });
    const cadre: Actor = { person: 'p-t1-c1-d3', post: 't1-c1-d3', role: 'cadre', unit: 't1-c1', capacity: 'self' };
    await says(cadre, `round/${key}/${cadre.post}`, {
      type: 'record-visit',
      visit: 'v6',
      subject: 's6',
      visitedOn: today,
      mode: 'on-site',
      items: ITEMS,
      findings: [{ finding: 'f1', item: ITEMS[0]?.code ?? '', severity: 'general', text: '台账不全' }],
      evidence: [{ digest: 'a'.repeat(64), takenOn: today }],
      confirmedBy: 'business',
    });
    await says(OFFICE, cycle, { type: 'pause', reason: '台风', document: '甲' });
    await world.until(start + DAY_MS);
    await says(OFFICE, cycle, { type: 'resume', reason: '恢复', document: '乙' });
    await world.until(start + 50 * DAY_MS);
    await says(OFFICE, cycle, { type: 'close', note: '归档' });
    await ended(world, cycle);
    const on = localDate(await world.now());
    await register({ type: 'subject-closed', subject: 's6', on });
    await register({
      type: 'pledge-signed',
      person: cadre.person,
      post: cadre.post,
      version: '2026',
      on,
      withPost: 't1-head',
      document: null,
    });
    const correction = `correction/${key}/${cadre.post}/f1`;
    const pledge = `pledge-duty/${cadre.post}/${cadre.person}/1`;
    await ended(world, correction);
    await ended(world, pledge);
    await record(world, cycle, 'cycle/opened-paused-counted-closed');
    await record(world, correction, 'correction/unclaimed-escalated-subject-closed');
    await record(world, pledge, 'pledge-duty/overdue-then-signed');
    await register({ type: 'subject-closed', subject: 's7', on });
    await ended(world, 'binding-duty/s7/1');
    await record(world, 'binding-duty/s7/1', 'binding-duty/overdue-subject-closed');
  } finally {
    await world.close();
  }
}

/** A driver that is told so often that its history is cut. */
export async function recordManySignals(): Promise<void> {
  const cutEarly = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=30'];
  const env = await localServer({ extraArgs: cutEarly });
  const world = await driverWorld({ env });
  try {
    const { register, opensRound } = acting(world);
    world.cases.at('2026-09-01T09:00');
    await register(...townSince('2026-09-01'));
    const round = await opensRound('t1-c1-d1', '2026-09-01', '2026-09-30');
    const handle = env.client.workflow.getHandle(round);
    const first = (await handle.describe()).runId;
    for (let n = 0; (await handle.describe()).runId === first; n += 1) {
      if (n > 200) throw new Error('the history was not cut');
      await handle.signal('changed');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    keepHistory('round/told-often-continued-as-new', await env.client.workflow.getHandle(round, first).fetchHistory());
    for (;;) {
      const history = await handle.fetchHistory();
      if (history.events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes)) {
        keepHistory('round/continued-from-an-earlier-run', history);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await world.close();
    await env.teardown();
  }
}
