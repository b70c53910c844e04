/**
 * `npm run bench`: how much does this machine carry? Brings up a PostgreSQL, a Temporal and an API of its own, beside the
 * stack of the clone, PostgreSQL as durable as in production; runs the measurements of bench/ against them and throws
 * their data away. Arguments pass on to bench/main.ts: `--scale 0.01 … 1`, `--json`, `--markdown`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const home = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-bench-'));
process.env['ZHAODAN_STATE'] = path.join(home, 'state');

// Only now: where a stack keeps its state is decided when this is loaded.
const { ensureInstalled } = await import('./setup/install.mjs');
const { builtEnv, ensureBuilt } = await import('./setup/build.mjs');
const { inRoot, inState, reachableFallback, root } = await import('./setup/paths.mjs');
const { anyFree } = await import('./setup/ports.mjs');
const { endRunning, tryRun } = await import('./setup/run.mjs');
const { SetupError, runMain, step } = await import('./setup/say.mjs');

const LOOPBACK = '127.0.0.1';
const NAMESPACE = 'bench';
const IDLE_NAMESPACE = 'bench-idle';
const API_READY_MS = 60_000;

/** @typedef {import('./stack/supervise.mjs').Supervised} Supervised */

let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    interrupted = true;
    endRunning();
  });
}

const started = /** @type {Supervised[]} */ ([]);

/** Starts a program, or nothing more once Ctrl-C was pressed. */
async function start(/** @type {import('./stack/supervise.mjs').Program} */ program) {
  if (interrupted) throw new SetupError('已中断');
  const { supervise } = await import('./stack/supervise.mjs');
  started.push(await supervise(program));
}

/** A migrated, empty database on a server with the settings it has in production: the address of the application's role. */
async function database() {
  const { placeForData, preparePostgres, serverUser, untilPostgresAnswers } = await import('./postgres.mjs');
  const { ensureDatabase, newPassword } = await import('./database.mjs');
  const { migrate } = await import('./prisma.mjs');
  const dataDir = await placeForData(inState('postgres', 'data'), serverUser());
  const server = await preparePostgres({ dataDir, port: await anyFree(), password: newPassword() });
  await start({ name: 'postgres', title: 'PostgreSQL ', ...server, stopSignal: 'SIGINT', stopWithinMs: 30_000 });
  await untilPostgresAnswers(server.url);
  const { ownerUrl, appUrl } = await ensureDatabase(server.url, 'zhaodan');
  await migrate(ownerUrl);
  return appUrl;
}

/** A development server with a database file, as `npm start` has it; two namespaces, one of which no worker serves. */
async function temporal() {
  const { temporalCli } = await import('./setup/components.mjs');
  const { prepareTemporal, searchAttributes } = await import('./stack/temporal.mjs');
  const command = await temporalCli();
  const port = await anyFree();
  const args = ['server', 'start-dev', '--headless', '--ip', LOOPBACK, '--port', `${port}`, '--log-level', 'error'];
  await start({
    name: 'temporal',
    title: 'Temporal ',
    command,
    args: [...args, '--db-filename', inState('temporal.db')],
  });
  for (const namespace of [NAMESPACE, IDLE_NAMESPACE]) {
    await prepareTemporal(`${LOOPBACK}:${port}`, namespace, await searchAttributes());
  }
  return `${LOOPBACK}:${port}`;
}

async function untilLive(/** @type {string} */ url) {
  for (const giveUpAt = Date.now() + API_READY_MS; ; await sleep(100)) {
    if (interrupted) throw new SetupError('已中断');
    const live = await fetch(`${url}/health/live`).catch(() => undefined);
    if (live?.ok) return;
    if (Date.now() > giveUpAt) throw new SetupError(`接口没有应答;日志:${inState('log', 'api.log')}`);
  }
}

async function bench() {
  const databaseUrl = await step('PostgreSQL', database);
  const temporalAddress = await step('Temporal', temporal);
  const port = await anyFree();
  const api = `http://${LOOPBACK}:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '16',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: NAMESPACE,
    BENCH_IDLE_NAMESPACE: IDLE_NAMESPACE,
    // No mail is sent: no worker of this stack delivers notices.
    SMTP_URL: `smtp://${LOOPBACK}:9`,
    MAIL_FROM: 'zhaodan@zhaodan.example',
    HOST: LOOPBACK,
    PORT: `${port}`,
    PUBLIC_URL: api,
    LOG_LEVEL: 'info',
    SIGN_ON_KEY: randomBytes(32).toString('base64'),
    EVIDENCE_DIR: inState('evidence'),
    ...(await builtEnv()),
  };
  await mkdir(inState('evidence'), { recursive: true });
  const node = ['--enable-source-maps'];
  await step('接口', async () => {
    const args = [...node, inRoot('dist', 'api', 'main.js')];
    await start({ name: 'api', title: '接口', command: process.execPath, args, cwd: root, env });
    await untilLive(api);
  });
  if (interrupted) throw new SetupError('已中断');
  const args = [...node, inRoot('dist', 'bench', 'main.js'), ...process.argv.slice(2)];
  const { code } = await step('测量', () => tryRun(process.execPath, args, { env, toStdout: true }));
  return code;
}

await runMain(async () => {
  try {
    await ensureInstalled();
    await ensureBuilt();
    return await bench();
  } finally {
    for (const one of started.reverse()) await one.stop();
    await rm(home, { recursive: true, force: true });
    await rm(reachableFallback, { recursive: true, force: true });
  }
});
process.exit();
