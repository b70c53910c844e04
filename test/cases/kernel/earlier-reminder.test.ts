import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCase } from '../../../cases/open.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { drainOutbox } from '../../../cases/outbox.ts';
import { publishContent, workRecounts } from '../../../cases/publication.ts';
import { CADRE, caseWorld, shanghai, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld({ start: '2026-12-18T10:00' });
});
afterAll(() => world.close());

async function publishDaysOff(version: string, ...days: readonly string[]): Promise<void> {
  const newest = loadOfficeData().calendars.at(-1);
  if (newest === undefined) throw new Error('no calendar');
  const body = { ...newest, version, holidays: [...newest.holidays, ...days.map((date) => ({ date, name: '元旦' }))] };
  await publishContent(world.deps, { kind: 'calendar', name: 'cn', version, body }, 'person-1');
  while ((await workRecounts(world.deps)) > 0);
}

const nextAlarmOn = async (): Promise<number> =>
  Number((await world.pool.query<{ at: string }>('SELECT next_alarm_at AS at FROM cases')).rows[0]?.at);

test('a calendar that puts a reminder earlier wakes the driver that sleeps until the later one, and only then', async () => {
  const command = { type: 'open', dueOn: '2026-12-31' } as never;
  await openCase(world.deps, { kind: 'toy', key: 'due-31', command, idempotencyKey: 'open', actor: CADRE });
  await drainOutbox(world.pool, world.drivers);
  // Five working days before the 31st.
  expect(Math.abs((await nextAlarmOn()) - shanghai('2026-12-24T09:00'))).toBeLessThanOrEqual(60_000);
  world.woken.length = 0;

  await publishDaysOff('cn-earlier', '2026-12-28');
  expect(Math.abs((await nextAlarmOn()) - shanghai('2026-12-23T09:00'))).toBeLessThanOrEqual(60_000);
  await drainOutbox(world.pool, world.drivers);
  expect(world.woken.map(({ caseId }) => caseId)).toEqual(['toy/due-31']);
  world.woken.length = 0;

  // Later again: the driver wakes too early once, asks, and sleeps on.
  await publishDaysOff('cn-later');
  await drainOutbox(world.pool, world.drivers);
  expect(world.woken).toEqual([]);
});
