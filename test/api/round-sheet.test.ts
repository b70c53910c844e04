import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeRegister } from '../../cases/register/change-register.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import { by, NOON, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;

interface Sheet {
  key: string;
  seq: number;
  on: string;
  standing: { dueOn: string; left: { unit: string; amount: number } };
  subjects: {
    subject: string;
    name: string;
    status: string;
    onSite: string | null;
    record: { visitedOn: string; by: string; findings: number; amendUntil: string } | null;
    corrections: { stage: string; text: string | null; dueOn: string | null }[];
    movedTo: { post: string; title: string | null; at: number } | null;
  }[];
  order: string[];
  checklist: { code: string; title: string; required: boolean }[];
  evidence: { requiredModes: string[]; toleranceDays: number };
  missingFiles: { subject: string; digest: string; takenOn: string }[];
}

const id = encodeURIComponent('2026-Q4/cadre');
const SHEET = `/api/rounds/${id}/sheet`;
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]);
const digest = createHash('sha256').update(PHOTO).digest('hex');

beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  // A second cadre with nobody to visit, and a round of theirs does not exist.
  const written = await changeRegister(
    api.cases,
    [
      { type: 'person-added', person: 'qian', data: { name: '钱', email: null, phone: null }, generated: true },
      {
        type: 'post-added',
        post: 'cadre2',
        unit: 'T1',
        title: '包保干部乙',
        role: 'cadre',
        superior: 'head',
        class: 'C',
        on: '2026-01-05',
      },
      { type: 'tenure-began', post: 'cadre2', person: 'qian', on: '2026-01-05' },
    ],
    { actor: SYSTEM, key: 'second cadre' },
  );
  if (!written.ok) throw new Error(JSON.stringify(written));
});
afterAll(() => api.stop());

const sheet = async (): Promise<Sheet> => {
  const response = await api.ask(SHEET, { headers: by('zhao') });
  expect(response.status).toBe(200);
  return (await response.json()) as Sheet;
};
const send = async (method: string, path: string, who: string, body: unknown) => {
  const headers = { ...by(who), 'Content-Type': 'application/json' };
  const response = await api.ask(path, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('my rounds are those my post holds', async () => {
  const mine = async (who: string) =>
    (await (await api.ask('/api/rounds/mine', { headers: by(who) })).json()) as { rows: object[] };
  expect((await mine('zhao')).rows).toMatchObject([
    { caseId: ROUND, key: '2026-Q4/cadre', due: 2, total: 2, standing: { dueOn: '2026-12-31' } },
  ]);
  expect((await mine('qian')).rows).toEqual([]);
});

test('a sheet holds what a round needs', async () => {
  const { subjects, checklist, evidence, standing, on, order, missingFiles } = await sheet();
  expect(on).toBe('2026-11-24');
  expect(standing).toMatchObject({ dueOn: '2026-12-31', left: { unit: 'CD', amount: 37 } });
  expect(subjects).toMatchObject([
    { subject: 'S1', name: '测试主体 S1', status: 'due', onSite: null, record: null, corrections: [] },
    { subject: 'S2', status: 'due', onSite: 'risk' },
  ]);
  expect(checklist[0]).toMatchObject({
    code: 'organization-staffed',
    title: '食品安全总监、食品安全员按规定配备并在岗',
  });
  expect(evidence).toEqual({ requiredModes: ['on-site'], toleranceDays: 3 });
  expect(order).toEqual([]);
  expect(missingFiles).toEqual([]);
});

test('another cadre’s round does not exist, and asking is written down', async () => {
  for (const [method, path] of [
    ['GET', SHEET],
    ['PUT', `/api/rounds/${id}/order`],
  ] as const) {
    const body = method === 'PUT' ? JSON.stringify({ subjects: ['S1'] }) : undefined;
    const response = await api.ask(path, {
      method,
      headers: { ...by('qian'), 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'case-not-found' });
  }
  const { rows } = await api.database.pool.query(
    "SELECT route FROM access_log WHERE person = 'qian' AND outcome = 'not-visible' ORDER BY id",
  );
  expect(rows).toEqual([{ route: 'GET /api/rounds/{id}/sheet' }, { route: 'PUT /api/rounds/{id}/order' }]);
});

test('whoever walks no rounds is told which right is missing', async () => {
  const response = await api.ask(SHEET, { headers: by('sun') });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: 'right-missing' });
});

test('the own order is kept, for the post and the round', async () => {
  expect(await send('PUT', `/api/rounds/${id}/order`, 'zhao', { subjects: ['S2', 'S1'] })).toMatchObject({
    status: 200,
  });
  expect((await sheet()).order).toEqual(['S2', 'S1']);
  await send('PUT', `/api/rounds/${id}/order`, 'zhao', { subjects: [] });
  expect((await sheet()).order).toEqual([]);
});

test('a visit, its finding and a photograph that has not arrived stand in the sheet', async () => {
  const { checklist } = await sheet();
  const items = checklist.map(({ code }, nth) =>
    nth === 1 ? { code, met: false, applies: false } : { code, met: nth !== 0 },
  );
  const visit = {
    visit: 'v-1',
    subject: 'S2',
    visitedOn: '2026-11-24',
    mode: 'on-site',
    items,
    findings: [{ finding: 'f-1', item: items[0]?.code, severity: 'general', text: '总监不在岗' }],
    evidence: [{ digest, takenOn: '2026-11-24' }],
    confirmedBy: 'business',
  };
  expect(await send('POST', `/api/rounds/${id}/visits`, 'zhao', visit)).toMatchObject({ status: 200 });
  const after = await sheet();
  const done = after.subjects.find(({ subject }) => subject === 'S2');
  expect(done).toMatchObject({
    status: 'done',
    record: { visitedOn: '2026-11-24', by: '测试zhao', findings: 1, amendUntil: '2026-12-01' },
    corrections: [{ caseId: 'correction/2026-Q4/cadre/f-1', stage: '待认领', text: '总监不在岗', dueOn: '2026-11-26' }],
  });
  expect(after.missingFiles).toEqual([{ visit: 'v-1', subject: 'S2', digest, takenOn: '2026-11-24' }]);

  const put = await api.ask(`/api/evidence/${digest}`, {
    method: 'PUT',
    headers: { ...by('zhao'), 'Content-Type': 'image/jpeg' },
    body: PHOTO,
  });
  expect(put.status).toBe(201);
  expect((await sheet()).missingFiles).toEqual([]);
  expect((await sheet()).seq).toBe(after.seq);
});

test('a handed-over subject says to whom it went', async () => {
  const handed = await send('POST', `/api/cases/${encodeURIComponent(ROUND)}/commands`, 'wang', {
    type: 'hand-over',
    toPost: 'cadre2',
    subjects: ['S1'],
    reason: '分工调整',
  });
  expect(handed).toMatchObject({ status: 200 });
  expect((await sheet()).subjects.find(({ subject }) => subject === 'S1')).toMatchObject({
    status: 'handed-over',
    movedTo: { post: 'cadre2', title: '包保干部乙', at: NOON },
  });
});
