/** Whom a change wakes: a driver that asks hears the new alarm in its answer; one that sleeps is woken. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { fire } from '../../../cases/fire.ts';
import { openCase } from '../../../cases/open.ts';
import { drainOutbox } from '../../../cases/outbox.ts';
import { CADRE, caseWorld, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

test('an alarm does not wake the driver it answers, a command does', async () => {
  const command = { type: 'open', dueOn: '2026-10-08' };
  world.at('2026-09-01T09:00');
  await openCase(world.deps, { kind: 'toy', key: 'asks', command, idempotencyKey: 'open', actor: CADRE });
  expect(await drainOutbox(world.pool, world.drivers)).toBe(1);

  world.at('2026-10-20T09:00');
  const wake = await fire(world.deps, 'toy/asks');
  expect(wake).toMatchObject({ closed: false, waitMs: expect.any(Number) });
  expect(wake.closed ? [] : wake.fired).not.toEqual([]);
  expect(await drainOutbox(world.pool, world.drivers)).toBe(0);

  await apply(world.deps, { type: 'finish' }, { caseId: 'toy/asks', key: 'finish', actor: CADRE });
  expect(await drainOutbox(world.pool, world.drivers)).toBe(1);
});
