import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workRecounts } from '../../cases/publication.ts';
import { heartbeat } from '../../cases/workers.ts';
import { loadOfficeData } from '../../cases/office-data.ts';
import type { CalendarData } from '../../domain/kernel/calendar.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import { NotUp } from '../../api/health.ts';
import { by, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let temporalIsUp = true;
let dueOn = '';
const DUTY = 'binding-duty/S3/1';
beforeAll(async () => {
  api = await startApi(({ parts }) => ({
    parts: [
      ...parts,
      {
        name: 'temporal',
        check: () => (temporalIsUp ? Promise.resolve() : Promise.reject(new NotUp('连不上'))),
      },
    ],
  }));
  await settle(api.cases);
  const on = '2026-01-05';
  const added = await changeRegister(
    api.cases,
    [
      { type: 'person-added', person: 'xu', data: { name: '测试xu', email: null, phone: null }, generated: true },
      {
        type: 'post-added',
        post: 'admin',
        unit: 'D',
        title: '系统管理员',
        role: 'system-admin',
        superior: null,
        class: null,
        on,
      },
      { type: 'tenure-began', post: 'admin', person: 'xu', on },
      {
        type: 'subject-added',
        subject: 'S3',
        name: '测试主体 S3',
        creditCode: null,
        class: 'C',
        risk: 'low',
        trade: '餐饮',
        unit: 'C1',
        address: '测试路 3 号',
        on: '2026-11-24',
      },
    ],
    { actor: SYSTEM, key: 'admin' },
  );
  if (!added.ok) throw new Error(JSON.stringify(added));
});
afterAll(() => api.stop());

type Body = Record<string, unknown>;
const get = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Body };
};
const post = async (path: string, body: unknown, who = 'wang') => {
  const response = await api.ask(path, {
    method: 'POST',
    headers: { ...by(who), 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
const publications = async (kind: string) =>
  (
    await api.database.pool.query<{ version: string; reason: string | null; person: string }>(
      `SELECT c.version, p.reason, p.person FROM publications p JOIN contents c ON c.hash = p.hash WHERE p.kind = $1 ORDER BY p.id DESC`,
      [kind],
    )
  ).rows;

const inForce = async <T>(path: string): Promise<T> =>
  ((await get(path)).body['inForce'] as { body: T }[])[0]?.body ?? Promise.reject(new Error(path));

describe('a calendar', () => {
  /** The newest one with 26 and 27 November off: the duty to bind S3 ends later. */
  const moved = (): CalendarData => {
    const newest = loadOfficeData().calendars.at(-1);
    if (newest === undefined) throw new Error('no calendar');
    return {
      ...newest,
      version: 'cn-2026-b',
      holidays: [...newest.holidays, { date: '2026-11-26', name: '试' }, { date: '2026-11-27', name: '试' }],
    };
  };

  test('shows what it would move before it is published, and writes nothing', async () => {
    const before = await publications('calendar');
    const { status, body } = await post('/api/calendars?dryRun=true', moved());
    expect(status).toBe(200);
    expect(body).toMatchObject({ days: ['2026-11-26', '2026-11-27'], touched: 3, counted: 3 });
    const { rows } = await api.database.pool.query<{ due_on: string }>('SELECT due_on FROM cases WHERE id = $1', [
      DUTY,
    ]);
    dueOn = rows[0]?.due_on ?? '';
    expect(body['moved']).toContainEqual(expect.objectContaining({ caseId: DUTY, dueOn, earlier: false }));
    expect(await publications('calendar')).toEqual(before);
  });

  test.each([
    ['whose source is no address', { source: '某文件' }, '来源不是网页地址'],
    ['without a statutory day', { holidays: [] }, '法定节日'],
    ['that ends within a year', { knownThrough: '2026-06-30' }, '已公布至应为某年12月31日'],
  ])('%s is refused, dry or not, and nothing is written', async (_what, wrong, says) => {
    const before = await publications('calendar');
    for (const path of ['/api/calendars?dryRun=true', '/api/calendars?reason=x']) {
      const { status, body } = await post(path, { ...moved(), ...wrong });
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid-request' });
      expect(JSON.stringify(body['errors'])).toContain(says);
    }
    expect(await publications('calendar')).toEqual(before);
  });

  test('is published with the reason, counts open cases again, and says how many are left', async () => {
    const { body } = await post(`/api/calendars?reason=${encodeURIComponent('按通知调整')}`, moved());
    expect(body).toMatchObject({ touched: 3 });
    expect((await get('/api/recounts', 'zhao')).body).toEqual({ left: 3 });
    await workRecounts(api.cases);
    expect((await get('/api/recounts', 'zhao')).body).toEqual({ left: 0 });
    const { rows } = await api.database.pool.query<{ due_on: string }>('SELECT due_on FROM cases WHERE id = $1', [
      DUTY,
    ]);
    expect((rows[0]?.due_on ?? '') > dueOn).toBe(true);
    const { body: listed } = await get('/api/calendars');
    expect((listed['versions'] as Body[])[0]).toMatchObject({
      version: 'cn-2026-b',
      personName: '测试wang',
      reason: '按通知调整',
      inForce: true,
    });
    const { body: year } = await get('/api/calendars/2026');
    expect((year['days'] as Body[]).find(({ on }) => on === '2026-11-27')).toMatchObject({
      kind: 'holiday',
      name: '试',
    });
  });

  test('is nobody’s to publish but the office’s', async () => {
    expect((await post('/api/calendars?dryRun=true', moved(), 'zhao')).body['code']).toBe('right-missing');
    expect((await post('/api/calendars', moved(), 'xu')).status).toBe(403);
  });
});

describe('a policy', () => {
  interface Policy {
    readonly version: string;
    readonly values: Readonly<Record<string, { readonly value: unknown }>>;
  }

  test('shows which values differ and what rests on them, and writes nothing', async () => {
    const policy = await inForce<Policy>('/api/policies');
    const before = await publications('policy');
    const [key = '', value] = Object.entries(policy.values).find(([, one]) => typeof one.value === 'number') ?? [];
    const draft = {
      ...policy,
      version: `${policy.version}-b`,
      values: { ...policy.values, [key]: { ...value, value: Number(value?.value) + 1 } },
    };
    const { status, body } = await post('/api/policies?dryRun=true', draft);
    expect(status).toBe(200);
    expect(body['changed']).toMatchObject([{ key, before: value?.value, after: Number(value?.value) + 1 }]);
    expect(await publications('policy')).toEqual(before);

    expect((await post('/api/policies?reason=r', draft)).status).toBe(200);
    expect((await publications('policy'))[0]).toEqual({ version: draft.version, reason: 'r', person: 'wang' });
    // The same content once more is in force already.
    expect((await post('/api/policies', draft)).body).toMatchObject({ publication: null, touched: 0 });
  });

  test('that lost a value, or is malformed, is refused and nothing is written', async () => {
    const policy = await inForce<Policy>('/api/policies');
    const before = await publications('policy');
    const [, ...others] = Object.entries(policy.values);
    const lost = await post('/api/policies', { ...policy, version: 'lost', values: Object.fromEntries(others) });
    expect({ status: lost.status, code: lost.body['code'] }).toEqual({ status: 400, code: 'invalid-request' });
    expect((await post('/api/policies', { ...policy, values: 'none' })).status).toBe(400);
    expect((await post('/api/policies', policy, 'li')).body['code']).toBe('right-missing');
    expect(await publications('policy')).toEqual(before);
  });
});

describe('the system', () => {
  test('tells its parts, workers, queues and faults', async () => {
    await heartbeat(api.database.pool, { id: 'worker-1', build: 'test' });
    await api.database.pool.query(
      "INSERT INTO workers (id, build, started_at, seen_at) VALUES ('worker-0', 'old', 0, (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 95000)",
    );
    const { body } = await get('/api/system', 'xu');
    expect(body['parts']).toContainEqual({ part: 'temporal', up: true, why: null });
    expect(body['workers']).toMatchObject([
      { id: 'worker-1', up: true },
      { id: 'worker-0', up: false },
    ]);
    expect((body['queues'] as Body[]).map(({ name }) => name)).toEqual([
      'outbox',
      'inbox',
      'recounts',
      'late-alarms',
      'notices',
    ]);
    expect((await get('/api/system', 'zhao')).body['code']).toBe('right-missing');
  });

  test('says to everybody that reminders are held up, and that work is not', async () => {
    expect((await get('/api/system/quiet', 'zhao')).body).toEqual({ remindersHeldUp: false });
    temporalIsUp = false;
    expect((await get('/api/system/quiet', 'zhao')).body).toEqual({ remindersHeldUp: true });
    expect((await get('/api/system', 'xu')).body['parts']).toContainEqual({
      part: 'temporal',
      up: false,
      why: '连不上',
    });
    temporalIsUp = true;
  });

  test('lets its operator wake a stuck case, once there is one', async () => {
    const path = `/api/system/faults/${encodeURIComponent(ROUND)}/retry`;
    expect((await post(path, undefined, 'xu')).body['code']).toBe('nothing-to-retry');
    await api.database.pool.query("INSERT INTO driver_faults (case_id, code, since) VALUES ($1, 'busy', 1)", [ROUND]);
    await api.database.pool.query('DELETE FROM outbox');
    expect((await get('/api/system', 'xu')).body['faults']).toMatchObject([{ caseId: ROUND, code: 'busy', since: 1 }]);
    expect((await post(path, undefined, 'xu')).body).toEqual({ woken: true });
    expect((await api.database.pool.query('SELECT case_id FROM outbox')).rows).toEqual([{ case_id: ROUND }]);
    expect((await post(path, undefined, 'wang')).body['code']).toBe('right-missing');
  });
});
