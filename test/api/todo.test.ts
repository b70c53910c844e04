import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../cases/apply.ts';
import { openCase } from '../../cases/open.ts';
import { KIND_WORDS } from '../../domain/words/index.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import { by, NOON, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let now = NOON;

beforeAll(async () => {
  api = await startApi(({ cases }) => ({ cases: { ...cases, now: () => Promise.resolve(now) } }));
  await settle(api.cases);
});
afterAll(() => api.stop());

const shanghai = (local: string) => Date.parse(`${local}+08:00`);

interface Row {
  case: { id: string };
  act: string;
  commands: { type: string; batch: boolean }[];
  standing: { urgency: string | null; left: unknown; over: unknown; dueOn: string } | null;
}

async function get<T>(path: string, who: string): Promise<T> {
  const response = await api.ask(path, { headers: by(who) });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}
const groups = async (who: string) => (await get<{ groups: Record<string, number> }>('/api/todo', who)).groups;
const rows = async (group: string, who: string) =>
  (await get<{ rows: Row[] }>(`/api/todo/rows?group=${group}`, who)).rows;
const post = async (path: string, who: string, body: unknown, key?: string) => {
  const headers = { ...by(who, key), 'Content-Type': 'application/json' };
  const response = await api.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** A finding waiting to be claimed by the station. */
async function finding(name: string): Promise<string> {
  const command = {
    type: 'open',
    round: ROUND,
    subject: 'S1',
    unit: 'T1',
    finding: name,
    item: 'control-daily',
    severity: 'general',
    foundOn: '2026-11-23',
    foundBy: 'cadre',
    finder: 'zhao',
    text: '冰箱无记录',
  };
  const opened = await openCase(api.cases, {
    kind: 'correction',
    key: name,
    command,
    idempotencyKey: name,
    actor: SYSTEM,
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return `correction/${name}`;
}

describe('what waits', () => {
  test.each([
    ['2026-12-20T10:00:00', 'later', null],
    ['2026-12-28T23:59:59', 'soon', 'blue'],
    ['2026-12-30T23:59:59', 'soon', 'blue'],
    ['2026-12-31T00:00:00', 'today', 'yellow'],
    ['2026-12-31T23:59:59', 'today', 'yellow'],
    ['2027-01-01T00:00:00', 'overdue', 'red'],
  ])('at %s the round is %s', async (moment, group, urgency) => {
    now = shanghai(moment);
    const found: string[] = [];
    for (const name of ['overdue', 'today', 'soon', 'later', 'stopped']) {
      const round = (await rows(name, 'zhao')).find((row) => row.case.id === ROUND);
      if (round === undefined) continue;
      found.push(name);
      expect(round).toMatchObject({ act: '走访并记录', standing: { urgency, dueOn: '2026-12-31' } });
    }
    expect(found).toEqual([group]);
    expect((await groups('zhao'))[group]).toBe((await rows(group, 'zhao')).length);
    now = NOON;
  });

  test('is nobody else’s', async () => {
    expect(Object.values(await groups('wang')).every((count) => count === 0)).toBe(true);
    const { rows: strip } = await get<{ rows: Row[] }>('/api/todo/rows', 'li');
    expect(strip).toEqual([]);
  });

  test('without a holder is the whole station’s, until somebody takes it', async () => {
    const id = await finding('F-station');
    const of = async (who: string) =>
      (await get<{ rows: Row[] }>('/api/todo/rows', who)).rows.map((row) => row.case.id);
    expect(await of('sun')).toContain(id);
    expect(await of('zhou')).toContain(id);
    expect(await of('zhao')).not.toContain(id);
    await post(`/api/cases/${encodeURIComponent(id)}/commands`, 'sun', { type: 'claim' });
    expect(await of('sun')).toContain(id);
    expect(await of('zhou')).not.toContain(id);
  });

  test('pages without losing or repeating a row', async () => {
    for (const name of ['F-p1', 'F-p2', 'F-p3', 'F-p4', 'F-p5']) await finding(name);
    const all = (await get<{ rows: Row[] }>('/api/todo/rows?limit=200', 'zhou')).rows.map((row) => row.case.id);
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = await get<{ rows: Row[]; next: string | null }>(
        `/api/todo/rows?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        'zhou',
      );
      paged.push(...page.rows.map((row) => row.case.id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(paged).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(5);
  });
});

describe('one verb on several cases', () => {
  test('is done to each under its own number, and says of each how it went', async () => {
    const [one, two] = [await finding('F-b1'), await finding('F-b2')];
    await apply(api.cases, { type: 'claim' }, { caseId: two, key: 'first', actor: actorOf('zhou', 'regulator2') });
    const body = {
      command: { type: 'claim' },
      cases: [one, two, 'correction/none'].map((caseId) => ({ caseId, key: `batch-${caseId}` })),
    };
    const { status, body: answer } = await post('/api/todo/batch', 'sun', body);
    expect(status).toBe(200);
    expect(answer['results']).toMatchObject([
      { caseId: one, done: true },
      { caseId: two, done: false, code: 'already-claimed' },
      { caseId: 'correction/none', done: false, code: 'case-not-found' },
    ]);
    const again = await post('/api/todo/batch', 'sun', body);
    expect((again.body['results'] as { done: boolean }[])[0]?.done).toBe(true);
    const { rows: entries } = await api.database.pool.query('SELECT 1 FROM entries WHERE chain = $1', [one]);
    expect(entries).toHaveLength(2);
  });

  test('is refused whole where the law wants each decided by itself', async () => {
    const id = await finding('F-b3');
    const body = {
      command: { type: 'recheck', passed: true, reason: '好', evidence: [] },
      cases: [{ caseId: id, key: 'x' }],
    };
    expect((await post('/api/todo/batch', 'sun', body)).body['code']).toBe('not-in-batch');
  });
});

test('what I did is mine, newest first', async () => {
  const done = await get<{ rows: { caseId: string; label: string; at: number }[] }>('/api/todo/done', 'sun');
  expect(done.rows.map(({ label }) => label)).toContain('认领');
  expect(done.rows.map(({ at }) => at)).toEqual([...done.rows.map(({ at }) => at)].sort((a, b) => b - a));
  expect((await get<{ rows: unknown[] }>('/api/todo/done', 'li')).rows).toEqual([]);
});

describe('an absence', () => {
  test('is set by the person, and lets the deputy see what waits for the post', async () => {
    const set = await post('/api/absences', 'zhao', {
      on: '2026-11-24',
      until: '2026-11-27',
      deputy: 'li',
      cause: '年休假',
    });
    expect(set.status).toBe(200);
    const mine = await get<{ rows: { mine: boolean; deputy: { id: string } }[] }>('/api/absences', 'zhao');
    expect(mine.rows).toMatchObject([{ mine: true, deputy: { id: 'li' } }]);
    expect((await get<{ rows: { mine: boolean }[] }>('/api/absences', 'li')).rows).toMatchObject([{ mine: false }]);
    const standing = await api.ask('/api/todo/rows', { headers: { ...by('li'), 'X-Zhaodan-Post': 'cadre' } });
    const held = ((await standing.json()) as { rows: Row[] }).rows.map((row) => row.case.id);
    expect(held).toContain(ROUND);
  });

  test.each([
    [{ on: '2026-11-25', until: '2026-11-26', deputy: null, cause: '又' }, 'absence-overlaps'],
    [{ on: '2026-12-05', until: '2026-12-04', deputy: null, cause: '倒' }, 'date-order'],
    [{ on: '2026-12-05', until: '2026-12-06', deputy: 'zhao', cause: '自' }, 'deputy-is-absent-person'],
    [{ on: '2026-12-05', until: '2026-12-06', deputy: 'nobody', cause: '谁' }, 'person-unknown'],
  ])('%o is refused and writes nothing', async (body, code) => {
    const count = async () => (await api.database.pool.query('SELECT 1 FROM absences')).rows.length;
    const before = await count();
    expect((await post('/api/absences', 'zhao', body)).body['code']).toBe(code);
    expect(await count()).toBe(before);
  });

  test('leaves both names on what the deputy does: in the course of the case and in its replay', async () => {
    const away = { on: '2026-11-24', until: '2026-11-27', deputy: 'zhou', cause: '培训' };
    expect((await post('/api/absences', 'sun', away)).status).toBe(200);
    const id = await finding('F-deputy');
    const headers = { ...by('zhou'), 'X-Zhaodan-Post': 'regulator', 'Content-Type': 'application/json' };
    const path = `/api/cases/${encodeURIComponent(id)}`;
    const body = JSON.stringify({ type: 'claim' });
    expect((await api.ask(`${path}/commands`, { method: 'POST', headers, body })).status).toBe(200);
    const { rows: course } = await get<{ rows: { who: object }[] }>(`${path}/timeline`, 'wang');
    expect(course[0]?.who).toMatchObject({ name: '测试zhou', post: 'regulator', capacityTitle: '代理 测试sun' });
    const { entries } = await get<{ entries: { who: string }[] }>(`${path}/replay`, 'wang');
    expect(entries.at(-1)?.who).toBe('测试zhou(测试镇 市场监管所,代理 测试sun,依据 absence/sun/2026-11-24)');
    expect((await post('/api/absences/end', 'sun', { on: '2026-11-24' })).status).toBe(200);
  });

  test('ends when the person is back', async () => {
    expect((await post('/api/absences/end', 'zhao', { on: '2026-11-24' })).body).toMatchObject({
      told: expect.any(Array),
    });
    const { rows: left } = await get<{ rows: { toOn: string }[] }>('/api/absences', 'zhao');
    expect(left).toMatchObject([{ toOn: '2026-11-23' }]);
  });
});

test('every act of every kind names commands the kind has', () => {
  for (const { kind, stages, acts, commands } of KIND_WORDS)
    for (const [stage, { commands: offered }] of Object.entries(acts)) {
      expect({ kind, stage, known: stage in stages }).toEqual({ kind, stage, known: true });
      expect({ kind, stage, unknown: offered.filter((type) => !(type in commands)) }).toEqual({
        kind,
        stage,
        unknown: [],
      });
    }
});

const actorOf = (person: string, of: string) =>
  ({ person, post: of, role: 'regulator', unit: 'T1', capacity: 'self' }) as const;

describe('an act whose answer was lost', () => {
  const became = (key: string, who: string) =>
    get<{ arrived: boolean; done: { caseId: string; seq: number } | null; refused: { code: string } | null }>(
      `/api/answers/${encodeURIComponent(key)}`,
      who,
    );

  test('is asked about by its number: not arrived, done, refused; and nobody else learns of it', async () => {
    const id = await finding('F-lost');
    const key = 'lost/1?';
    expect(await became(key, 'sun')).toEqual({ arrived: false, done: null, refused: null });
    const path = `/api/cases/${encodeURIComponent(id)}/commands`;
    const answer = await post(path, 'sun', { type: 'claim' }, key);
    expect(await became(key, 'sun')).toEqual({ arrived: true, done: answer.body, refused: null });
    expect(await became(key, 'zhou')).toEqual({ arrived: false, done: null, refused: null });
    const no = await post(path, 'sun', { type: 'claim' }, 'lost-2');
    expect(no.body['code']).toBe('already-claimed');
    expect(await became('lost-2', 'sun')).toMatchObject({
      arrived: true,
      done: null,
      refused: { code: 'already-claimed', why: no.body['detail'] },
    });
  });

  test('other acts than those on a case are not told', async () => {
    const set = { on: '2026-12-07', until: '2026-12-08', deputy: null, cause: '会议' };
    expect((await post('/api/absences', 'zhou', set, 'absence-key')).status).toBe(200);
    expect(await became('absence-key', 'zhou')).toMatchObject({ arrived: false });
  });
});

describe('one kind at a time', () => {
  test('rows and counts are those of the kind, and the kinds keep their own', async () => {
    await finding('F-kind');
    const path = (kind: string) => `/api/todo?kind=${kind}`;
    const sum = ({ groups: of }: { groups: Record<string, number> }) =>
      Object.values(of).reduce((total, count) => total + count, 0);
    interface Counts {
      groups: Record<string, number>;
      kinds: { kind: string; count: number }[];
    }
    const all = await get<Counts>('/api/todo', 'zhou');
    const corrections = await get<Counts>(path('correction'), 'zhou');
    const rounds = await get<Counts>(path('round'), 'zhou');
    expect(corrections.kinds).toEqual(all.kinds);
    expect(sum(corrections)).toBe(all.kinds.find(({ kind }) => kind === 'correction')?.count);
    expect(sum(rounds)).toBe(0);
    const { rows: shown } = await get<{ rows: Row[] }>('/api/todo/rows?kind=correction&limit=200', 'zhou');
    expect(shown).toHaveLength(sum(corrections));
    expect((await get<{ rows: Row[] }>('/api/todo/rows?kind=round', 'zhou')).rows).toEqual([]);
  });
});
