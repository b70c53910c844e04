import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { readinessParts } from '../../api/readiness.ts';
import { by, ROUND, settle } from './district.ts';
import { serve, startApi, type Serving } from './serving.ts';
import { signed } from './signed.ts';

let api: Serving;
let deps: ApiDeps | undefined;
beforeAll(async () => {
  api = await startApi((made) => {
    deps = made;
    return { parts: readinessParts({ pool: made.pool, notices: made.notices, namespace: 'zhaodan' }) };
  });
  await settle(api.cases);
});
afterAll(() => api.stop());

const urge = { type: 'urge', note: '请抓紧' };
const command = async (url: string, key: string) => {
  const init = {
    method: 'POST',
    headers: { ...by('wang', key), 'Content-Type': 'application/json' },
    body: JSON.stringify(urge),
  };
  return fetch(
    `${url}/api/cases/${encodeURIComponent(ROUND)}/commands`,
    await signed(init, (person, post) => api.sessionOf(person, post)),
  );
};
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

/** The same application on another pool. */
async function on(pool: pg.Pool): Promise<{ url: string; close: () => Promise<void> }> {
  if (deps === undefined) throw new Error('not started');
  const cases = { ...deps.cases, pool };
  return serve(
    createApp({
      ...deps,
      pool,
      cases,
      notices: { ...deps.notices, pool },
      parts: readinessParts({ pool, notices: { ...deps.notices, pool }, namespace: 'zhaodan' }),
    }),
  );
}

describe('when every connection is taken', () => {
  test('a command is answered 503 with the time to wait, nothing is written, and the same key succeeds later', async () => {
    const pool = new pg.Pool({ connectionString: api.database.url, max: 1, connectionTimeoutMillis: 200 });
    const { url, close } = await on(pool);
    const holder = await pool.connect();
    const busy = await command(url, 'patient');
    expect(busy.status).toBe(503);
    expect(busy.headers.get('Retry-After')).toBe('2');
    expect(await codeOf(busy)).toBe('busy');
    holder.release();
    expect((await command(url, 'patient')).status).toBe(200);
    await close();
    await pool.end();
  });

  test('a case that somebody holds is not waited for endlessly', async () => {
    const pool = new pg.Pool({ connectionString: api.database.url, max: 4, lock_timeout: 200 });
    const { url, close } = await on(pool);
    const holder = await api.database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM cases WHERE id = $1 FOR UPDATE', [ROUND]);
    const busy = await command(url, 'locked-out');
    expect({ status: busy.status, code: await codeOf(busy) }).toEqual({ status: 503, code: 'busy' });
    await holder.query('ROLLBACK');
    holder.release();
    await close();
    await pool.end();
  });
});

describe('when the database is gone', () => {
  test('live says yes, ready names it, a command is 503 and the metrics still answer', async () => {
    const pool = new pg.Pool({
      connectionString: 'postgresql://nobody@127.0.0.1:1/none',
      connectionTimeoutMillis: 500,
    });
    const { url, close } = await on(pool);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      up: false,
      parts: expect.arrayContaining([{ part: 'database', up: false, why: '连接失败' }]) as [],
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('zhaodan_database_up 0');
    expect(metrics).not.toMatch(/^zhaodan_outbox_rows \d/m);
    await close();
    await pool.end();
  });
});

describe('ready', () => {
  const ready = async () =>
    (await (await api.ask('/health/ready')).json()) as {
      up: boolean;
      parts: { part: string; up: boolean; why?: string }[];
    };
  const partOf = async (name: string) => (await ready()).parts.find(({ part }) => part === name);

  test('knows that every migration has been applied', async () => {
    expect(await partOf('migrations')).toEqual({ part: 'migrations', up: true });
  });

  test('says that drivers are not woken', async () => {
    await api.database.pool.query('UPDATE outbox SET at = at - 600000');
    await api.database.pool.query(
      'UPDATE outbox SET at = floor(extract(epoch FROM clock_timestamp()) * 1000) - 600000',
    );
    expect(await partOf('outbox')).toMatchObject({ up: false, why: expect.stringMatching(/等待唤醒/) as string });
    await api.database.pool.query('DELETE FROM outbox');
    expect(await partOf('outbox')).toEqual({ part: 'outbox', up: true });
  });
});
