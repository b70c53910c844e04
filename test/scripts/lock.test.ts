import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isRunning, startOf, takeLock } from '../../scripts/setup/lock.mjs';

const home = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-lock-'));
afterAll(() => {
  rmSync(home, { recursive: true });
});

const taken = async (file: string) => {
  const lock = await takeLock(file);
  if ('heldBy' in lock) throw new Error(`held by ${lock.heldBy}`);
  return lock;
};

test('a lock is held by one process until it is released', async () => {
  const file = path.join(home, 'a.lock');
  const lock = await taken(file);
  expect(await takeLock(file)).toEqual({ heldBy: process.pid });
  await lock.release();
  await (await taken(file)).release();
});

test('the lock of a process that is gone is worth nothing', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  const file = path.join(home, 'b.lock');
  writeFileSync(file, `${child.pid ?? 0} 12345`);
  await (await taken(file)).release();
});

test('the lock of a process whose number another has now is worth nothing', async () => {
  const file = path.join(home, 'c.lock');
  writeFileSync(file, `${process.pid} 1`);
  await (await taken(file)).release();
});

test('of many that ask at once exactly one gets the lock', async () => {
  const file = path.join(home, 'd.lock');
  const answers = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)));
  expect(answers.filter((answer) => 'release' in answer)).toHaveLength(1);
});

test('a process is running while it started when it is said to have started', async () => {
  expect(await isRunning(process.pid, await startOf(process.pid))).toBe(true);
  expect(await isRunning(process.pid, 'some other time')).toBe(false);
  expect(await isRunning(2 ** 22 + 1, '')).toBe(false);
});
