/** Temporal gone, Temporal away, worker away: on the development server, whose clock is the wall's. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CasesDeps } from '../../cases/deps.ts';
import { keepOnce } from '../../cases/keeper.ts';
import { openCase } from '../../cases/open.ts';
import { rearmAll } from '../../cases/sweep.ts';
import { anyFree } from '../../scripts/setup/ports.mjs';
import { settle } from '../api/district.ts';
import { CADRE, caseWorld, shanghai, type CaseWorld } from '../support/case-world.ts';
import { startPlant, type Plant } from '../support/plant.ts';
import { localServer } from '../support/temporal.ts';
import { actsOf } from './quarter/acts.ts';

let cases: CaseWorld;
let deps: CasesDeps;
let plant: Plant;
/** Where a server keeps its file, when it keeps one. */
let folder: string | undefined;
/** The office's clock: the wall's, moved. */
let shiftMs = 0;
const now = (): Promise<number> => Promise.resolve(Date.now() + shiftMs);
const at = (local: string): void => {
  shiftMs = shanghai(local) - Date.now();
};

beforeEach(async () => {
  cases = await caseWorld();
  deps = { ...cases.deps, now };
});
afterEach(async () => {
  await plant.destroy();
  await cases.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const eventsOf = async (caseId: string): Promise<string[]> => {
  const { rows } = await cases.pool.query<{ body: string }>('SELECT body FROM entries WHERE chain = $1 ORDER BY seq', [
    caseId,
  ]);
  return rows.flatMap(({ body }) =>
    (JSON.parse(body) as { events: { type: string }[] }).events.map(({ type }) => type),
  );
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 750; n += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error('it did not come about within thirty seconds');
}

async function openToys(dueOn: string, keys: readonly string[]): Promise<readonly string[]> {
  for (const key of keys) {
    const command = { type: 'open', dueOn } as never;
    await openCase(deps, { kind: 'toy', key, command, idempotencyKey: key, actor: CADRE });
  }
  return keys.map((key) => `toy/${key}`);
}

const defaulted = async (ids: readonly string[]): Promise<boolean> =>
  (await Promise.all(ids.map(eventsOf))).every((events) => events.includes('defaulted'));

const asked = (): Promise<void> => until(() => Promise.resolve(plant.busy() === 0));

describe('when Temporal is lost with all it knew', () => {
  test('rearming starts a driver for every open case, and every deadline fires, past and to come', async () => {
    at('2026-09-01T09:00');
    const past = await openToys('2026-09-29', ['past-1', 'past-2', 'past-3', 'past-4', 'past-5']);
    const ahead = await openToys('2026-09-30', ['ahead-1', 'ahead-2', 'ahead-3', 'ahead-4', 'ahead-5']);
    plant = await startPlant(deps, await localServer());
    await keepOnce(deps, plant.drivers);
    await asked();
    await plant.destroy();

    plant = await startPlant(deps, await localServer());
    at('2026-09-30T12:00');
    expect(await rearmAll(cases.pool, plant.drivers)).toBe(10);
    await until(() => defaulted(past));
    expect(await defaulted(ahead)).toBe(false);

    // Nobody signals from here on: the new drivers wake by themselves, a minute of grace after the limit.
    at('2026-10-01T00:00:56');
    await rearmAll(cases.pool, plant.drivers);
    await until(() => defaulted(ahead));
    for (const id of [...past, ...ahead]) expect(await eventsOf(id)).toEqual(['opened', 'defaulted']);
  });
});

describe('when Temporal is away', () => {
  test('visits are accepted, and alarms catch up once it is back', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-temporal-'));
    const server = { dbFilename: path.join(folder, 'temporal.db'), port: await anyFree() };
    plant = await startPlant(deps, await localServer(server));
    at('2026-10-08T09:00');
    await settle(deps);
    const [late = ''] = await openToys('2026-10-09', ['late']);
    await keepOnce(deps, plant.drivers);
    await asked();
    const { drivers } = plant;
    await plant.destroy();

    at('2026-10-12T10:00');
    const acts = actsOf({ cases, deps, now }, '2026-Q4');
    expect(await acts.tryVisit({ post: 'cadre', person: 'zhao', subject: 'S1' })).toBe('ok');
    expect(await acts.tryVisit({ post: 'cadre', person: 'zhao', subject: 'S2' })).toBe('ok');
    await expect(keepOnce(deps, drivers)).rejects.toThrow();
    expect(await eventsOf(late)).toEqual(['opened']);

    plant = await startPlant(deps, await localServer(server));
    await keepOnce(deps, plant.drivers);
    await until(
      async () =>
        (await plant.env.client.workflow.getHandle('round/2026-Q4/cadre').describe()).status.name === 'COMPLETED',
    );
    // The alarm passed while nothing ran: whoever finds a case past its alarm has it asked again.
    await rearmAll(cases.pool, plant.drivers);
    await until(() => defaulted([late]));
    expect(await eventsOf('round/2026-Q4/cadre')).toEqual(['opened', 'visit-recorded', 'visit-recorded', 'closed']);
  });
});

describe('when only the worker is away', () => {
  test('what fell due meanwhile fires as soon as a worker is back, without anybody signalling', async () => {
    at('2026-09-30T23:59:00');
    const env = await localServer();
    plant = await startPlant(deps, env);
    const due = await openToys('2026-09-30', ['w-1', 'w-2', 'w-3']);
    at('2026-10-01T00:00:56');
    await keepOnce(deps, plant.drivers);
    await asked();
    await plant.stopWorker();
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(await defaulted(due)).toBe(false);

    plant = await startPlant(deps, env);
    await until(() => defaulted(due));
  });
});
