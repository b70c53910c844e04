import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../scripts/database.mjs';
import { anyFree } from '../../scripts/setup/ports.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const state = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-stack-'));
const inState = (...parts: string[]) => path.join(state, ...parts);

let port = 0;
let stack: ChildProcess;
let output = '';

function launch(...args: string[]): ChildProcess {
  const started = spawn(process.execPath, [path.join(root, 'scripts', 'start.mjs'), '--empty', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ZHAODAN_STATE: state },
  });
  output = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return started;
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return;
    await sleep(200);
  }
  throw new Error(`waited in vain until ${what}\n${output}`);
}

async function start(): Promise<void> {
  stack = launch('--port', String(port));
  await until('the stack is up', () => {
    if (stack.exitCode !== null) throw new Error(output);
    return output.includes('照单已启动');
  });
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(stack, 'exit');
  stack.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

const ready = () =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
const env = () => JSON.parse(readFileSync(inState('env.json'), 'utf8')) as Record<string, string>;
const pidOf = (name: string) =>
  (JSON.parse(readFileSync(inState('run', `${name}.pid`), 'utf8')) as { pid: number }).pid;
const isThere = (pid: number) => existsSync(`/proc/${pid}`);

/** What must be the same after a restart: the database cluster, the namespace, the mails. */
async function identity() {
  const { DATABASE_URL = '', TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = '' } = env();
  const cluster = await withClient(DATABASE_URL, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT oid::text AS id FROM pg_database WHERE datname = current_database()',
    );
    return rows[0]?.id;
  });
  const connection = await Connection.connect({ address: TEMPORAL_ADDRESS });
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: TEMPORAL_NAMESPACE });
  await connection.close();
  return { cluster, namespace: namespaceInfo?.id, mails: readdirSync(inState('mail')) };
}

beforeAll(async () => {
  port = await anyFree();
  await start();
}, 300_000);

afterAll(async () => {
  if (stack.exitCode === null && stack.signalCode === null) await stop('SIGTERM');
  process.env['ZHAODAN_STATE'] = state;
  const { endLeftovers } = await import('../../scripts/stack/supervise.mjs');
  await endLeftovers();
  rmSync(state, { recursive: true, force: true });
});

describe('the local stack', () => {
  test('is ready and says where everything runs', async () => {
    expect(await ready()).toBe(true);
    expect(output).toContain(`http://127.0.0.1:${port}`);
    expect(output).toMatch(/截获的邮件 +http:\/\/127\.0\.0\.1:\d+/);
  });

  test('keeps its secrets to itself', () => {
    for (const file of ['env.json', 'secrets.json']) expect(statSync(inState(file)).mode & 0o077).toBe(0);
  });

  test('is started once', async () => {
    const before = output;
    const second = launch();
    const [code] = (await once(second, 'exit')) as [number];
    expect(code).toBe(1);
    expect(output).toContain('已经在运行');
    output = before;
  });

  test.each(['worker-1', 'temporal', 'postgres', 'api', 'mail'])('survives a kill -9 of %s', async (name) => {
    const killed = pidOf(name);
    process.kill(killed, 'SIGKILL');
    await until(`${name} is back`, () => existsSync(inState('run', `${name}.pid`)) && pidOf(name) !== killed);
    await until('it is ready again', ready);
  });

  test('ends whole at a signal and finds everything as it was when it starts again', async () => {
    const { SMTP_URL = '' } = env();
    const mail = { from: 'a@example.cn', to: 'b@example.cn', subject: 'kept', text: 'x' };
    const sent = () => createTransport(SMTP_URL).sendMail(mail);
    await until('a mail is taken', () =>
      sent().then(
        () => true,
        () => false,
      ),
    );
    const before = await identity();
    expect(before.mails).toHaveLength(1);
    const pids = ['worker-1', 'temporal', 'postgres', 'api', 'mail'].map(pidOf);

    expect(await stop('SIGINT')).toBe(0);
    expect(pids.filter(isThere)).toEqual([]);
    expect(existsSync(inState('start.lock'))).toBe(false);

    await start();
    expect(await ready()).toBe(true);
    expect(await identity()).toEqual(before);
  });

  test('clears away what a killed start left behind', async () => {
    await stop('SIGKILL');
    const left = pidOf('postgres');
    expect(isThere(left)).toBe(true);
    await start();
    expect(output).toContain('结束上次遗留的进程:postgres');
    expect(isThere(left)).toBe(false);
    expect(await ready()).toBe(true);
  });
});
