import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listVerifications } from '../../cases/verifications.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import { withClient } from '../../scripts/database.mjs';
import { by, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  const on = '2026-01-05';
  const named = (id: string) =>
    ({
      type: 'person-added',
      person: id,
      data: { name: `测试${id}`, email: null, phone: null },
      generated: true,
    }) as const;
  const post = (id: string, role: 'auditor' | 'audit-admin') =>
    ({ type: 'post-added', post: id, unit: 'D', title: id, role, superior: null, class: null, on }) as const;
  const added = await changeRegister(
    api.cases,
    [
      named('shen'),
      named('guan'),
      post('auditor', 'auditor'),
      post('audit-admin', 'audit-admin'),
      { type: 'tenure-began', post: 'auditor', person: 'shen', on },
      { type: 'tenure-began', post: 'audit-admin', person: 'guan', on },
    ],
    { actor: SYSTEM, key: 'auditors' },
  );
  if (!added.ok) throw new Error(JSON.stringify(added));
  // One act that is done, and one that is not.
  await say(ROUND, 'wang', { type: 'urge', note: '请抓紧' });
  await say(ROUND, 'zhao', { type: 'urge', note: '请抓紧' });
});
afterAll(() => api.stop());

type Body = Record<string, unknown> & {
  readonly rows: readonly Record<string, unknown>[];
  readonly next: string | null;
};
const get = async (path: string, who = 'shen') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Body };
};
const say = async (caseId: string, who: string, command: object) =>
  (
    await api.ask(`/api/cases/${encodeURIComponent(caseId)}/commands`, {
      method: 'POST',
      headers: { ...by(who), 'Content-Type': 'application/json' },
      body: JSON.stringify(command),
    })
  ).status;
const start = (who = 'shen') => api.ask('/api/verifications', { method: 'POST', headers: by(who) });
const settled = async (id: string): Promise<Record<string, unknown>> => {
  for (;;) {
    const row = (await get('/api/verifications')).body.rows.find((one) => one['id'] === id);
    if (row !== undefined && row['state'] !== 'running') return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('the journal, searched', () => {
  test('finds who did what to which case, in words, and where to open it', async () => {
    const { body } = await get('/api/journal?person=wang&said=urge');
    expect(body.rows).toMatchObject([
      { chain: ROUND, person: 'wang', personName: '测试wang', postTitle: '区食药安办', label: '催办', isCase: true },
    ]);
    expect(body.next).toBeNull();
  });

  test.each([
    ['a kind of case', 'kind=round', (row: Record<string, unknown>) => String(row['chain']).startsWith('round/')],
    [
      'a kind of the register',
      'kind=subject',
      (row: Record<string, unknown>) => String(row['chain']).startsWith('subject/'),
    ],
    ['one chain', `chain=${encodeURIComponent(ROUND)}`, (row: Record<string, unknown>) => row['chain'] === ROUND],
    ['one post', 'post=office', (row: Record<string, unknown>) => row['post'] === 'office'],
    ['today', 'from=2026-11-24&to=2026-11-24', () => true],
  ])('is narrowed to %s', async (_what, query, holds) => {
    const { status, body } = await get(`/api/journal?${query}`);
    expect(status).toBe(200);
    expect(body.rows.length).toBeGreaterThan(0);
    expect(body.rows.every(holds)).toBe(true);
  });

  test('has nothing of another day, and no register row of the same beginning', async () => {
    expect((await get('/api/journal?to=2026-11-23')).body.rows).toEqual([]);
    expect((await get('/api/journal?kind=roun')).body.rows).toEqual([]);
  });

  test('turns its pages without losing or repeating an entry', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`/api/journal?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.rows.map(({ id }) => String(id)));
      cursor = body.next ?? '';
    } while (cursor !== '');
    const { rows } = await api.database.pool.query<{ id: string }>('SELECT id::text FROM entries e ORDER BY e.id DESC');
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  test('refuses what cannot be asked, and whoever may not ask', async () => {
    expect((await get('/api/journal?from=2026-13-01')).body['code']).toBe('invalid-request');
    expect((await get('/api/journal?cursor=eA')).body['code']).toBe('invalid-cursor');
    expect((await get("/api/journal?said=x';DROP")).body['code']).toBe('invalid-request');
    expect((await get('/api/journal', 'zhao')).body['code']).toBe('right-missing');
    // The administrator of the audit keeps the log and opens no case.
    expect((await get('/api/journal', 'guan')).body['code']).toBe('right-missing');
  });
});

describe('what was refused', () => {
  test('is listed with its reason, and found by case, person and code', async () => {
    const found = await get(`/api/refusals?case=${encodeURIComponent(ROUND)}&person=zhao&code=not-office`);
    expect(found.body.rows).toMatchObject([
      { caseId: ROUND, person: 'zhao', command: 'urge', label: '催办', code: 'not-office' },
    ]);
    expect(found.body.rows[0]?.['text']).toMatch(/。$/);
    expect((await get('/api/refusals?code=own-work')).body.rows).toEqual([]);
    expect((await get('/api/refusals', 'li')).status).toBe(403);
  });
});

describe('verifying everything', () => {
  test('runs in the background, says what it read, and finds nothing wrong', { timeout: 30_000 }, async () => {
    const started = await start();
    expect(started.status).toBe(202);
    const { id } = (await started.json()) as { id: string };
    const row = await settled(id);
    const { rows } = await api.database.pool.query<{ chains: number; entries: number }>(
      'SELECT count(DISTINCT chain)::int AS chains, count(*)::int AS entries FROM entries',
    );
    expect(row).toMatchObject({
      state: 'finished',
      person: 'shen',
      personName: '测试shen',
      result: { ...rows[0], differenceCount: 0, wrongCheckpoints: 0, wrongRegisterRows: 0 },
    });
  });

  test('is one at a time', async () => {
    await api.database.pool.query(
      `INSERT INTO verifications (person, post, started_at, seen_at, chains_total)
       VALUES ('guan', 'audit-admin', 0, (extract(epoch FROM clock_timestamp()) * 1000)::bigint, 9)`,
    );
    const refused = await start('guan');
    expect({ status: refused.status, code: ((await refused.json()) as Body)['code'] }).toEqual({
      status: 409,
      code: 'verification-running',
    });
    await api.database.pool.query("UPDATE verifications SET seen_at = 0 WHERE person = 'guan'");
  });

  test('whose process died is told as interrupted, never as passed, and bars no other', async () => {
    await api.database.pool.query(
      `INSERT INTO verifications (person, post, started_at, seen_at, chains_total)
       VALUES ('guan', 'audit-admin', 0, (extract(epoch FROM clock_timestamp()) * 1000)::bigint - 61000, 9)`,
    );
    const [dead] = await listVerifications(api.database.pool, 1);
    expect(dead).toMatchObject({ state: 'interrupted', result: null });
    const next = await start('guan');
    expect(next.status).toBe(202);
    expect(await settled(((await next.json()) as { id: string }).id)).toMatchObject({ state: 'finished' });
  });

  test('finds an entry that was changed behind its back, and says where', { timeout: 30_000 }, async () => {
    await withClient(api.database.ownerUrl, async (owner) => {
      await owner.query('ALTER TABLE entries DISABLE TRIGGER USER');
      await owner.query(
        `UPDATE entries SET body = replace(body, '"received":', '"received":1') WHERE chain = $1 AND seq = 2`,
        [ROUND],
      );
    });
    const { id } = (await (await start()).json()) as { id: string };
    const { result } = (await settled(id)) as { result: { differenceCount: number; differences: object[] } };
    expect(result.differenceCount).toBeGreaterThan(0);
    expect(result.differences[0]).toMatchObject({ chain: ROUND, seq: 2, about: 'intact' });
  });

  test('is not for those who do case work', async () => {
    expect((await start('zhao')).status).toBe(403);
    expect((await get('/api/verifications', 'zhao')).status).toBe(403);
  });
});

describe('checkpoints and logs', () => {
  test('are read by whoever audits, and by nobody else', async () => {
    expect((await get('/api/checkpoints')).body.rows).toEqual([]);
    expect((await get('/api/checkpoints', 'zhao')).status).toBe(403);
    const log = await get('/api/access-log?person=zhao&outcome=refused');
    expect(log.body.rows.length).toBeGreaterThan(0);
    expect((await get('/api/access-log', 'wang')).status).toBe(403);
  });
});
