import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { by, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let items: { code: string; met: boolean }[] = [];
beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  const { body } = await get('/api/policies');
  const policy = (body['inForce'] as unknown as { body: { values: Record<string, { value: unknown }> } }[])[0]?.body;
  const checklist = policy?.values['supervision.checklist']?.value as { code: string; required: boolean }[];
  items = checklist.filter(({ required }) => required).map(({ code }, i) => ({ code, met: i > 0 }));
});
afterAll(() => api.stop());

type Body = Record<string, never>;
const get = async (path: string, who = 'sun') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Body };
};
const post = async (path: string, who: string, body: unknown) => {
  const response = await api.ask(path, {
    method: 'POST',
    headers: { ...by(who), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
};

const CASE = 'correction/2026-Q4/cadre/f-1';
const url = `/api/cases/${encodeURIComponent(CASE)}`;
const act = (who: string, command: object) => post(`${url}/commands`, who, command);
const may = async (who: string) =>
  ((await get(url, who)).body['verbs'] as unknown as { type: string; may: boolean }[])
    .filter((verb) => verb.may)
    .map(({ type }) => type);

describe('a finding', () => {
  const photo = [{ digest: 'a'.repeat(64), takenOn: '2026-11-24' }];

  test('opens its correction with the visit that found it', async () => {
    const visit = {
      visit: 'v-1',
      subject: 'S1',
      visitedOn: '2026-11-24',
      mode: 'on-site',
      items,
      findings: [{ finding: 'f-1', item: items[0]?.code, severity: 'general', text: '冷藏柜温度过高' }],
      evidence: photo,
      confirmedBy: 'business',
    };
    const { status } = await post(`/api/rounds/${encodeURIComponent('2026-Q4/cadre')}/visits`, 'zhao', visit);
    expect(status).toBe(200);
    const { body } = await get(url);
    expect(body).toMatchObject({
      case: { id: CASE, stage: 'submitted', subject: { id: 'S1' } },
      kindTitle: expect.stringContaining('整改') as string,
    });
    expect(Object.values(body['texts'] as unknown as object)).toContain('冷藏柜温度过高');
  });

  test('is claimed by the market regulator of the place, not by the cadre', async () => {
    expect(await may('sun')).toContain('claim');
    expect(await may('zhao')).not.toContain('claim');
    expect((await act('zhao', { type: 'claim' })).status).toBe(403);
    expect((await act('sun', { type: 'claim' })).status).toBe(200);
    expect((await act('sun', { type: 'claim' })).body['code']).toBe('already-claimed');
  });

  test('is ordered to be corrected by a day to come, with the article where it is refused', async () => {
    const past = await act('sun', { type: 'order', dueOn: '2026-11-20', requirement: '更换温控' });
    expect(past.body).toMatchObject({ status: 409, code: 'due-in-past', article: 'INS §33' });
    expect((await act('sun', { type: 'order', dueOn: '2026-12-04', requirement: '更换温控' })).status).toBe(200);
    expect((await get(url)).body).toMatchObject({ case: { stage: 'ordered', dueOn: '2026-12-04' } });
  });

  test('is re-checked by another person than who took the report', async () => {
    expect((await act('sun', { type: 'report-done', evidence: photo })).status).toBe(200);
    const own = await act('sun', { type: 'recheck', passed: true, reason: '合格', evidence: photo });
    expect(own.body).toMatchObject({ status: 403, code: 'own-work', article: 'INS §33' });
    const done = await act('zhou', { type: 'recheck', passed: true, reason: '温度合格', evidence: photo });
    expect(done.body).toMatchObject({ summary: { closedAs: 'struck-off' } });
    expect((await get('/api/cases?kind=correction&closed=true&subject=S1')).body['rows']).toMatchObject([
      { id: CASE, closedAs: 'struck-off' },
    ]);
    expect((await get(`${url}/verify`)).body).toMatchObject({ differences: [] });
  });
});
