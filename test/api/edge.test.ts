import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Serving } from './serving.ts';

const officer = {
  person: 'person-1',
  post: 'post-1',
  role: 'district-office',
  unit: 'district',
  capacity: 'self',
} as const;

let api: Serving;
beforeAll(async () => {
  api = await startApi(() => ({
    findActor: async (person) => (person === 'person-1' ? officer : { code: 'person-unknown' }),
  }));
});
afterAll(() => api.stop());

const asOfficer = { 'X-Zhaodan-Person': 'person-1' };
const problemOf = async (response: Response) => {
  expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  return (await response.json()) as { code: string; status: number; detail: string; instance: string };
};

describe('a request the edge refuses', () => {
  test.each([
    ['an unknown address', '/api/nowhere', {}, 404, 'not-found'],
    ['another method', '/health/live', { method: 'POST' }, 405, 'method-not-allowed'],
    ['NUL in the address', '/api/nowhere%00', {}, 400, 'ill-formed-text'],
    ['half a character in the address', '/api/nowhere/%E4%BD', {}, 400, 'ill-formed-text'],
    ['a query nobody knows', '/health/live?x=1', {}, 400, 'invalid-request'],
    ['nobody acting', `/api/evidence/${'a'.repeat(64)}`, {}, 401, 'not-signed-in'],
    ['a stranger', `/api/evidence/${'a'.repeat(64)}`, { headers: { 'X-Zhaodan-Person': 'x' } }, 401, 'person-unknown'],
    ['a bad id', '/api/evidence/abc', { headers: asOfficer }, 400, 'invalid-request'],
    ['no such row', `/api/evidence/${'a'.repeat(64)}`, { headers: asOfficer }, 404, 'evidence-not-found'],
  ])('for %s is answered with a problem and a sentence', async (_what, where, init, status, code) => {
    const response = await api.ask(where, init);
    const problem = await problemOf(response);
    expect({ status: response.status, code: problem.code }).toEqual({ status, code });
    expect(problem.detail).toMatch(/\p{Script=Han}.*。$/u);
    expect(problem.instance).toBe(response.headers.get('X-Request-Id'));
  });

  test('names the methods of the path', async () => {
    const response = await api.ask('/health/live', { method: 'DELETE' });
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });
});

describe('bytes that are no HTTP request', () => {
  /** What comes back on a bare connection. */
  const sent = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => void socket.write(text));
      let back = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (back += chunk));
      socket.on('end', () => resolve(back)).on('error', reject);
    });

  test.each([
    [
      'an address that was not encoded',
      'GET /api/register/subjects?text=面馆 HTTP/1.1\r\nHost: x\r\n\r\n',
      400,
      'malformed-http',
    ],
    ['noise', 'hello\r\n\r\n', 400, 'malformed-http'],
    ['endless headers', `GET / HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ])('%s are answered with a problem and a sentence', async (_what, text, status, code) => {
    const back = await sent(text);
    expect(back).toContain(`HTTP/1.1 ${status} `);
    expect(back).toContain('application/problem+json');
    expect(JSON.parse(back.slice(back.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });
});

describe('too many requests from one address', () => {
  test('are refused with the time to wait; health is still answered', async () => {
    const narrow = await startApi((deps) => ({ settings: { ...deps.settings, requestsAMinute: 2 } }));
    await narrow.ask('/api/problems');
    await narrow.ask('/api/problems');
    const third = await narrow.ask('/api/problems');
    expect(third.status).toBe(429);
    expect(third.headers.get('Retry-After')).toBe('60');
    expect((await narrow.ask('/health/live')).status).toBe(200);
    await narrow.stop();
  });
});

describe('what goes out', () => {
  test('carries a policy that lets nothing load and says who made it nowhere', async () => {
    const { headers } = await api.ask('/health/live');
    expect(headers.get('Content-Security-Policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test('is logged without person, query or address', async () => {
    await api.ask(`/api/evidence/${'b'.repeat(64)}?secret=1`, { headers: asOfficer });
    const line = api.logged.at(-1);
    expect(line).toMatchObject({ route: '/api/evidence/{sha256}', method: 'GET', status: 400 });
    expect(JSON.stringify(line)).not.toMatch(/person-1|secret|bbbb/);
  });

  test('hides what a fault says', async () => {
    const broken = await startApi(() => ({
      findActor: () => Promise.reject(new Error('password=hunter2')),
    }));
    const response = await broken.ask(`/api/evidence/${'a'.repeat(64)}`, { headers: asOfficer });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('请求编号');
    await broken.stop();
  });
});

describe('health and metrics', () => {
  test('live asks nobody', async () => {
    expect(await (await api.ask('/health/live')).json()).toEqual({ up: true });
  });

  test('ready names the part that is down', async () => {
    const limping = await startApi((deps) => ({
      parts: [...deps.parts, { name: 'temporal', check: () => Promise.reject(new Error('10.0.0.7 refused')) }],
    }));
    const response = await limping.ask('/health/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      up: false,
      parts: [
        { part: 'database', up: true },
        { part: 'temporal', up: false, why: '连接失败' },
      ],
    });
    expect((await limping.ask('/health/ready?parts=database')).status).toBe(200);
    await limping.stop();
  });

  test('metrics show what the database says is late, and request times by route', async () => {
    await api.ask('/health/live');
    const text = await (await api.ask('/metrics')).text();
    expect(text).toContain('zhaodan_database_up 1');
    expect(text).toContain('zhaodan_alarm_lateness_seconds 0');
    expect(text).toContain('zhaodan_notices_stuck 0');
    expect(text).toMatch(/zhaodan_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d/);
  });
});
