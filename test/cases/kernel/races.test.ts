import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { NewerState, type CasesDeps } from '../../../cases/deps.ts';
import { fire } from '../../../cases/fire.ts';
import { deliverInbox } from '../../../cases/inbox.ts';
import { openCase } from '../../../cases/open.ts';
import { rebuild } from '../../../cases/rebuild.ts';
import { sweep } from '../../../cases/sweep.ts';
import { verify } from '../../../cases/verify.ts';
import { toy } from '../../support/toy-process.ts';
import { CADRE, caseWorld, shanghai, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

let serial = 0;
async function openToy(at: string, dueOn: string, more: object = {}): Promise<string> {
  serial += 1;
  const key = `race-${String(serial)}`;
  world.at(at);
  const answer = await openCase(world.deps, {
    kind: 'toy',
    key,
    command: { type: 'open', dueOn, ...more } as never,
    idempotencyKey: key,
    actor: CADRE,
  });
  expect(answer.ok).toBe(true);
  return `toy/${key}`;
}

const GRACE_MS = 60_000;
const dueInstant = (dueOn: string) => shanghai(dueOn) + 24 * 3_600_000;

async function journal(caseId: string) {
  const { rows } = await world.pool.query<{ seq: number; at: string; body: string }>(
    'SELECT seq, at, body FROM entries WHERE chain = $1 ORDER BY seq',
    [caseId],
  );
  return rows.map(({ seq, at, body }) => ({
    seq,
    at: Number(at),
    ...(JSON.parse(body) as {
      cause: { type: string };
      events: { type: string }[];
      kernel: { type: string; rung?: string; cause?: string; overtaken?: string[] }[];
    }),
  }));
}
const eventsOf = async (caseId: string) =>
  (await journal(caseId)).flatMap(({ events }) => events.map(({ type }) => type));
const kernelOf = async (caseId: string) => (await journal(caseId)).flatMap(({ kernel }) => kernel);

/** Holds the case's lock, starts what is given one after another, lets go, and waits for all. */
async function whileLocked<T>(caseId: string, ...starts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const holder = await world.pool.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM cases WHERE id = $1 FOR NO KEY UPDATE', [caseId]);
  const running: Promise<T>[] = [];
  for (const start of starts) {
    running.push(start());
    await untilWaiting(running.length);
  }
  await holder.query('COMMIT');
  holder.release();
  return Promise.all(running);
}

/** Until that many backends wait for a lock: the order in which they will get it. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await world.pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    if (Number(rows[0]?.n) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a visit and an alarm that want the case at once', () => {
  test('the visit waited while the alarm fired: the breach stands first and the visit is stamped after it', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
    world.at(dueInstant('2026-09-10') + GRACE_MS);
    await whileLocked<unknown>(
      caseId,
      () => fire(world.deps, caseId),
      () => apply(world.deps, { type: 'act' }, { caseId, key: `${caseId} visit`, actor: CADRE }),
    );
    expect(await eventsOf(caseId)).toEqual(['opened', 'defaulted', 'acted']);
    const times = (await journal(caseId)).map(({ at }) => at);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  test('the alarm waited while the visit was written: a fact accepted before its deadline is never escalated', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
    world.at(dueInstant('2026-09-10') + GRACE_MS);
    await whileLocked<unknown>(
      caseId,
      () => apply(world.deps, { type: 'finish' }, { caseId, key: `${caseId} visit`, actor: CADRE }),
      () => fire(world.deps, caseId),
    );
    expect(await eventsOf(caseId)).toEqual(['opened', 'finished']);
  });

  test('what the API received before the deadline counts as received then, however long it waited', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
    const received = dueInstant('2026-09-10') - 1;
    world.at(dueInstant('2026-09-10') + GRACE_MS);
    await fire(world.deps, caseId);
    await apply(world.deps, { type: 'act' }, { caseId, key: `${caseId} visit`, actor: CADRE, received });
    const last = (await journal(caseId)).at(-1);
    expect(last?.events).toEqual([{ type: 'acted', at: dueInstant('2026-09-10') + GRACE_MS, received }]);
  });

  test('the due rung waits for its grace', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
    world.at(dueInstant('2026-09-10') + GRACE_MS - 1);
    const wake = await fire(world.deps, caseId);
    expect(wake).toMatchObject({ closed: false, waitMs: 1 });
    expect(await eventsOf(caseId)).toEqual(['opened']);
  });
});

test('two cases that tell each other at once never deadlock, and each hears the other once', async () => {
  const pairs = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const [a, b] = [`tell-a-${String(n)}`, `tell-b-${String(n)}`];
      for (const key of [a, b]) {
        await openCase(world.deps, {
          kind: 'toy',
          key,
          command: { type: 'open', dueOn: '2026-12-31' } as never,
          idempotencyKey: key,
          actor: CADRE,
        });
      }
      return [`toy/${a}`, `toy/${b}`] as const;
    }),
  );
  await Promise.all(
    pairs.flatMap(([a, b]) => [
      apply(world.deps, { type: 'tell', to: b } as never, { caseId: a, key: `${a}>`, actor: CADRE }),
      apply(world.deps, { type: 'tell', to: a } as never, { caseId: b, key: `${b}>`, actor: CADRE }),
    ]),
  );
  await Promise.all([deliverInbox(world.deps), deliverInbox(world.deps), deliverInbox(world.deps)]);
  for (const [a, b] of pairs) {
    expect((await eventsOf(a)).sort()).toEqual(['acted', 'opened', 'told']);
    expect((await eventsOf(b)).sort()).toEqual(['acted', 'opened', 'told']);
  }
});

test('telling a case that does not exist settles with a refusal the teller can read, and undoes nothing', async () => {
  const caseId = await openToy('2026-09-01T09:00', '2026-12-31');
  await apply(world.deps, { type: 'tell', to: 'toy/nowhere' } as never, { caseId, key: `${caseId} t`, actor: CADRE });
  await deliverInbox(world.deps);
  const { rows } = await world.pool.query('SELECT answer FROM inbox WHERE from_case = $1', [caseId]);
  expect(rows).toEqual([{ answer: { ok: false, caseId: 'toy/nowhere', refusal: { code: 'case-not-found' } } }]);
  expect(await eventsOf(caseId)).toEqual(['opened', 'told']);
});

describe('clock skew of five seconds between worker and database', () => {
  for (const skew of [-5_000, 5_000]) {
    test(`${String(skew)} ms: the alarm is computed by the database's clock alone`, async () => {
      const real: CasesDeps = {
        pool: world.deps.pool,
        processes: world.deps.processes,
        office: world.deps.office,
        build: 'test',
      };
      serial += 1;
      const key = `skew-${String(serial)}`;
      const now = vi.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now() + skew);
      try {
        await openCase(real, {
          kind: 'toy',
          key,
          command: { type: 'open', dueOn: '2090-12-31' } as never,
          idempotencyKey: key,
          actor: CADRE,
        });
        const wake = await fire(real, `toy/${key}`);
        const { rows } = await world.pool.query<{ next: string; now: string }>(
          `SELECT next_alarm_at AS next, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now FROM cases WHERE id = $1`,
          [`toy/${key}`],
        );
        const expected = Number(rows[0]?.next) - Number(rows[0]?.now);
        expect(wake.closed).toBe(false);
        expect(Math.abs((wake.closed ? 0 : (wake.waitMs ?? 0)) - expected)).toBeLessThan(1_000);
      } finally {
        now.mockRestore();
      }
    });
  }
});

describe('a date that moves', () => {
  test('after the 80 % reminder: nobody is reminded of what has passed, later rungs are live', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-30', { holder: 'post-1' });
    world.at('2026-09-26T09:00');
    await fire(world.deps, caseId);
    const before = (await kernelOf(caseId)).filter(({ type }) => type === 'rung-fired').map(({ rung }) => rung);
    expect(before).toContain('four-fifths');
    await apply(world.deps, { type: 'move', dueOn: '2026-09-29' } as never, {
      caseId,
      key: `${caseId} m`,
      actor: CADRE,
    });
    const armed = (await kernelOf(caseId)).filter(({ type }) => type === 'clock-armed').at(-1);
    expect(armed?.overtaken).toEqual(expect.arrayContaining(['half', 'four-fifths']));
    await fire(world.deps, caseId);
    const after = (await kernelOf(caseId)).filter(({ type }) => type === 'rung-fired').map(({ rung }) => rung);
    expect(after).toEqual(before);
    world.at(dueInstant('2026-09-29') + GRACE_MS);
    await fire(world.deps, caseId);
    expect(await eventsOf(caseId)).toEqual(['opened', 'moved', 'defaulted']);
  });

  test('to a later day after the breach: the breach is annulled, nothing is deleted, those who were told are told again', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10', { holder: 'post-1' });
    world.at(dueInstant('2026-09-10') + GRACE_MS);
    await fire(world.deps, caseId);
    expect(await eventsOf(caseId)).toEqual(['opened', 'defaulted']);
    await apply(world.deps, { type: 'move', dueOn: '2026-09-20' } as never, {
      caseId,
      key: `${caseId} m`,
      actor: CADRE,
    });
    const kernel = await kernelOf(caseId);
    expect(kernel.some(({ type }) => type === 'breach-annulled')).toBe(true);
    world.at(dueInstant('2026-09-20') + GRACE_MS);
    await fire(world.deps, caseId);
    expect(await eventsOf(caseId)).toEqual(['opened', 'defaulted', 'moved', 'defaulted']);
    expect(await verify(world.deps, { chain: caseId })).toMatchObject({ differences: [] });
  });
});

describe('after an outage', () => {
  test('reminders before due are overtaken, the breach is recorded with both instants, one escalation a sending day', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10', { holder: 'post-1' });
    world.at('2026-09-28T10:00');
    await fire(world.deps, caseId);
    const kernel = await kernelOf(caseId);
    const of = (type: string) => kernel.filter((event) => event.type === type).map(({ rung }) => rung);
    expect(of('rung-overtaken')).toEqual(expect.arrayContaining(['half', 'four-fifths']));
    expect(of('rung-fired')[0]).toBe('due');
    expect(of('rung-fired')).toHaveLength(2);
    const due = kernel.find((event) => event.type === 'rung-fired') as unknown as { reachedAt: number; at: number };
    expect(due.reachedAt).toBe(dueInstant('2026-09-10') + GRACE_MS);
    expect(due.at).toBe(shanghai('2026-09-28T10:00'));
    world.at('2026-09-28T17:00');
    await fire(world.deps, caseId);
    expect((await kernelOf(caseId)).filter(({ type }) => type === 'rung-fired')).toHaveLength(2);
    world.at('2026-09-29T10:00');
    await fire(world.deps, caseId);
    expect((await kernelOf(caseId)).filter(({ type }) => type === 'rung-fired')).toHaveLength(3);
  });

  test('the sweep finds whoever overslept, by the database clock, and nobody else', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
    const { rows } = await world.pool.query<{ next_alarm_at: string }>(
      'SELECT next_alarm_at FROM cases WHERE id = $1',
      [caseId],
    );
    const alarm = Number(rows[0]?.next_alarm_at);
    world.woken.length = 0;
    world.at(alarm + 119_000);
    await sweep(world.deps, world.drivers);
    expect(world.woken.map((one) => one.caseId)).not.toContain(caseId);
    world.at(alarm + 121_000);
    await sweep(world.deps, world.drivers);
    expect(world.woken.map((one) => one.caseId)).toContain(caseId);
  });
});

describe('builds of different age', () => {
  const newer = { ...toy, stateVersion: 2 };
  const withNewer = (): CasesDeps => ({ ...world.deps, processes: new Map([['toy', newer as never]]) });

  test('an old row under a new build is refolded under its lock', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-12-31');
    await world.pool.query(`UPDATE cases SET state = '{"stale":true}' WHERE id = $1`, [caseId]);
    expect(await apply(withNewer(), { type: 'act' }, { caseId, key: `${caseId} n`, actor: CADRE })).toMatchObject({
      ok: true,
      summary: { figures: { acts: 1 } },
    });
    const { rows } = await world.pool.query('SELECT state_version FROM cases WHERE id = $1', [caseId]);
    expect(rows).toEqual([{ state_version: 2 }]);
  });

  test('a newer row is refused by an old build, untouched, and its driver is shown as stuck', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-12-31');
    await apply(withNewer(), { type: 'act' }, { caseId, key: `${caseId} n`, actor: CADRE });
    await expect(
      apply(world.deps, { type: 'act' }, { caseId, key: `${caseId} o`, actor: CADRE }),
    ).rejects.toBeInstanceOf(NewerState);
    await expect(fire(world.deps, caseId)).rejects.toBeInstanceOf(NewerState);
    const { rows } = await world.pool.query('SELECT code FROM driver_faults WHERE case_id = $1', [caseId]);
    expect(rows).toEqual([{ code: 'newer-state' }]);
    expect(await eventsOf(caseId)).toEqual(['opened', 'acted']);
  });

  test('rebuild writes a damaged row again from its journal', async () => {
    const caseId = await openToy('2026-09-01T09:00', '2026-12-31');
    await apply(world.deps, { type: 'act' }, { caseId, key: `${caseId} n`, actor: CADRE });
    await world.pool.query(`UPDATE cases SET state = jsonb_set(state, '{acts}', '99'), stage = 'wrong' WHERE id = $1`, [
      caseId,
    ]);
    expect((await verify(world.deps, { chain: caseId })).differences).toMatchObject([
      { about: 'folds', code: 'row-differs' },
    ]);
    await rebuild(world.deps, caseId);
    expect((await verify(world.deps, { chain: caseId })).differences).toEqual([]);
  });
});

test('a case that closed and was reopened has a live clock again', async () => {
  const caseId = await openToy('2026-09-01T09:00', '2026-09-10');
  await apply(world.deps, { type: 'finish' }, { caseId, key: `${caseId} f`, actor: CADRE });
  expect(await fire(world.deps, caseId)).toMatchObject({ closed: true });
  await apply(world.deps, { type: 'reopen' }, { caseId, key: `${caseId} r`, actor: CADRE });
  world.at(dueInstant('2026-09-10') + GRACE_MS);
  expect(await fire(world.deps, caseId)).toMatchObject({ closed: false, fired: [{ rung: 'due' }] });
});
