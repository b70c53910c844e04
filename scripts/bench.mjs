/**
 * `npm run bench`: how much does this machine carry? Brings up a PostgreSQL, a Temporal and an API of its own, beside the
 * stack of the clone, PostgreSQL as durable as in production; runs the measurements of bench/ against them and throws
 * their data away. Arguments pass on to bench/main.ts: `--scale 0.01 … 1`, `--json`, `--markdown`.
 * `npm run bench -- console` measures every read of the console with a district's full data instead (bench/console.ts);
 * that data takes minutes to make and is kept in the cache, for as long as what makes it stays the same.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const forConsole = process.argv[2] === 'console';
const home = forConsole ? await keptHome() : mkdtempSync(path.join(os.tmpdir(), 'zhaodan-bench-'));
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

/** One for each way the data is made; what an interrupted run left half made is thrown away. */
async function keptHome() {
  const makers = ['console-data.ts', 'console-history.ts'].map((name) => new URL(`../bench/${name}`, import.meta.url));
  const print = createHash('sha256');
  for (const maker of makers) print.update(readFileSync(maker));
  const cache = process.env['ZHAODAN_CACHE'] ?? path.join(os.homedir(), '.cache', 'zhaodan');
  const place = path.resolve(cache, `bench-console-${print.digest('hex').slice(0, 12)}`);
  if (!(await stat(path.join(place, 'filled')).catch(() => undefined))) {
    await rm(place, { recursive: true, force: true });
  }
  mkdirSync(place, { recursive: true });
  return place;
}

const isFilled = async () => (await stat(path.join(home, 'filled')).catch(() => undefined)) !== undefined;

/** The server's password, as long as its data is kept. */
async function keptPassword() {
  const { newPassword } = await import('./database.mjs');
  const file = path.join(home, 'password');
  const kept = await readFile(file, 'utf8').catch(() => newPassword());
  await writeFile(file, kept, { mode: 0o600 });
  return kept;
}

/** Makes the console's data as its owner, unless it is there. */
async function fill(/** @type {string} */ ownerUrl, /** @type {NodeJS.ProcessEnv} */ env) {
  if (await isFilled()) return;
  const args = ['--enable-source-maps', inRoot('dist', 'bench', 'console-fill.js')];
  const { code } = await tryRun(process.execPath, args, { env: { ...env, DATABASE_URL: ownerUrl }, toStdout: true });
  if (code !== 0) throw new SetupError('数据没有备好');
  await writeFile(path.join(home, 'filled'), '');
}

/** A migrated, empty database on a server with the settings it has in production: its owner's address, and the application's. */
async function database() {
  const { placeForData, preparePostgres, serverUser, untilPostgresAnswers } = await import('./postgres.mjs');
  const { ensureDatabase } = await import('./database.mjs');
  const { migrate } = await import('./prisma.mjs');
  const dataDir = await placeForData(inState('postgres', 'data'), serverUser());
  // As docker-compose.yml has it.
  const flags = ['shared_buffers=512MB'];
  const server = await preparePostgres({ dataDir, port: await anyFree(), password: await keptPassword(), flags });
  await start({ name: 'postgres', title: 'PostgreSQL ', ...server, stopSignal: 'SIGINT', stopWithinMs: 30_000 });
  await untilPostgresAnswers(server.url);
  const { ownerUrl, appUrl } = await ensureDatabase(server.url, 'zhaodan');
  await migrate(ownerUrl);
  return { ownerUrl, appUrl };
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
  const { ownerUrl, appUrl } = await step('PostgreSQL', database);
  const temporalAddress = await step('Temporal', temporal);
  const port = await anyFree();
  const api = `http://${LOOPBACK}:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    DATABASE_URL: appUrl,
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
  if (forConsole) await step('数据(第一次要几分钟)', () => fill(ownerUrl, env));
  const node = ['--enable-source-maps'];
  await step('接口', async () => {
    const args = [...node, inRoot('dist', 'api', 'main.js')];
    await start({ name: 'api', title: '接口', command: process.execPath, args, cwd: root, env });
    await untilLive(api);
  });
  if (interrupted) throw new SetupError('已中断');
  const main = forConsole ? 'console.js' : 'main.js';
  const args = [...node, inRoot('dist', 'bench', main), ...process.argv.slice(forConsole ? 3 : 2)];
  const { code } = await step('测量', () => tryRun(process.execPath, args, { env, toStdout: true }));
  return code;
}

await runMain(async () => {
  try {
    if (forConsole && !(await isFilled())) await rm(reachableFallback, { recursive: true, force: true });
    await ensureInstalled();
    await ensureBuilt();
    return await bench();
  } finally {
    for (const one of started.reverse()) await one.stop();
    if (!forConsole) await rm(home, { recursive: true, force: true });
    if (!forConsole) await rm(reachableFallback, { recursive: true, force: true });
  }
});
process.exit();
