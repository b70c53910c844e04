import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listWorkers } from '../../cases/workers.ts';
import { startPresence } from '../../worker/presence.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('every worker is heard of, again and again, until it takes its leave', async () => {
  const { pool } = database;
  const fault = vi.fn();
  const there = (id: string) => startPresence({ pool, id, build: 'test', onFault: fault, everyMs: 20 });
  const [leaveOne, leaveTwo] = [there('one'), there('two')];
  const first = async () => (await listWorkers(pool)).find(({ id }) => id === 'one');
  await expect
    .poll(async () => (await listWorkers(pool)).map(({ id, up }) => `${id} ${String(up)}`).sort())
    .toEqual(['one true', 'two true']);
  const before = (await first())?.seenAt ?? Infinity;
  await expect.poll(async () => (await first())?.seenAt).toBeGreaterThan(before);
  await leaveOne();
  expect((await listWorkers(pool)).map(({ id }) => id)).toEqual(['two']);
  await leaveTwo();
  expect(await listWorkers(pool)).toEqual([]);
  expect(fault).not.toHaveBeenCalled();
});
