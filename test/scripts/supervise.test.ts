import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';

const state = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-supervise-'));
process.env['ZHAODAN_STATE'] = state;
const { endLeftovers, logFile, supervise } = await import('../../scripts/stack/supervise.mjs');
const { startOf } = await import('../../scripts/setup/lock.mjs');

afterAll(() => {
  rmSync(state, { recursive: true });
});

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (condition()) return;
    await sleep(20);
  }
  throw new Error('waited in vain');
}

const log = (name: string) => (existsSync(logFile(name)) ? readFileSync(logFile(name), 'utf8') : '');
const program = (name: string, script: string) => ({
  name,
  title: name,
  command: process.execPath,
  args: ['-e', script],
  stopWithinMs: 5_000,
});

test('a process that dies is started again, and not after it was stopped', async () => {
  const supervised = await supervise(program('mortal', "console.log('up'); setInterval(() => 0, 1000)"));
  await until(() => log('mortal') === 'up\n');
  const { pid } = JSON.parse(readFileSync(path.join(state, 'run', 'mortal.pid'), 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  await until(() => log('mortal') === 'up\nup\n');
  await supervised.stop();
  await sleep(800);
  expect(log('mortal')).toBe('up\nup\n');
  expect(existsSync(path.join(state, 'run', 'mortal.pid'))).toBe(false);
});

test('a process may end in its own time, within limits', async () => {
  const polite =
    "process.on('SIGTERM', () => { console.log('bye'); process.exit() }); console.log('up'); setInterval(() => 0, 1000)";
  const supervised = await supervise(program('polite', polite));
  await until(() => log('polite') === 'up\n');
  await supervised.stop();
  expect(log('polite')).toBe('up\nbye\n');
});

test('a process that does not listen is killed', async () => {
  const deaf = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => 0, 1000)";
  const supervised = await supervise(program('deaf', deaf));
  await until(() => log('deaf') === 'up\n');
  const startedAt = Date.now();
  await supervised.stop(200);
  expect(Date.now() - startedAt).toBeLessThan(3_000);
});

test('what an earlier run left behind is ended, and a stranger with its number is not', async () => {
  const leave = () => spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
  const [left, stranger] = [leave(), leave()];
  const started = await startOf(left.pid ?? 0);
  const pidFile = (name: string) => path.join(state, 'run', `${name}.pid`);
  writeFileSync(pidFile('left'), JSON.stringify({ pid: left.pid, started, signal: 'SIGTERM' }));
  writeFileSync(pidFile('stranger'), JSON.stringify({ pid: stranger.pid, started: '1', signal: 'SIGTERM' }));
  const ended = once(left, 'exit');
  await endLeftovers();
  await ended;
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  expect(existsSync(pidFile('left')) || existsSync(pidFile('stranger'))).toBe(false);
  stranger.kill();
});
