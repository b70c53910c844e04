/** Runs another program to its end. Knows nothing of what it does. */
import { spawn } from 'node:child_process';
import { root } from './paths.mjs';
import { SetupError } from './say.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends whatever was started here and has not ended. */
export function endRunning() {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the clone unless given
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {number} [timeoutMs] killed after this long
 * @property {boolean} [quiet] output is kept and shown only on failure
 * @property {boolean} [toStdout] its output is this program's result, not a message about it
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number; output: string }>} output is empty unless `quiet`
 */
export function tryRun(command, args, { cwd = root, env = {}, timeoutMs, quiet = false, toStdout = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', toStdout ? 1 : 2, 2],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' }),
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Like `tryRun`, but a non-zero exit is a `SetupError` that names the command and carries its output.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function run(command, args, options) {
  const { code, output } = await tryRun(command, args, options);
  if (code !== 0) throw new SetupError(`${[command, ...args].join(' ')} 失败(退出码 ${code})\n${output}`.trimEnd());
  return output;
}

/** Runs a program that an installed package brings, with this same Node. */
export const runNode = (
  /** @type {string} */ file,
  /** @type {string[]} */ args,
  /** @type {RunOptions} */ options = {},
) => run(process.execPath, [file, ...args], options);
