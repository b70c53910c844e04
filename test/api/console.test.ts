import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-console-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><style nonce="__NONCE__"></style>');
  await writeFile(path.join(folder, 'rounds-worker.js'), 'self.skipWaiting();');
  api = await startApi(() => ({ consoleDir: folder }));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const page = (at: string) => fetch(`${api.url}${at}`, { headers: { Accept: 'text/html' } });

test('every address that is no file and no part of the API is the page, each answer under a nonce of its own', async () => {
  const nonces = new Set<string>();
  for (const at of ['/', '/todo', '/cases/round/2026-Q4/P-1']) {
    const answer = await page(at);
    const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
  expect((await page('/api/none')).headers.get('content-type')).toContain('json');
  expect((await fetch(`${api.url}/assets/none.js`)).status).toBe(404);
});

test('the worker of the rounds is served once, under a policy of its own', async () => {
  // In tests Express keeps quiet about what went wrong after an answer.
  api.app.set('env', 'production');
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const answer = await page('/rounds-worker.js');
  expect(await answer.text()).toBe('self.skipWaiting();');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; connect-src 'self'");
  await page('/todo');
  await page('/todo');
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});
