import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWorker } from '../../cases/supervision/work.ts';
import { by, found } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi();
  await found(api.cases);
});
afterAll(() => api.stop());

type Body = Record<string, never>;
const get = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Body };
};
const post = async (path: string, body: unknown, who = 'wang', key?: string) => {
  const response = await api.ask(path, {
    method: 'POST',
    headers: { ...by(who, key), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
};

/** What the cycle's driver has done between two tests. */
const driven = (work: string) => caseWorker(api.cases)('cycle/2026-Q4', work, () => undefined);
const quarter = { kind: 'quarter', quarter: '2026-Q4' };

describe('a quarter’s cycle', () => {
  let hash = '';

  test('is previewed with its rounds, the reason for their date, and problems first', async () => {
    const { status, body } = await post('/api/cycles/preview', quarter);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      cycle: '2026-Q4',
      running: false,
      why: { rule: 'BB-04' },
      totals: { rounds: 1, visits: 2, onSite: 1, subjects: 2 },
      rows: [{ post: 'cadre', person: 'zhao', dueOn: '2026-12-31', problems: [{ code: 'no-pledge' }] }],
    });
    const { problems } = (body['rows'] as unknown as { problems: { message: string }[] }[])[0] ?? { problems: [] };
    expect(problems[0]?.message).toMatch(/承诺书。$/);
    expect(body).toMatchObject({
      kinds: [
        { code: 'no-pledge', grave: false, count: 1, visits: 2, units: [{ unit: 'T1', name: '测试镇', count: 1 }] },
      ],
      clean: 0,
      dueOn: '2026-12-31',
      // In sending hours already: as soon as the digests are gathered.
      firstNotices: { people: 1, at: expect.any(Number) as number },
      next: null,
    });
    hash = String(body['hash']);
  });

  test('is looked through page by page and as a table, by the hash that was shown', async () => {
    const rows = `/api/cycles/previews/${hash}/rows`;
    const row = {
      post: 'cadre',
      postTitle: '包保干部',
      personName: '测试zhao',
      unitName: '测试镇',
      visits: 2,
      onSite: 1,
    };
    expect((await get(rows)).body).toMatchObject({ rows: [row], next: null });
    expect((await get(`${rows}?problem=no-pledge`)).body['rows']).toMatchObject([row]);
    expect((await get(`${rows}?problem=vacancy`)).body['rows']).toEqual([]);
    expect((await get(`/api/cycles/previews/${'f'.repeat(64)}/rows`)).body['code']).toBe('preview-unknown');
    expect((await get(rows, 'zhao')).body['code']).toBe('right-missing');
    const response = await api.ask(`${rows}.xlsx`, { headers: { 'X-Zhaodan-Person': 'wang' } });
    expect(response.headers.get('Content-Disposition')).toContain(encodeURIComponent('预览-'));
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  test('is not previewed by a cadre, nor confirmed by a hash nobody was shown', async () => {
    expect((await post('/api/cycles/preview', quarter, 'zhao')).body['code']).toBe('right-missing');
    const unknown = await post('/api/cycles', { hash: 'f'.repeat(64) });
    expect({ status: unknown.status, code: unknown.body['code'] }).toEqual({ status: 404, code: 'preview-unknown' });
  });

  test('is opened once by the hash that was shown, however often it is confirmed', async () => {
    const first = await post('/api/cycles', { hash }, 'wang', 'kick-off');
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ caseId: 'cycle/2026-Q4', summary: { stage: 'opening' } });
    expect(await post('/api/cycles', { hash }, 'wang', 'kick-off')).toEqual(first);
  });

  test('opens its rounds row by row', async () => {
    const before = await get('/api/cycles/2026-Q4/plan?result=pending');
    expect(before.body['rows']).toMatchObject([{ ordinal: 1, post: 'cadre', visits: 2, result: null }]);
    await driven('open-rounds');
    const { body } = await get('/api/cycles/2026-Q4/plan');
    expect(body['rows']).toMatchObject([{ roundKey: '2026-Q4/cadre', result: expect.any(String) as string }]);
    expect((await get('/api/rounds?cycle=2026-Q4')).body['rows']).toMatchObject([{ id: 'round/2026-Q4/cadre' }]);
    expect((await get('/api/cycles/2026-Q4')).body).toMatchObject({
      case: { stage: 'running' },
      kindTitle: '督导周期',
    });
    expect((await get('/api/cycles')).body['rows']).toMatchObject([
      { id: 'cycle/2026-Q4', title: '2026 年第 4 季度包保督导', fromOn: '2026-10-01', toOn: '2026-12-31' },
    ]);
  });

  test('shows its three rates while it runs, down to what is missing', async () => {
    const { body } = await get('/api/cycles/2026-Q4/figures');
    expect(body).toMatchObject({
      frozenAt: null,
      total: { binding: { numerator: 2, denominator: 2 }, pledge: { numerator: 0, denominator: 1 } },
      units: [{ unit: 'T1', name: '测试镇' }],
    });
    const refs = await get('/api/cycles/2026-Q4/figures/coverage?counted=false&limit=1');
    expect(refs.body['rows']).toMatchObject([{ unit: 'T1', counted: false }]);
    expect(refs.body['next']).not.toBeNull();
    expect((await get('/api/cycles/2026-Q4/figures/nonsense')).status).toBe(400);
    expect((await get('/api/cycles/2020-Q1/figures')).body['code']).toBe('case-not-found');
    expect((await get('/api/rates')).body).toMatchObject({ pledge: { missing: 1, rate: 0 } });
  });

  test('is reported as a workbook', async () => {
    const response = await api.ask('/api/cycles/2026-Q4/report.xlsx', { headers: { 'X-Zhaodan-Person': 'wang' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toContain('spreadsheetml');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  test('pauses and resumes with a document', async () => {
    const commands = '/api/cycles/2026-Q4/commands';
    const act = { reason: '台风', document: '区食安办〔2026〕9 号' };
    expect((await post(commands, { type: 'pause', ...act })).body).toMatchObject({ summary: { stage: 'paused' } });
    expect((await post(commands, { type: 'pause', ...act })).body['code']).toBe('already-paused');
    await driven('pause-rounds');
    expect((await post(commands, { type: 'resume', ...act })).status).toBe(200);
    await driven('resume-rounds');
    expect((await post(commands, { type: 'close' })).body['code']).toBe('not-reported');
  });

  test('takes late joiners by a new preview of itself only', async () => {
    const commands = '/api/cycles/2026-Q4/commands';
    const on = '2026-11-24';
    const changes = [
      {
        type: 'post-added',
        post: 'cadre2',
        unit: 'T1',
        title: '包保干部二',
        role: 'cadre',
        superior: 'head',
        class: 'C',
        on,
      },
      { type: 'person-added', person: 'qian', data: { name: '测试钱', email: null, phone: null }, generated: true },
      { type: 'tenure-began', post: 'cadre2', person: 'qian', on },
      {
        type: 'subject-added',
        subject: 'S9',
        name: '晚来的店',
        creditCode: null,
        class: 'C',
        risk: 'low',
        trade: '餐饮',
        unit: 'C1',
        address: '测试路 9 号',
        on,
      },
      { type: 'bound', subject: 'S9', post: 'cadre2', on },
    ];
    expect((await post('/api/register/changes', { changes })).status).toBe(200);
    const outdated = await post('/api/cycles', { hash });
    expect({ status: outdated.status, code: outdated.body['code'] }).toEqual({ status: 409, code: 'preview-outdated' });

    const adHoc = await post('/api/cycles/preview', {
      kind: 'unit',
      name: 'town-one',
      fromOn: '2026-12-01',
      toOn: '2026-12-20',
      unit: 'T1',
    });
    expect(adHoc.body).toMatchObject({ cycle: '2026-Q4/town-one' });
    const foreign = await post(commands, { type: 'add-late', hash: adHoc.body['hash'], reason: '补入' });
    expect(foreign.body['code']).toBe('preview-unknown');

    const again = await post('/api/cycles/preview', quarter);
    expect(again.body).toMatchObject({ running: true });
    // The register itself opened the newcomer's round when the subject was bound; nobody is left to add.
    expect((await get('/api/rounds?holder=cadre2')).body['rows']).toMatchObject([{ id: 'round/2026-Q4/cadre2' }]);
    const added = await post(commands, { type: 'add-late', hash: again.body['hash'], reason: '新任干部' });
    expect(added.body['code']).toBe('nothing-to-add');
  });

  test('is withdrawn while nobody has begun', async () => {
    const { status, body } = await post('/api/cycles/2026-Q4/commands', { type: 'withdraw', reason: '改期' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ events: [{ type: 'withdrawn' }] });
  });
});

test('the next quarter is proposed as the register stands', async () => {
  const { body } = await get('/api/proposals');
  expect(body['proposals']).toMatchObject([{ cycle: '2027-Q1', state: 'proposed', provisional: true }]);
});
