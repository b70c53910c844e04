import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
beforeAll(async () => {
  api = await startApi(() => ({ findActor: () => Promise.resolve({ code: 'person-unknown' }) }));
});
afterAll(() => api.stop());

describe('the link of a mail', () => {
  test('says how to see the case, and shows nothing of it', async () => {
    const response = await api.ask('/cases/round/2026-Q4/beishan-02-d-01', {});
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain('npx zhaodan case show round/2026-Q4/beishan-02-d-01');
    expect(html).toContain('/api/cases/round%2F2026-Q4%2Fbeishan-02-d-01');
  });

  test.each([['/cases/'], ['/cases/x'], ['/cases/round/%3Cscript%3E'], ['/cases/round/a%22b']])(
    '%s is no case',
    async (where) => {
      expect((await api.ask(where, {})).status).toBe(404);
    },
  );

  test('and the first page say where to go', async () => {
    expect(await (await api.ask('/', {})).text()).toContain('/api/docs');
  });
});
