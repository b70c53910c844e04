/** Who acts as what, asked without naming a day: today, by the database's clock. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorOf } from '../../../cases/register/acting.ts';
import { found } from '../../api/district.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
  await found(world.deps);
});
afterAll(() => world.close());

test('a holder acts for the post today', async () => {
  expect(await actorOf(world.pool, 'zhao', undefined, null)).toEqual({
    actor: { person: 'zhao', post: 'cadre', role: 'cadre', unit: 'T1', capacity: 'self' },
  });
});

test('a tenure that begins later, or ended yesterday, gives no post today', async () => {
  await world.pool.query(`UPDATE tenures SET from_on = '9999-01-01' WHERE person_id = 'sun'`);
  await world.pool.query(
    `UPDATE tenures SET to_on = to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') WHERE person_id = 'zhou'`,
  );
  expect(await actorOf(world.pool, 'sun', undefined, null)).toEqual({ problem: { code: 'no-post' } });
  expect(await actorOf(world.pool, 'zhou', undefined, null)).toEqual({ problem: { code: 'no-post' } });
});
