import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { by, ROUND, settle } from './district.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
});
afterAll(() => api.stop());

const json = async (response: Response) => (await response.json()) as Record<string, never>;
const get = async (path: string, who = 'wang') => {
  const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
  return { status: response.status, body: await json(response) };
};
const post = async (path: string, who: string, body: unknown, key?: string) => {
  const response = await api.ask(path, {
    method: 'POST',
    headers: { ...by(who, key), 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await json(response) };
};
const caseUrl = `/api/cases/${encodeURIComponent(ROUND)}`;

describe('a case', () => {
  test('is found by an id with slashes and says who holds it, why its date, and what may be done', async () => {
    const { status, body } = await get(caseUrl, 'zhao');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      case: {
        id: ROUND,
        stage: 'running',
        holder: { post: 'cadre', title: '包保干部', person: 'zhao' },
        dueOn: '2026-12-31',
      },
      kindTitle: '督导轮次',
      stageTitle: '走访中',
      clocks: [{ id: 'period', status: 'running', explanation: { rule: 'BB-04', due: { dueOn: '2026-12-31' } } }],
    });
    const verbs = Object.fromEntries(
      (body['verbs'] as unknown as { type: string; may: boolean; code: string }[]).map((verb) => [verb.type, verb]),
    );
    expect(verbs['record-visit']).toMatchObject({ may: true });
    expect(verbs['urge']).toMatchObject({ may: false, code: 'not-office' });
    expect(verbs['amend-visit']).toMatchObject({ may: false, code: 'nothing-to-act-on' });
  });

  test('is in the lists that ask for it, page by page', async () => {
    const { body } = await get(
      '/api/cases?kind=round&holder=cadre&unit=D&cycle=2026-Q4&closed=false&dueBefore=2026-12-31',
    );
    expect(body['rows']).toMatchObject([{ id: ROUND, unit: { id: 'T1', name: '测试镇' } }]);
    expect((await get('/api/cases?unit=C1')).body['rows']).toEqual([]);
    expect((await get('/api/cases?overdue=true')).body['rows']).toEqual([]);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { body: Record<string, unknown> } = await get(
        `/api/cases?limit=1&order=opened${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...(page.body['rows'] as { id: string }[]).map(({ id }) => id));
      cursor = page.body['next'] as string | null;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(ROUND);
  });

  test('shows its journal and verifies', async () => {
    const { body } = await get(`${caseUrl}/entries?limit=1`);
    expect(body['rows']).toMatchObject([{ seq: 1, content: { kind: 'round', events: [{ type: 'opened' }] } }]);
    const verified = await get(`${caseUrl}/verify`);
    expect(verified.body).toMatchObject({ chains: 1, differences: [] });
  });
});

describe('a replay', () => {
  test('shows the case as it was, in Chinese too, and nothing before it was opened', async () => {
    const { status, body } = await get(`${caseUrl}/replay?at=2026-11-24T10:20:00%2B08:00`);
    expect(api.logged.filter(({ err }) => err !== undefined)).toEqual([]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      caseId: ROUND,
      holder: { post: 'cadre', person: 'zhao' },
      clocks: [{ id: 'period' }],
    });
    expect(body['text']).toMatch(/\p{Script=Han}/u);
    const early = await get(`${caseUrl}/replay?at=2026-01-01T00:00:00Z`);
    expect({ status: early.status, code: early.body['code'] }).toEqual({ status: 404, code: 'before-opening' });
    expect((await get('/api/cases/round%2Fnone%2Fnone/replay')).body['code']).toBe('case-not-found');
  });
});

describe('a visit', () => {
  const visit = {
    visit: 'v-1',
    subject: 'S1',
    visitedOn: '2026-11-24',
    mode: 'on-site',
    items: [] as { code: string; met: boolean }[],
    findings: [] as unknown[],
    evidence: [] as { digest: string; takenOn: string }[],
    confirmedBy: 'business',
    note: '一切正常',
  };
  const visits = `/api/rounds/${encodeURIComponent('2026-Q4/cadre')}/visits`;

  beforeAll(async () => {
    const { body } = await get('/api/policies');
    const policy = (body['inForce'] as unknown as { body: { values: Record<string, { value: unknown }> } }[])[0]?.body;
    const checklist = policy?.values['supervision.checklist']?.value as { code: string; required: boolean }[];
    visit.items = checklist.filter(({ required }) => required).map(({ code }) => ({ code, met: true }));
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('a photograph')]);
    const digest = await digestOf(photo);
    const stored = await api.ask(`/api/evidence/${digest}`, {
      method: 'PUT',
      headers: { 'X-Zhaodan-Person': 'zhao', 'Content-Type': 'image/jpeg' },
      body: photo,
    });
    expect(stored.status).toBe(201);
    visit.evidence = [{ digest, takenOn: '2026-11-24' }];
  });

  test('by somebody else is refused with the code, the sentence and 403', async () => {
    const { status, body } = await post(visits, 'li', visit);
    expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'not-holder' });
    expect(body['detail']).toContain('cadre');
  });

  test('to a high-risk subject by video is refused', async () => {
    const { status, body } = await post(visits, 'zhao', { ...visit, subject: 'S2', mode: 'video' });
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'must-be-on-site' });
  });

  test('is recorded once however often it is sent; another under its key is 422', async () => {
    const first = await post(visits, 'zhao', visit, 'visit-key');
    const again = await post(visits, 'zhao', visit, 'visit-key');
    expect(first.status).toBe(200);
    expect(again).toEqual(first);
    expect(first.body).toMatchObject({
      caseId: ROUND,
      events: [{ type: 'visit-recorded', subject: 'S1', inTime: true }],
    });
    const other = await post(visits, 'zhao', { ...visit, visit: 'v-2' }, 'visit-key');
    expect({ status: other.status, code: other.body['code'] }).toEqual({ status: 422, code: 'key-reused' });
  });

  test('keeps the words beside the journal, not in it', async () => {
    const { body } = await get(caseUrl);
    expect(Object.values(body['texts'] as unknown as Record<string, string>)).toContain('一切正常');
    const entries = await get(`${caseUrl}/entries`);
    expect(JSON.stringify(entries.body)).not.toContain('一切正常');
  });

  test('is urged by the office through the generic route', async () => {
    const { status, body } = await post(`${caseUrl}/commands`, 'wang', { type: 'urge', note: '请抓紧' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ events: [{ type: 'urged' }] });
    const soon = await post(`${caseUrl}/commands`, 'wang', { type: 'urge', note: '请抓紧' });
    expect({ status: soon.status, code: soon.body['code'] }).toEqual({ status: 409, code: 'urged-recently' });
    expect(soon.body['detail']).toMatch(/2026-11-\d\d \d\d:\d\d/);
  });
});

describe('commands that are the system’s own', () => {
  test.each([
    [{ type: 'lapse', clock: 'period', arming: 1, rung: 'due', reachedAt: 0 }],
    [{ type: 'subject-closed', subject: 'S1' }],
    [{ type: 'open', cycle: 'x' }],
  ])('%o is not a request', async (command) => {
    const { status, body } = await post(`${caseUrl}/commands`, 'wang', command);
    expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid-request' });
  });

  test('and a case that is not there is not found', async () => {
    const { status, body } = await post('/api/cases/round%2Fnone%2Fnone/commands', 'wang', {
      type: 'urge',
      note: '在吗',
    });
    expect({ status, code: body['code'] }).toEqual({ status: 404, code: 'case-not-found' });
    expect((await get('/api/cases/round%2Fnone%2Fnone')).body['code']).toBe('case-not-found');
    expect((await get('/api/cases/nonsense%2Fnone')).body['code']).toBe('case-not-found');
  });
});

describe('evidence', () => {
  const pdf = Buffer.from('%PDF-1.7 minutes');
  const put = (digest: string, body: Buffer, type = 'application/octet-stream') =>
    api.ask(`/api/evidence/${digest}`, {
      method: 'PUT',
      headers: { 'X-Zhaodan-Person': 'zhao', 'Content-Type': type },
      body: new Uint8Array(body),
    });

  test('is what its bytes say, is stored once and comes back whole and inert', async () => {
    const digest = await digestOf(pdf);
    const first = await put(digest, pdf);
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({ digest, mediaType: 'application/pdf', size: pdf.length });
    expect((await put(digest, pdf)).status).toBe(200);
    const back = await api.ask(`/api/evidence/${digest}`, { headers: { 'X-Zhaodan-Person': 'wang' } });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(pdf);
    expect(back.headers.get('Content-Type')).toBe('application/pdf');
    expect(back.headers.get('Content-Disposition')).toBe(`attachment; filename="${digest}.pdf"`);
    expect(back.headers.get('Content-Security-Policy')).toContain('sandbox');
  });

  test.each([
    ['under another digest', 'a'.repeat(64), pdf, 400, 'digest-mismatch'],
    ['that is a page', undefined, Buffer.from('<html><script>alert(1)</script>'), 415, 'unsupported-media-type'],
    ['of nothing', 'a'.repeat(64), Buffer.alloc(0), 400, 'body-missing'],
    ['over ten megabytes', 'a'.repeat(64), Buffer.alloc(10_000_001), 413, 'too-large'],
  ])('%s is refused', async (_what, digest, body, status, code) => {
    const response = await put(digest ?? (await digestOf(body)), body);
    expect({ status: response.status, code: (await json(response))['code'] }).toEqual({ status, code });
  });
});

describe('the register', () => {
  test('lists what is in it', async () => {
    expect((await get('/api/register/units')).body['rows']).toHaveLength(3);
    const subjects = await get('/api/register/subjects?unit=T1&bound=true&limit=1');
    expect(subjects.body).toMatchObject({ rows: [{ id: 'S1', binding: { post: 'cadre', holder: { id: 'zhao' } } }] });
    expect(subjects.body['next']).not.toBeNull();
    expect((await get('/api/register/posts/cadre')).body).toMatchObject({ holder: { id: 'zhao' }, subjects: 2 });
    expect((await get('/api/register/persons/zhao')).body).toMatchObject({ generated: true });
    expect((await get('/api/register/subject/S1/entries')).body['rows']).toMatchObject([{ seq: 1 }]);
    expect((await get('/api/register/subjects/none')).status).toBe(404);
  });

  test('changes by command and says what that sets off', async () => {
    const change = {
      type: 'subject-added',
      subject: 'S3',
      name: '新店',
      creditCode: null,
      class: 'C',
      risk: 'low',
      trade: '餐饮',
      unit: 'C1',
      address: '测试路 3 号',
      on: '2026-11-24',
    };
    const { status, body } = await post('/api/register/changes', 'sun', { changes: [change] });
    expect(status).toBe(200);
    expect(body['opened']).toEqual(['binding-duty/S3/1']);
    const again = await post('/api/register/changes', 'sun', { changes: [change] });
    expect({ status: again.status, code: again.body['code'] }).toEqual({ status: 409, code: 'subject-exists' });
    expect((await post('/api/register/changes', 'zhao', { changes: [change] })).body['code']).toBe('right-missing');
  });
});

describe('rules and calendars', () => {
  test('a limit is counted and explained', async () => {
    const { body } = await get('/api/rules/CP-03/deadline?from=2026-09-30');
    expect(body).toMatchObject({
      rule: 'CP-03',
      dueOn: expect.stringMatching(/^2026-/) as string,
      days: expect.any(Array) as [],
    });
    expect((await get('/api/rules/XX-99/deadline?from=2026-09-30')).body['code']).toBe('rule-not-found');
  });

  test('a calendar is previewed by what it would move, and published once', async () => {
    const { body } = await get('/api/calendars');
    const calendar = (body['inForce'] as unknown as { body: Record<string, unknown> }[])[0]?.body;
    const holidays = [...(calendar?.['holidays'] as object[]), { date: '2026-12-28', name: '测试假' }];
    const next = { ...calendar, version: 'cn-2026-b', holidays };
    const preview = await post('/api/calendars?dryRun=true', 'wang', next);
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({ days: ['2026-12-28'], touched: 1, counted: 1 });
    const published = await post('/api/calendars', 'wang', next);
    expect(published.body).toMatchObject({ publication: expect.stringMatching(/^\d+$/) as string });
    expect((await post('/api/calendars', 'wang', next)).body).toMatchObject({ publication: null });
    expect((await post('/api/calendars', 'zhao', next)).body['code']).toBe('right-missing');
  });

  test('a policy that forgets a value is refused', async () => {
    const { body } = await get('/api/policies');
    const policy = (body['inForce'] as unknown as { body: { values: Record<string, unknown> } }[])[0]?.body;
    const values = Object.fromEntries(
      Object.entries(policy?.values ?? {}).filter(([name]) => name !== 'supervision.urgeEveryHours'),
    );
    const refused = await post('/api/policies', 'wang', { ...policy, values });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body['errors'])).toContain('supervision.urgeEveryHours');
  });
});

describe('notices', () => {
  test('are listed with their state, and only their reader marks them read', async () => {
    const { body } = await get('/api/notices?limit=1');
    const rows = body['rows'] as unknown as { id: string; state: string }[];
    expect(rows[0]).toMatchObject({ state: 'queued' });
    const id = rows[0]?.id ?? '';
    expect((await get(`/api/notices/${id}`)).status).toBe(200);
    expect((await get('/api/notices/999999')).body['code']).toBe('notice-not-found');
    const read = await post(`/api/notices/${id}/read`, 'sun', undefined);
    expect(['not-addressee', 'not-sent-yet', 'notice-not-found']).toContain(read.body['code']);
  });
});

async function digestOf(bytes: Buffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}
