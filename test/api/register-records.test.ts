import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRegister } from '../../cases/register/change-register.ts';
import { by, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  const moved = await changeRegister(
    api.cases,
    [
      { type: 'subject-risk-changed', subject: 'S1', risk: 'medium', on: '2026-11-20' },
      { type: 'absence-began', person: 'zhao', deputy: 'sun', on: '2026-11-23', until: '2026-11-27', cause: '培训' },
      {
        type: 'pledge-signed',
        person: 'zhao',
        post: 'cadre',
        version: '2026',
        on: '2026-11-20',
        withPost: 'head',
        document: null,
      },
    ],
    { actor: { person: 'wang', post: 'office', unit: 'D', role: 'district-office', capacity: 'self' }, key: 'moves' },
  );
  if (!moved.ok) throw new Error(JSON.stringify(moved));
});
afterAll(() => api.stop());

const get = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const code = async (path: string, who?: string) => (await get(path, who)).body['code'];

describe('what stands beside a row', () => {
  test('a subject: who guaranteed it, its visits, its cases', async () => {
    const { status, body } = await get('/api/register/subjects/S1/record');
    expect(status).toBe(200);
    expect(body['bindings']).toEqual([
      { post: 'cadre', title: '包保干部', holder: '测试zhao', fromOn: '2026-01-05', toOn: null },
    ]);
    expect(body['visits']).toEqual([
      {
        caseId: ROUND,
        cycle: '2026-Q4',
        status: 'due',
        statusTitle: '待走访',
        visitedOn: null,
        inTime: null,
        onSite: false,
        findings: 0,
      },
    ]);
  });

  test('a visit says when it was made and what was found', async () => {
    const client = await api.cases.pool.connect();
    const { policy } = await api.cases.office.inForce(client).finally(() => client.release());
    const checklist = policy.value<{ code: string; required: boolean }[]>('supervision.checklist');
    const made = await api.ask(`/api/cases/${encodeURIComponent(ROUND)}/commands`, {
      method: 'POST',
      headers: { ...by('zhao'), 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'record-visit',
        visit: 'v-1',
        subject: 'S2',
        visitedOn: '2026-11-23',
        mode: 'on-site',
        items: checklist.filter(({ required }) => required).map(({ code: item }) => ({ code: item, met: true })),
        findings: [],
        evidence: [{ digest: 'a'.repeat(64), takenOn: '2026-11-23' }],
        confirmedBy: 'business',
      }),
    });
    expect(await made.json()).toMatchObject({ caseId: ROUND });
    const { body } = await get('/api/register/subjects/S2/record');
    expect(body['visits']).toMatchObject([{ status: 'done', visitedOn: '2026-11-23', inTime: true, onSite: true }]);
  });

  test('a post: who held it, who was away, what was signed, what it holds', async () => {
    const { body } = await get('/api/register/posts/cadre/record');
    expect(body['tenures']).toMatchObject([{ person: 'zhao', name: '测试zhao', fromOn: '2026-01-05', toOn: null }]);
    expect(body['superior']).toEqual({ id: 'head', title: '镇长' });
    expect(body['absences']).toMatchObject([{ person: 'zhao', deputyName: '测试sun', cause: '培训' }]);
    expect(body['pledges']).toMatchObject([{ version: '2026', withTitle: '镇长' }]);
    expect((body['cases'] as { caseId: string }[]).map(({ caseId }) => caseId)).toContain(ROUND);
  });

  test('a person: posts, absences, pledges', async () => {
    const { body } = await get('/api/register/persons/zhao/record');
    expect(body['tenures']).toMatchObject([{ post: 'cadre', title: '包保干部' }]);
    expect(body['absences']).toHaveLength(1);
    expect(body['pledges']).toHaveLength(1);
  });

  test('nothing of a row out of reach, or that does not exist, is told', async () => {
    expect(await code('/api/register/subjects/nobody/record')).toBe('register-row-not-found');
    expect(await code('/api/register/posts/office/record', 'zhao')).toBe('register-row-not-found');
    expect(await code('/api/register/persons/wang/record', 'zhao')).toBe('register-row-not-found');
    expect(await code('/api/register/unit/D/history', 'zhao')).toBe('register-row-not-found');
  });
});

describe('the history of a chain', () => {
  test('reads in sentences, newest first, page by page', async () => {
    const first = await get('/api/register/subject/S1/history?limit=1');
    expect(first.body['rows']).toMatchObject([
      { who: '测试wang（区食药安办）', what: ['调整风险等级：中等风险，自 2026-11-20 起'] },
    ]);
    const next = first.body['next'] as string;
    const second = await get(`/api/register/subject/S1/history?limit=50&cursor=${next}`);
    expect(JSON.stringify(second.body['rows'])).toContain('建立包保：测试主体 S1，由包保干部包保');
    expect(second.body['next']).toBeNull();
    expect(await code(`/api/register/subject/S1/history?cursor=${Buffer.from('"x"').toString('base64url')}`)).toBe(
      'invalid-cursor',
    );
  });

  test('never shows what is personal: only that it was given', async () => {
    const { body } = await get('/api/register/person/zhao/history');
    expect(JSON.stringify(body)).not.toContain('@test.invalid');
    expect(JSON.stringify(body)).toContain('请假：测试zhao，2026-11-23 至 2026-11-27，培训，由测试sun代理');
  });

  test('bears both names where a deputy wrote it', async () => {
    const headers = { ...by('sun'), 'X-Zhaodan-Post': 'cadre', 'Content-Type': 'application/json' };
    const away = { on: '2026-12-07', until: '2026-12-08', deputy: null, cause: '会议' };
    const set = await api.ask('/api/absences', { method: 'POST', headers, body: JSON.stringify(away) });
    expect(set.status).toBe(200);
    const { body } = await get('/api/register/person/sun/history?limit=1');
    expect(body['rows']).toMatchObject([{ who: '测试sun（包保干部，代理 测试zhao）' }]);
  });

  test('says what the row was at the end of a day', async () => {
    const before = await get('/api/register/subject/S1/at/2026-11-23');
    expect(before.body).toMatchObject({ entries: 0, facts: [] });
    const today = await get('/api/register/subject/S1/at/2026-11-24');
    expect(today.body['later']).toBe(0);
    expect(today.body['facts']).toContainEqual({ name: '风险', value: '中等风险' });
    expect(today.body['facts']).toContainEqual({ name: '包保', value: '包保干部，2026-01-05 起' });
    expect(await code('/api/register/subject/S1/at/2026-02-30')).toBe('invalid-request');
  });
});
