import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../cases/open.ts';
import { rearmAll, sweep } from '../../cases/sweep.ts';
import { course } from '../../workflows/messages.ts';
import { CADRE } from '../support/case-world.ts';
import { driverWorld, type DriverWorld } from '../support/driver-world.ts';
import { localServer } from '../support/temporal.ts';

let world: DriverWorld;
beforeAll(async () => {
  world = await driverWorld({ env: await localServer() });
});
afterAll(async () => {
  await world.close();
  await world.env.teardown();
});

const events = async (caseId: string): Promise<string[]> => {
  const { rows } = await world.cases.pool.query<{ body: string }>(
    'SELECT body FROM entries WHERE chain = $1 ORDER BY seq',
    [caseId],
  );
  return rows.flatMap(({ body }) =>
    (JSON.parse(body) as { events: { type: string }[] }).events.map(({ type }) => type),
  );
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500; n += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come about within ten seconds');
}

const running = async (caseId: string): Promise<boolean> => {
  const description = await world.env.client.workflow
    .getHandle(caseId)
    .describe()
    .catch(() => undefined);
  return description?.status.name === 'RUNNING';
};

test('a driver terminated by hand is started again by the sweep, and nothing fires twice', async () => {
  const caseId = 'toy/terminated';
  world.cases.at('2026-09-01T09:00');
  const command = { type: 'open', dueOn: '2026-09-30' } as never;
  await openCase(world.deps, { kind: 'toy', key: 'terminated', command, idempotencyKey: 'open', actor: CADRE });
  await world.keep();
  await until(() => running(caseId));
  // Asked once: a driver ended while it asks may still answer by the clock that is moved below.
  await until(async () => (await world.env.client.workflow.getHandle(caseId).query(course)).length > 0);
  await world.env.client.workflow.getHandle(caseId).terminate('by hand');
  world.cases.at('2026-10-08T10:00');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await events(caseId)).toEqual(['opened']);

  expect(await sweep(world.deps, world.drivers)).toBe(1);
  await until(async () => (await events(caseId)).includes('defaulted'));
  await rearmAll(world.cases.pool, world.drivers);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await events(caseId)).toEqual(['opened', 'defaulted']);
});
