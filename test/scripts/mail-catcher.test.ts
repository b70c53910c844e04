import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFree } from '../../scripts/setup/ports.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-mails-'));
const script = path.resolve(import.meta.dirname, '..', '..', 'scripts', 'mail-catcher', 'main.mjs');
let smtp = 0;
let page = '';
let catcher: ChildProcess;

async function start(): Promise<void> {
  smtp = await anyFree();
  const pages = await anyFree();
  page = `http://127.0.0.1:${pages}`;
  catcher = spawn(process.execPath, [script, '--smtp-port', `${smtp}`, '--page-port', `${pages}`, '--dir', dir]);
  while (
    !(await fetch(page).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(50);
}

async function stop(): Promise<void> {
  const ended = once(catcher, 'exit');
  catcher.kill('SIGTERM');
  await ended;
}

const send = (subject: string, text: string) =>
  createTransport({ host: '127.0.0.1', port: smtp, disableFileAccess: true, disableUrlAccess: true }).sendMail({
    from: { name: '照单', address: 'zhaodan@zhaodan.example' },
    to: { name: '张三', address: 'zhang@example.cn' },
    subject,
    text,
  });

const text = async (place: string) => (await fetch(`${page}${place}`)).text();
const listed = async () =>
  (await (await fetch(`${page}/mails.json`)).json()) as { id: string; subject: string; to: string }[];

beforeAll(start);
afterAll(async () => {
  await stop();
  rmSync(dir, { recursive: true });
});

test('a mail that was sent is listed and can be read, and markup in it is only text', async () => {
  await send('包保督导提醒', '请于 9 月 30 日前完成。<script>alert(1)</script>');
  const [mail] = await listed();
  expect(mail).toMatchObject({ subject: '包保督导提醒', to: expect.stringContaining('zhang@example.cn') });
  expect(await text('/')).toContain('包保督导提醒');
  const shown = await text(`/mail/${mail?.id ?? ''}`);
  expect(shown).toContain('请于 9 月 30 日前完成。');
  expect(shown).not.toContain('<script>');
});

test('mails survive a restart', async () => {
  await send('重启之前', 'x');
  await stop();
  await start();
  expect((await listed()).map(({ subject }) => subject)).toContain('重启之前');
});

test.each(['/mail/1234567890123-00000000.eml', '/mail/..%2f..%2fpackage.json', '/nowhere'])(
  '%s is not there',
  async (place) => {
    expect((await fetch(`${page}${place}`)).status).toBe(404);
  },
);
