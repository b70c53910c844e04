import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { by, found } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi();
  await found(api.cases);
});
afterAll(() => api.stop());

type Body = Record<string, never>;
const upload = async (bytes: Buffer | string, query = '', who = 'wang', key?: string) => {
  const response = await api.ask(`/api/register/imports?fileName=${encodeURIComponent('名册.xlsx')}${query}`, {
    method: 'POST',
    headers: { ...by(who, key), 'Content-Type': 'application/octet-stream' },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
  return { status: response.status, body: (await response.json()) as Body };
};
const post = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { method: 'POST', headers: by(who) });
  return { status: response.status, body: (await response.json()) as Body };
};
const download = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return {
    status: response.status,
    type: response.headers.get('Content-Type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};
const sheetsOf = (body: Body) =>
  body['sheets'] as unknown as {
    importId: string;
    sheet: string;
    problemCount: number;
    totals: Record<string, number>;
  }[];

describe('the register as a file', () => {
  test('comes back as it went out, and importing it changes nothing', { timeout: 60_000 }, async () => {
    const exported = await download('/api/register/export');
    expect({ status: exported.status, type: exported.type }).toMatchObject({ status: 200 });
    const { status, body } = await upload(exported.bytes);
    expect(status).toBe(200);
    for (const { importId, problemCount } of sheetsOf(body)) {
      expect(problemCount).toBe(0);
      const confirmed = await post(`/api/register/imports/${importId}/confirm`);
      expect(confirmed.status).toBe(200);
      expect(confirmed.body['change']).toBeNull();
    }
  });

  test('one sheet as csv, named; a cadre gets neither', async () => {
    const csv = await download('/api/register/export?format=csv&sheet=subjects');
    expect(csv.type).toContain('text/csv');
    expect(csv.bytes.toString('utf8')).toContain('测试主体 S1');
    expect((await download('/api/register/export?format=csv')).status).toBe(400);
    expect((await download('/api/register/export', 'zhao')).status).toBe(403);
  });

  test('has a template anybody may take', async () => {
    const { status, bytes } = await download('/api/register/template', 'zhao');
    expect(status).toBe(200);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
  });
});

describe('a file that brings something', () => {
  test('is judged row by row, and written only when confirmed', async () => {
    const csv = (await download('/api/register/export?format=csv&sheet=subjects')).bytes.toString('utf8');
    const [header = '', first = ''] = csv.split('\r\n');
    const broken = `${header}\r\n${first.replace('S1', 'S 1 ')}\r\n`;
    const judged = await upload(broken);
    expect(judged.status).toBe(200);
    const [bad] = sheetsOf(judged.body);
    expect(bad).toMatchObject({ sheet: 'subjects' });
    expect(bad?.problemCount).toBeGreaterThan(0);
    const refused = await post(`/api/register/imports/${bad?.importId ?? ''}/confirm`);
    expect({ status: refused.status, code: refused.body['code'] }).toEqual({
      status: 409,
      code: 'import-has-problems',
    });

    const added = `${header}\r\n${first.replace('S1', 'S7').replace('测试主体 S1', '新主体')}\r\n`;
    const [good] = sheetsOf((await upload(added)).body);
    const shown = await download(`/api/register/imports/${good?.importId ?? ''}`);
    expect(JSON.parse(shown.bytes.toString())).toMatchObject({ state: 'previewed', by: 'wang', fileName: '名册.xlsx' });
    const confirmed = await post(`/api/register/imports/${good?.importId ?? ''}/confirm`);
    expect(confirmed.body).toMatchObject({ change: { opened: ['binding-duty/S7/1'] } });
    expect(await post(`/api/register/imports/${good?.importId ?? ''}/confirm`)).toEqual(confirmed);
  });

  test('is nobody else’s business, and can be given up', async () => {
    const csv = (await download('/api/register/export?format=csv&sheet=subjects')).bytes;
    const [own] = sheetsOf((await upload(csv, '', 'wang')).body);
    const path = `/api/register/imports/${own?.importId ?? ''}`;
    expect((await download(path, 'li')).status).toBe(403);
    expect((await post(`${path}/discard`, 'wang')).body).toEqual({ discarded: true });
    expect((await post(`${path}/confirm`, 'wang')).body['code']).toBe('import-not-found');
  });

  test.each([
    ['nonsense', Buffer.from('PK\u0003\u0004 not a zip')],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['columns of something else', Buffer.from('甲,乙\n1,2\n')],
  ])('that is %s is refused with a sentence', async (_what, bytes) => {
    const { status, body } = await upload(bytes);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'import-unreadable' });
    expect(body['detail']).toMatch(/^文件不能导入:.*。$/);
  });
});
