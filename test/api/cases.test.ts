import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../cases/apply.ts';
import { caseSheet } from '../../cases/case-sheet.ts';
import { parseEntry } from '../../cases/entry.ts';
import { openCase } from '../../cases/open.ts';
import { foldEntries, readEntries } from '../../cases/refold.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { readXlsx } from '../../cases/register/sheets/read-xlsx.ts';
import { SYSTEM, type Actor, type Typed } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import { by, NOON, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;

type Body = Record<string, unknown>;
type Rows = readonly { readonly id: string; readonly standing: unknown; readonly act: string }[];

const get = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Body };
};
const post = async (path: string, who: string, body?: unknown) => {
  const response = await api.ask(path, {
    method: 'POST',
    headers: { ...by(who), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
const rowsOf = async (path: string, who = 'wang') => (await get(path, who)).body['rows'] as Rows;
const idsOf = async (path: string, who = 'wang') => (await rowsOf(path, who)).map(({ id }) => id);
const caseUrl = (id: string) => `/api/cases/${encodeURIComponent(id)}`;

const OFFICE: Actor = { person: 'wang', post: 'office', role: 'district-office', unit: 'D', capacity: 'self' };
const CADRE: Actor = { person: 'zhao', post: 'cadre', role: 'cadre', unit: 'T1', capacity: 'self' };
const SUN: Actor = { person: 'sun', post: 'regulator', role: 'regulator', unit: 'T1', capacity: 'self' };
const CORRECTION = 'correction/2026-Q4/cadre/f-1';

/** The first sheet of a workbook, row by row. */
async function cellsOf(workbook: Buffer): Promise<readonly (readonly unknown[])[]> {
  const read = await readXlsx(workbook);
  if ('problem' in read) throw new Error(read.problem.code);
  return read.grids[0]?.rows ?? [];
}

let keys = 0;
const sayAt = async (at: number, actor: Actor, caseId: string, command: Typed) => {
  const deps = { ...api.cases, now: () => Promise.resolve(at) };
  const answer = await apply(deps, command, { caseId, key: `past-${String((keys += 1))}`, actor });
  if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code}`);
};

const HOUR = 3_600_000;

/** Another town with a cadre and a subject of its own, whose name differs. */
const ELSEWHERE: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'T2', name: '另一镇', kind: 'town', parent: 'D' },
  { type: 'unit-added', unit: 'C2', name: '另一社区', kind: 'community', parent: 'T2' },
  {
    type: 'post-added',
    post: 'cadre2',
    unit: 'T2',
    title: '另一镇包保干部',
    role: 'cadre',
    superior: 'office',
    class: 'C',
    on: '2026-01-05',
  },
  {
    type: 'person-added',
    person: 'qian',
    data: { name: '测试钱', email: null, phone: null },
    generated: true,
  },
  { type: 'tenure-began', post: 'cadre2', person: 'qian', on: '2026-01-05' },
  {
    type: 'subject-added',
    subject: 'S9',
    name: '远处的小满面馆',
    creditCode: null,
    class: 'C',
    risk: 'low',
    trade: '餐饮',
    unit: 'C2',
    address: '远路 9 号',
    on: '2026-01-05',
  },
];

/** Rounds of later quarters of the same cadre end on the same day: ties in every order. */
const TIES = ['a', 'b', 'c', 'd', 'e'];

beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  const written = await changeRegister(api.cases, ELSEWHERE, { actor: SYSTEM, key: 'elsewhere' });
  if (!written.ok) throw new Error(JSON.stringify(written));
  for (const key of TIES) {
    const opened = await openCase(api.cases, {
      kind: 'round',
      key: `2026-Q4-${key}/cadre2`,
      command: {
        type: 'open',
        cycle: `2026-Q4-${key}`,
        period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
        post: 'cadre2',
        unit: 'T2',
        person: 'qian',
        visits: [{ subject: 'S9', onSite: false }],
        dueOn: key === 'a' ? '2026-11-25' : '2026-12-31',
      } as Typed,
      idempotencyKey: `round-${key}`,
      actor: SYSTEM,
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
  }
  const client = await api.cases.pool.connect();
  try {
    const { policy } = await api.cases.office.inForce(client);
    const checklist = policy.value<{ code: string; required: boolean }[]>('supervision.checklist');
    const items = checklist.filter(({ required }) => required).map(({ code }) => ({ code, met: false }));
    await sayAt(NOON + HOUR, CADRE, ROUND, {
      type: 'record-visit',
      visit: 'v-1',
      subject: 'S1',
      visitedOn: '2026-11-24',
      mode: 'on-site',
      items,
      findings: [{ finding: 'f-1', item: items[0]?.code, severity: 'general', text: '冷藏柜温度过高' }],
      evidence: [{ digest: 'a'.repeat(64), takenOn: '2026-11-24' }],
      confirmedBy: 'business',
    } as Typed);
  } finally {
    client.release();
  }
  await sayAt(NOON + 2 * HOUR, SUN, CORRECTION, { type: 'claim' });
  await sayAt(NOON + 3 * HOUR, SUN, CORRECTION, {
    type: 'order',
    dueOn: '2026-12-04',
    requirement: '更换温控',
  } as Typed);
  await sayAt(NOON + 4 * HOUR, SUN, CORRECTION, {
    type: 'report-done',
    evidence: [{ digest: 'b'.repeat(64), takenOn: '2026-11-24' }],
  } as Typed);
  Object.assign(api.cases, { now: () => Promise.resolve(NOON + 5 * HOUR) });
}, 120_000);
afterAll(() => api.stop());

describe('the list', () => {
  test.each(['due', 'opened'])('pages through ties by %s without losing or repeating one', async (order) => {
    const all = await idsOf(`/api/cases?order=${order}&limit=200`);
    expect(all.length).toBeGreaterThanOrEqual(TIES.length + 2);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await get(`/api/cases?order=${order}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...(body['rows'] as Rows).map(({ id }) => id));
      cursor = body['next'] as string | null;
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
  });

  test('says what each waits for and how its first limit stands', async () => {
    const rows = await rowsOf(`/api/cases?kind=correction`);
    expect(rows).toMatchObject([
      { id: CORRECTION, act: expect.stringContaining('复查') as string, clockTitle: '复查期限' },
    ]);
    expect(rows[0]?.standing).toMatchObject({ status: 'running', over: null });
  });

  test.each([
    ['kind=correction', [CORRECTION]],
    [`holder=cadre&kind=round`, [ROUND]],
    ['unit=T2&kind=round&limit=200', TIES.map((key) => `round/2026-Q4-${key}/cadre2`)],
    ['subject=S1', [CORRECTION]],
    ['cycle=2026-Q4-b', ['round/2026-Q4-b/cadre2']],
    ['dueBefore=2026-11-25&kind=round', ['round/2026-Q4-a/cadre2']],
    ['rung=blue&kind=round', ['round/2026-Q4-a/cadre2']],
    ['rung=red', []],
    ['overdue=true', []],
    ['closed=true', []],
    ['q=f-1', [CORRECTION]],
    ['q=2026-q4-c', ['round/2026-Q4-c/cadre2']],
    ['q=correction/2026-Q4/cadre', [CORRECTION]],
    ['q=%E6%B5%8B%E8%AF%95%E4%B8%BB%E4%BD%93 S1', [CORRECTION]],
    ['q=%25', []],
  ])('narrowed by %s', async (query, expected) => {
    expect((await idsOf(`/api/cases?${query}`)).sort()).toEqual([...expected].sort());
  });

  test('a day further the same limit is due today, then over: by the clock the API is given', async () => {
    const day = 24 * HOUR;
    for (const [at, rung] of [
      [NOON + day, 'yellow'],
      [NOON + 2 * day, 'red'],
    ] as const) {
      Object.assign(api.cases, { now: () => Promise.resolve(at) });
      expect(await idsOf(`/api/cases?rung=${rung}&kind=round`)).toEqual(['round/2026-Q4-a/cadre2']);
    }
    Object.assign(api.cases, { now: () => Promise.resolve(NOON + 5 * HOUR) });
  });

  test('counts what it lists, by kind and rung', async () => {
    const { kinds } = (await get('/api/cases/counts')).body as unknown as {
      kinds: { kind: string; open: number; blue: number }[];
    };
    for (const { kind, open, blue } of kinds) {
      expect(await idsOf(`/api/cases?kind=${kind}&closed=false&limit=200`)).toHaveLength(open);
      expect(await idsOf(`/api/cases?kind=${kind}&rung=blue&limit=200`)).toHaveLength(blue);
    }
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['round', 'correction']));
  });

  test('holds nothing out of reach', async () => {
    const own = await idsOf('/api/cases?limit=200', 'zhao');
    expect(own).toContain(ROUND);
    expect(own.filter((id) => id.includes('cadre2'))).toEqual([]);
  });
});

describe('the export', () => {
  test('is the filtered list with codes as text, and is written into the access log', async () => {
    const response = await api.ask('/api/cases/export.xlsx?kind=round&unit=T2', {
      headers: { 'X-Zhaodan-Person': 'wang' },
    });
    expect(response.status).toBe(200);
    const [header, ...rows] = await cellsOf(Buffer.from(await response.arrayBuffer()));
    expect(header?.[0]).toBe('编号');
    expect(rows.map(([id]) => id).sort()).toEqual(TIES.map((key) => `round/2026-Q4-${key}/cadre2`).sort());
    expect(rows.flat()).toContain('另一镇');
    const { rows: logged } = await api.database.pool.query(
      "SELECT 1 FROM access_log WHERE route = 'GET /api/cases/export.xlsx' AND what = 'export' AND person = 'wang'",
    );
    expect(logged).toHaveLength(1);
  });

  test('says in the sheet that it stopped', async () => {
    const rows = await cellsOf(await caseSheet(api.cases, { unit: 'T2' }, 'due', 2));
    expect(rows).toHaveLength(4);
    expect(rows.at(-1)?.[0]).toMatch(/只导出了前 2 件/);
  });

  test('is not for whoever may not export', async () => {
    const response = await api.ask('/api/cases/export.xlsx', { headers: { 'X-Zhaodan-Person': 'zhao' } });
    expect(response.status).toBe(403);
  });
});

describe('search', () => {
  const search = async (q: string, who = 'wang') =>
    (await get(`/api/search?q=${encodeURIComponent(q)}`, who)).body as unknown as {
      cases: { caseId: string }[];
      subjects: { id: string }[];
      units: { id: string }[];
      posts: { id: string; person: string }[];
    };

  test('finds by number, by part of a name, by unit and by who holds a post', async () => {
    expect((await search('2026-Q4/cadre')).cases.map(({ caseId }) => caseId)).toContain(ROUND);
    expect((await search('F-1')).cases).toMatchObject([{ caseId: CORRECTION }]);
    expect((await search('小满')).subjects).toMatchObject([{ id: 'S9' }]);
    expect((await search('S9')).subjects).toMatchObject([{ id: 'S9' }]);
    expect((await search('另一镇')).units).toMatchObject([{ id: 'T2' }]);
    expect((await search('测试钱')).posts).toMatchObject([{ id: 'cadre2', person: '测试钱' }]);
    expect(await search('没有这样的')).toEqual({ cases: [], subjects: [], units: [], posts: [] });
  });

  test('finds nothing of another place', async () => {
    expect(await search('小满', 'zhao')).toMatchObject({ subjects: [], cases: [] });
    expect((await search('2026-Q4', 'zhao')).cases.map(({ caseId }) => caseId)).not.toContain('round/2026-Q4-b/cadre2');
  });

  test('looks into what people wrote only within reach, and writes that down', async () => {
    const texts = async (who: string, q = '冷藏柜') =>
      ((await get(`/api/search/texts?q=${encodeURIComponent(q)}`, who)).body as unknown as { texts: unknown[] }).texts;
    expect(await texts('wang')).toMatchObject([{ excerpt: expect.stringContaining('冷藏柜温度过高') as string }]);
    expect(await texts('wang', '藏柜温')).toHaveLength(1);
    expect(await texts('wang', '柜冷')).toEqual([]);
    expect(await texts('qian')).toEqual([]);
    const { rows } = await api.database.pool.query(
      "SELECT person FROM access_log WHERE route = 'GET /api/search/texts' AND what = 'texts' AND person IN ('wang', 'qian')",
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect((await get('/api/search/texts?q=x')).status).toBe(400);
  });
});

describe('the course of a case', () => {
  test('is told newest first, page by page, and narrowed by clock, person and papers', async () => {
    const url = `${caseUrl(CORRECTION)}/timeline`;
    type Told = readonly {
      seq: number;
      mark: string;
      what: string[];
      who: { name: string } | null;
      papers: unknown[];
    }[];
    const told = async (query = '') =>
      (await get(`${url}?${query}`, 'sun')).body as unknown as { rows: Told; next: string | null };
    const { rows } = await told();
    expect(rows.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
    expect(rows[1]).toMatchObject({
      mark: 'person',
      who: { name: '测试sun', capacityTitle: '本人' },
      what: [expect.stringContaining('责令改正,最后一日 2026-12-04,要求「更换温控」') as string],
      effects: [expect.stringContaining('整改期限开始计算') as string],
    });
    const page = await told('limit=3');
    expect((await told(`limit=3&cursor=${page.next ?? ''}`)).rows.map(({ seq }) => seq)).toEqual([1]);
    expect((await told('papers=true')).rows.map(({ seq }) => seq)).toEqual([4]);
    expect((await told('clock=correction')).rows.map(({ seq }) => seq)).toEqual([3]);
    expect((await told('person=zhao')).rows.every(({ who }) => who?.name === '测试zhao')).toBe(true);
    expect((await told('until=2')).rows.map(({ seq }) => seq)).toEqual([2, 1]);
    const instants = (await get(`${caseUrl(CORRECTION)}/instants`, 'sun')).body;
    expect(instants).toMatchObject({ total: 4, entries: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }] });
  });

  test.each([1, 2, 3, 4])('at entry %i is what folding its first entries gives', async (seq) => {
    const { body } = await get(`${caseUrl(CORRECTION)}/moment?seq=${String(seq)}`, 'sun');
    const stored = await readEntries(api.database.pool, CORRECTION, { seq });
    const process = api.cases.processes.get('correction');
    if (process === undefined) throw new Error('no process');
    const { state } = foldEntries(
      process,
      stored.map(({ body: text }) => parseEntry(text)),
    );
    const { stage, holder } = process.summary(state);
    expect(body).toMatchObject({ stage, head: { seq, hash: stored.at(-1)?.hash }, at: stored.at(-1)?.at });
    expect((body['holder'] as { post: string } | null)?.post ?? null).toBe(holder);
    expect(
      (body['clocks'] as { id: string; endedAt: number | null }[]).map(({ id, endedAt }) => [id, endedAt]),
    ).toEqual(process.clocks(state).map(({ id, endedAt }) => [id, endedAt ?? null]));
    expect((body['papers'] as unknown[]).length).toBe(seq === 4 ? 1 : 0);
  });

  test('between two entries is the earlier one, counted to that instant', async () => {
    const at = new Date(NOON + 2.5 * HOUR).toISOString();
    const { body } = await get(`${caseUrl(CORRECTION)}/moment?at=${at}`, 'sun');
    expect(body).toMatchObject({ stage: 'claimed', head: { seq: 2 }, at: NOON + 2.5 * HOUR });
    const stages = body['stages'] as { stage: string; place: string }[];
    expect(stages.map(({ stage, place }) => `${stage} ${place}`)).toEqual([
      'submitted done',
      'claimed current',
      'ordered later',
      'awaiting-recheck later',
      'closed later',
    ]);
  });

  test('before its opening, after an entry it does not have, and both points at once are refused', async () => {
    const url = `${caseUrl(CORRECTION)}/moment`;
    expect((await get(`${url}?at=2026-01-01T00:00:00Z`, 'sun')).body['code']).toBe('before-opening');
    expect((await get(`${url}?seq=99`, 'sun')).body['code']).toBe('entry-not-found');
    expect((await get(`${url}?seq=1&at=2026-11-24T10:20:00Z`, 'sun')).status).toBe(400);
    expect((await get(url, 'qian')).body['code']).toBe('case-not-found');
  });
});

describe('a case', () => {
  test('shows the same at this moment as at its last entry, with what the law and the office allow', async () => {
    const { body } = await get(caseUrl(CORRECTION), 'sun');
    const then = (await get(`${caseUrl(CORRECTION)}/moment?seq=4`, 'sun')).body;
    expect(body['stages']).toEqual(then['stages']);
    expect((body['clocks'] as { id: string; dueOn: string }[]).map(({ id, dueOn }) => [id, dueOn])).toEqual(
      (then['clocks'] as { id: string; dueOn: string }[]).map(({ id, dueOn }) => [id, dueOn]),
    );
    const verbs = body['verbs'] as { type: string; standing: string; article: string | null }[];
    const standing = Object.fromEntries(verbs.map((verb) => [verb.type, verb.standing]));
    expect(standing).toMatchObject({ recheck: 'forbidden', claim: 'not-yet', order: 'not-yet' });
    expect(verbs.find(({ type }) => type === 'recheck')?.article).toBe('INS §33');
    expect(body['links']).toMatchObject([{ caseId: ROUND, closed: false }]);
    const axis = body['axis'] as { from: number; to: number; rest: string[] };
    expect(axis.from).toBeLessThan(NOON + HOUR);
    expect(axis.rest).toContain('2026-11-28');
    const zhou = (await get(caseUrl(CORRECTION), 'zhou')).body['verbs'] as { type: string; standing: string }[];
    expect(zhou.find(({ type }) => type === 'recheck')?.standing).toBe('may');
    const wang = (await get(caseUrl(ROUND), 'qian')).status;
    expect(wang).toBe(404);
  });

  test('refuses an act on what changed since it was seen, and only then', async () => {
    const url = `${caseUrl(ROUND)}/commands`;
    const { head } = (await get(caseUrl(ROUND))).body as unknown as { head: { seq: number } };
    await sayAt(NOON + 5 * HOUR, OFFICE, ROUND, { type: 'watch', reason: '多次未走访' } as Typed);
    const urge = { type: 'urge', note: '请抓紧' };
    const moved = await post(`${url}?seen=${String(head.seq)}`, 'wang', urge);
    expect(moved).toMatchObject({
      status: 409,
      body: { code: 'case-moved', detail: expect.stringContaining('列入督办') as string },
    });
    expect((await post(`${url}?seen=${String(head.seq + 1)}`, 'wang', urge)).status).toBe(200);
    expect((await post(url, 'wang', { type: 'unwatch', reason: '已改进' })).status).toBe(200);
  });
});

describe('saved views', () => {
  test('are each person’s own; a name used again replaces', async () => {
    const save = (who: string, query: string) => post('/api/views', who, { page: 'cases', name: '我的轮次', query });
    const { body } = await save('wang', 'kind=round');
    await save('wang', 'kind=round&closed=any');
    const viewsOf = async (who: string) =>
      ((await get('/api/views?page=cases', who)).body as unknown as { views: { id: string; query: string }[] }).views;
    expect(await viewsOf('wang')).toMatchObject([{ id: body['id'], query: 'kind=round&closed=any' }]);
    expect(await viewsOf('sun')).toEqual([]);
    expect((await post(`/api/views/${String(body['id'])}/remove`, 'sun')).body['code']).toBe('view-not-found');
    expect(await viewsOf('wang')).toHaveLength(1);
    expect((await post(`/api/views/${String(body['id'])}/remove`, 'wang')).status).toBe(200);
    expect(await viewsOf('wang')).toEqual([]);
  });

  test('are at most thirty', async () => {
    for (let nth = 0; nth < 30; nth += 1) {
      expect(
        (await post('/api/views', 'li', { page: 'cases', name: `视图 ${String(nth)}`, query: 'kind=round' })).status,
      ).toBe(200);
    }
    expect((await post('/api/views', 'li', { page: 'cases', name: '多一个', query: 'kind=round' })).body['code']).toBe(
      'too-many-views',
    );
  });
});
