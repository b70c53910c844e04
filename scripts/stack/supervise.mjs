/**
 * Keeps one process of the local stack running: writes its output to a log file, starts it again when it dies, each
 * time after a longer wait, and ends it when told. Knows nothing of what the process does.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, startOf } from '../setup/lock.mjs';
import { inState } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** One that ran this long was well; its next wait starts over. */
const WELL_MS = 60_000;
const LOG_BYTES = 20 * 1024 * 1024;

/**
 * @typedef {object} Program
 * @property {string} name of the log file and the pid file
 * @property {string} title what the person at the terminal calls it
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env] the whole environment; ours unless given
 * @property {string} [cwd]
 * @property {{ uid?: number; gid?: number }} [user]
 * @property {NodeJS.Signals} [stopSignal] SIGTERM unless given
 * @property {number} [stopWithinMs] killed when it has not ended by then
 */

/** @typedef {{ title: string; stop: (withinMs?: number) => Promise<void> }} Supervised */

export const logFile = (/** @type {string} */ name) => inState('log', `${name}.log`);
const pidFile = (/** @type {string} */ name) => inState('run', `${name}.pid`);

/** Opens the log for appending; a large one is put aside first. */
function openLog(/** @type {string} */ name) {
  const file = logFile(name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/**
 * Starts a program and keeps it running until `stop`.
 * @param {Program} program
 * @returns {Promise<Supervised>}
 */
export async function supervise(program) {
  const { name, title, command, args, stopSignal = 'SIGTERM', stopWithinMs = 10_000 } = program;
  await mkdir(inState('log'), { recursive: true });
  await mkdir(inState('run'), { recursive: true });
  let stopping = false;
  let waitMs = FIRST_WAIT_MS;
  let child = launch();

  function launch() {
    const startedAt = Date.now();
    const log = openLog(name);
    // A group of its own: Ctrl-C at the terminal reaches us alone, and we end the others in order.
    const launched = spawn(command, args, {
      cwd: program.cwd ?? '/',
      env: program.env ?? process.env,
      ...program.user,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    launched.once('spawn', () => void record(name, launched.pid ?? 0, stopSignal));
    launched.once('error', (error) => say(`✗ ${title}启动不了:${error.message}`));
    launched.once('close', (code, signal) => {
      rmSync(pidFile(name), { force: true });
      if (!stopping) void again(startedAt, signal ?? `退出码 ${String(code)}`);
    });
    return launched;
  }

  async function again(/** @type {number} */ startedAt, /** @type {string} */ how) {
    if (Date.now() - startedAt > WELL_MS) waitMs = FIRST_WAIT_MS;
    say(`! ${title}停了(${how}),${waitMs / 1000} 秒后重启;日志:${logFile(name)}`);
    await sleep(waitMs, undefined, { ref: false });
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    if (!stopping) child = launch();
  }

  return {
    title,
    async stop(withinMs = stopWithinMs) {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill(stopSignal);
      const tooLong = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await ended;
      clearTimeout(tooLong);
    },
  };
}

const record = async (/** @type {string} */ name, /** @type {number} */ pid, /** @type {string} */ signal) =>
  writeFile(pidFile(name), JSON.stringify({ pid, started: await startOf(pid), signal }), { mode: 0o600 });

/** Ends what an earlier start of this stack left running because it was itself killed. */
export async function endLeftovers() {
  const names = await readdir(inState('run')).catch(() => /** @type {string[]} */ ([]));
  for (const file of names.filter((name) => name.endsWith('.pid'))) {
    const text = await readFile(inState('run', file), 'utf8').catch(() => '{}');
    const { pid = 0, started = '', signal = 'SIGTERM' } = JSON.parse(text || '{}');
    if (await isRunning(pid, started)) {
      say(`  结束上次遗留的进程:${file.replace('.pid', '')}(${pid})`);
      process.kill(pid, signal);
      for (let waited = 0; waited < 100 && (await isRunning(pid, started)); waited += 1) await sleep(100);
      if (await isRunning(pid, started)) process.kill(pid, 'SIGKILL');
    }
    rmSync(inState('run', file), { force: true });
  }
}
