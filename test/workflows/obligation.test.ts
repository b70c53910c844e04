import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../cases/apply.ts';
import { openCase } from '../../cases/open.ts';
import { course } from '../../workflows/messages.ts';
import { CADRE } from '../support/case-world.ts';
import { driverWorld, type DriverWorld } from '../support/driver-world.ts';

let world: DriverWorld;
/** Held open by a test to make `fire` slow; it resolves at once otherwise. */
let gate: Promise<void> = Promise.resolve();
let firing: (caseId: string) => void = () => undefined;

beforeAll(async () => {
  world = await driverWorld({
    override: ({ fire }) => ({
      fire: async (caseId: string) => {
        const wake = await fire(caseId);
        firing(caseId);
        await gate;
        return wake;
      },
    }),
  });
});
afterAll(() => world.close());

const day = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

async function openToy(key: string, days: number): Promise<string> {
  const dueOn = day((await world.now()) + days * 86_400_000);
  const answer = await openCase(world.deps, {
    kind: 'toy',
    key,
    command: { type: 'open', dueOn } as never,
    idempotencyKey: key,
    actor: CADRE,
  });
  expect(answer.ok).toBe(true);
  return `toy/${key}`;
}

const events = async (caseId: string): Promise<string[]> => {
  const { rows } = await world.cases.pool.query<{ body: string }>(
    'SELECT body FROM entries WHERE chain = $1 ORDER BY seq',
    [caseId],
  );
  return rows.flatMap(({ body }) =>
    (JSON.parse(body) as { events: { type: string }[] }).events.map(({ type }) => type),
  );
};

/** Closes what a test leaves open, so that the next one has the clock to itself. */
async function finish(...ids: readonly string[]): Promise<void> {
  for (const caseId of ids) await apply(world.deps, { type: 'finish' }, { caseId, key: `end ${caseId}`, actor: CADRE });
  await world.keep();
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 500; n += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come about within ten seconds');
}

describe('the driver', () => {
  test('fires every alarm of many cases when it is due and never before', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => openToy(`many-${String(n)}`, 30)));
    await world.until((await world.now()) + 45 * 86_400_000);
    const { rows } = await world.cases.pool.query<{ late: string; early: string; fired: string }>(
      `SELECT count(*) FILTER (WHERE (k->>'at')::bigint - (k->>'reachedAt')::bigint > 60000) AS late,
              count(*) FILTER (WHERE (k->>'at')::bigint < (k->>'reachedAt')::bigint) AS early, count(*) AS fired
         FROM entries, jsonb_array_elements(body::jsonb->'kernel') k
        WHERE chain = ANY($1) AND k->>'type' = 'rung-fired'`,
      [ids],
    );
    expect(rows[0]).toMatchObject({ late: '0', early: '0' });
    expect(Number(rows[0]?.fired)).toBeGreaterThanOrEqual(ids.length * 5);
    for (const id of ids) expect(await events(id)).toEqual(['opened', 'defaulted']);
    await finish(...ids);
  });

  test('ends when its case is closed, and lives again when the case is reopened', async () => {
    const caseId = await openToy('ends', 30);
    await world.until((await world.now()) + 1);
    await apply(world.deps, { type: 'finish' }, { caseId, key: `${caseId} f`, actor: CADRE });
    await world.keep();
    await until(async () => (await world.env.client.workflow.getHandle(caseId).describe()).status.name === 'COMPLETED');
    await apply(world.deps, { type: 'reopen' }, { caseId, key: `${caseId} r`, actor: CADRE });
    await world.keep();
    await until(async () => (await world.env.client.workflow.getHandle(caseId).describe()).status.name === 'RUNNING');
    await finish(caseId);
  });

  test('does not lose a reopening that arrives while a slow fire says closed', async () => {
    const caseId = await openToy('slow', 30);
    await world.until((await world.now()) + 1);
    let open: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      firing = (id) => {
        if (id === caseId) resolve();
      };
    });
    gate = new Promise((resolve) => {
      open = resolve;
    });
    await apply(world.deps, { type: 'finish' }, { caseId, key: `${caseId} f`, actor: CADRE });
    await world.keep();
    await seen; // the driver has read "closed" and is held
    await apply(world.deps, { type: 'reopen' }, { caseId, key: `${caseId} r`, actor: CADRE });
    await world.keep(); // signals the held driver
    firing = () => undefined;
    gate = Promise.resolve();
    open();
    await world.until((await world.now()) + 45 * 86_400_000);
    expect(await events(caseId)).toEqual(['opened', 'finished', 'reopened', 'defaulted']);
    await finish(caseId);
  });

  test('answers its course, with what fired and what it then waited for', async () => {
    const caseId = await openToy('course', 30);
    await world.until((await world.now()) + 20 * 86_400_000);
    const wakes = await world.env.client.workflow.getHandle(caseId).query(course);
    expect(wakes.map(({ fired }) => fired).flat()).toContain('main/half');
    expect(wakes.at(-1)?.waitMs).toBeGreaterThan(0);
    await finish(caseId);
  });

  test('shows a case that cannot fire as stuck, tries again, and holds up nobody else', async () => {
    const poisoned = await openToy('poisoned', 30);
    const healthy = await openToy('healthy', 30);
    const dueAt = Date.parse(`${day((await world.now()) + 31 * 86_400_000)}T00:00+08:00`);
    const asleep = { asleep: [poisoned], stepMs: 1_800_000 };
    await world.until(dueAt - 3_600_000);
    await world.cases.pool.query('UPDATE cases SET state_version = 99 WHERE id = $1', [poisoned]);
    await world.until(dueAt + 1_800_000, asleep);
    await until(async () => (await events(healthy)).includes('defaulted'));
    await until(
      async () => (await world.env.client.workflow.getHandle(poisoned).query(course)).at(-1)?.stuck === 'newer-state',
    );
    await world.cases.pool.query('UPDATE cases SET state_version = 1 WHERE id = $1', [poisoned]);
    await world.until(dueAt + 5_400_000, asleep);
    await until(async () => (await events(poisoned)).includes('defaulted'));
    const { rows } = await world.cases.pool.query('SELECT * FROM driver_faults WHERE case_id = $1', [poisoned]);
    expect(rows).toEqual([]);
  });
});
