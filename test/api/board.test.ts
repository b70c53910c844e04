/** The board as its readers get it: each its own part, and a reported cycle as it was frozen, whatever happens later. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWorker } from '../../cases/supervision/work.ts';
import { by } from './district.ts';
import { twoTowns, type TwoTowns } from './two-towns.ts';

const QUARTER = 'cycle/2026-Q4';
const FIRST = 'round/2026-Q4/cadre';
const SECOND = 'round/2026-Q4/cadre2';
const BOARD = '/api/board?cycle=2026-Q4';

let towns: TwoTowns;
beforeAll(async () => {
  towns = await twoTowns();
  towns.at('2026-10-08T09:00');
  await towns.kickOff({ kind: 'quarter', quarter: '2026-Q4' });
  towns.at('2026-11-03T10:00');
  await towns.visit(FIRST, 'S1', '2026-11-03');
});
afterAll(() => towns.api.stop());

const rate = (numerator: number, denominator: number, overdue = 0) => ({
  numerator,
  denominator,
  missing: denominator - numerator,
  overdue,
});

describe('while the period runs', () => {
  test('nothing is due yet, and one visit of four is made', async () => {
    const { body } = await towns.get(BOARD);
    expect(body).toMatchObject({
      frozenAt: null,
      period: { fromOn: '2026-10-01', toOn: '2026-12-31', stage: 'running' },
      total: { binding: rate(4, 4), completion: rate(0, 0), coverage: rate(1, 4) },
      units: [
        { unit: 'T1', coverage: rate(1, 2) },
        { unit: 'T2', coverage: rate(0, 2) },
      ],
    });
    // 34 of 92 days have begun.
    expect(body['period']).toMatchObject({ passed: 34 / 92 });
  });

  test('a town sees its own part only, in the rates, the gaps and the figures', async () => {
    expect((await towns.get(BOARD, 'qian')).body).toMatchObject({
      total: { binding: rate(2, 2), coverage: rate(0, 2) },
      units: [{ unit: 'T2' }],
    });
    const missing = await towns.get('/api/board/missing/coverage?cycle=2026-Q4', 'qian');
    expect(missing.body['rows']).toMatchObject([{ ref: `${SECOND}/S3` }, { ref: `${SECOND}/S4` }]);
    expect((await towns.get('/api/cycles/2026-Q4/figures', 'qian')).body).toMatchObject({
      total: { coverage: { numerator: 0, denominator: 2 } },
    });
    const refs = await towns.get('/api/cycles/2026-Q4/figures/coverage', 'qian');
    expect(refs.body['rows']).toMatchObject([{ ref: `${SECOND}/S3` }, { ref: `${SECOND}/S4` }]);
    expect((await towns.get('/api/rates', 'qian')).body).toMatchObject({ binding: { denominator: 2, rate: 1 } });
    expect((await towns.get(`${BOARD}&unit=T1`, 'qian')).body['code']).toBe('unit-out-of-reach');
    expect((await towns.get('/api/board/missing/coverage?cycle=2026-Q4&unit=T1', 'qian')).status).toBe(403);
  });

  test('a cadre has no board, and a cycle nobody opened has none', async () => {
    expect((await towns.get(BOARD, 'zhao')).body['code']).toBe('right-missing');
    expect((await towns.get('/api/board?cycle=2020-Q1')).body['code']).toBe('cycle-not-found');
  });

  test('what is missing is paged to the last row, each once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await towns.get(`/api/board/missing/coverage?cycle=2026-Q4&limit=1${cursor}`);
      seen.push(...(body['rows'] as { ref: string }[]).map(({ ref }) => ref));
      if (body['next'] === null) break;
      cursor = `&cursor=${body['next'] as string}`;
    }
    expect(seen).toEqual([`${FIRST}/S2`, `${SECOND}/S3`, `${SECOND}/S4`]);
    expect((await towns.get('/api/board/missing/coverage?cursor=nonsense')).body['code']).toBe('invalid-cursor');
  });
});

describe('once the figures are frozen', () => {
  beforeAll(async () => {
    // S2 is visited late, before the freezing: it is covered, and not completed, for ever.
    towns.at('2027-01-01T09:00');
    await towns.pass();
    await towns.visit(FIRST, 'S2', '2026-12-31');
    towns.at('2027-01-05T09:00');
    await caseWorker(towns.cases)(QUARTER, 'freeze-figures', () => undefined);
  });

  const frozen = {
    period: { stage: 'reported', passed: 1 },
    total: { binding: rate(4, 4), pledge: rate(0, 2, 2), completion: rate(1, 4, 2), coverage: rate(2, 4, 2) },
    units: [
      { unit: 'T1', name: '测试镇', completion: rate(1, 2), coverage: rate(2, 2) },
      { unit: 'T2', name: '第二镇', completion: rate(0, 2, 2), coverage: rate(0, 2, 2) },
    ],
  };
  const read = async () => ({
    board: (await towns.get(BOARD)).body,
    town: (await towns.get(BOARD, 'qian')).body,
    classC: (await towns.get(`${BOARD}&class=C`)).body,
    missing: (await towns.get('/api/board/missing/completion?cycle=2026-Q4')).body,
    figures: (await towns.get('/api/cycles/2026-Q4/figures')).body,
    refs: (await towns.get('/api/cycles/2026-Q4/figures/coverage')).body,
  });

  test('they answer what they were frozen with', async () => {
    const { board, town, classC, missing, figures, refs } = await read();
    expect(board).toMatchObject({ ...frozen, frozenAt: Date.parse('2027-01-05T09:00:00+08:00') });
    expect(town).toMatchObject({ total: { completion: rate(0, 2, 2) }, units: [{ unit: 'T2' }] });
    expect(classC).toMatchObject({ total: frozen.total });
    expect((await towns.get(`${BOARD}&class=A`)).body).toMatchObject({ total: { coverage: rate(0, 0) }, units: [] });
    expect(missing['rows']).toMatchObject([
      { ref: `${FIRST}/S2`, name: '测试主体 S2', unit: 'T1', person: '测试zhao', caseId: FIRST },
      { ref: `${SECOND}/S3`, unitName: '第二镇' },
      { ref: `${SECOND}/S4` },
    ]);
    expect(figures).toMatchObject({ total: { completion: { numerator: 1, denominator: 4 } } });
    expect((refs['rows'] as unknown[]).length).toBe(4);
  });

  test('nothing that happens later changes them', async () => {
    const before = await read();
    towns.at('2027-01-08T09:00');
    await towns.visit(SECOND, 'S3', '2026-12-31');
    const on = '2027-01-08';
    await towns.change(
      { type: 'unbound', subject: 'S1', post: 'cadre', on, reason: '调整' },
      { type: 'subject-closed', subject: 'S4', on },
    );
    const { board: after, ...rest } = await read();
    expect({ ...after, at: 0 }).toEqual({ ...before.board, at: 0 });
    expect({ ...rest.town, at: 0 }).toEqual({ ...before.town, at: 0 });
    expect(rest.missing).toEqual(before.missing);
    expect(rest.figures).toEqual(before.figures);
    expect(rest.refs).toEqual(before.refs);
    // Meanwhile the board of what runs has moved.
    expect((await towns.get('/api/board')).body).toMatchObject({ total: { binding: rate(2, 3) } });
  });
});

describe('a town’s office', () => {
  const ask = async (path: string, body: unknown) => {
    const headers = { ...by('zheng'), 'Content-Type': 'application/json' };
    const response = await towns.api.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Record<string, unknown>;
  };
  const campaign = { kind: 'unit', name: 'spring', fromOn: '2027-02-01', toOn: '2027-02-26' };

  test('previews its own town, and neither another nor the whole', async () => {
    expect((await ask('/api/cycles/preview', { kind: 'quarter', quarter: '2027-Q2' }))['code']).toBe('whole-district');
    expect((await ask('/api/cycles/preview', { ...campaign, unit: 'T1' }))['code']).toBe('unit-out-of-reach');
    expect(await ask('/api/cycles/preview', { ...campaign, unit: 'T2' })).toMatchObject({ rows: [{ post: 'cadre2' }] });
  });

  test('neither reads nor confirms what the district was shown', async () => {
    const shown = await towns.api.ask('/api/cycles/preview', {
      method: 'POST',
      headers: { ...by('wang'), 'Content-Type': 'application/json' },
      body: JSON.stringify({ kind: 'quarter', quarter: '2027-Q2' }),
    });
    const { hash } = (await shown.json()) as { hash: string };
    expect((await towns.get(`/api/cycles/previews/${hash}/rows`, 'zheng')).body['code']).toBe('whole-district');
    expect((await towns.get(`/api/cycles/previews/${hash}/rows.xlsx`, 'zheng')).body['code']).toBe('whole-district');
    expect((await ask('/api/cycles', { hash }))['code']).toBe('whole-district');
    expect((await towns.get('/api/cycles/2027-Q2')).status).toBe(404);
  });
});
