/** The instant of a change is read once the case is locked, not when the lock was asked for. By the database's own clock. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf, lockCase } from '../../../cases/case-row.ts';
import { readClock } from '../../../cases/deps.ts';
import { openCase } from '../../../cases/open.ts';
import { inTransaction } from '../../../cases/transaction.ts';
import { CADRE, caseWorld, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

async function untilOneWaits(): Promise<void> {
  for (;;) {
    const { rows } = await world.pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    if (Number(rows[0]?.n) > 0) return;
  }
}

test('a command that waited for the case is stamped after whoever held it', async () => {
  const command = { type: 'open', dueOn: '2026-10-08' };
  await openCase(world.deps, { kind: 'toy', key: 'clock', command, idempotencyKey: 'clock', actor: CADRE });

  const holder = await world.pool.connect();
  await holder.query('BEGIN');
  await lockCase(holder, 'toy/clock');
  const waiting = inTransaction(world.pool, async (client) => {
    const row = await lockCase(client, 'toy/clock');
    return instantOf({}, client, row);
  });
  await untilOneWaits();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const letGoAt = await readClock({}, holder);
  await holder.query('COMMIT');
  holder.release();

  expect(await waiting).toBeGreaterThanOrEqual(letGoAt);
});
