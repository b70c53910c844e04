/**
 * `npm start`: from a fresh clone to the running product, and from a stopped one to where it was. Installs and builds
 * what is missing, brings up the local stack, does the main job once on the sample district, and stays until Ctrl-C.
 * Uses only Node at the top, because nothing may be installed yet.
 */
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { takeLock } from './setup/lock.mjs';
import { inRoot, inState, stateDir } from './setup/paths.mjs';
import { endRunning, tryRun } from './setup/run.mjs';
import { SetupError, runMain, step } from './setup/say.mjs';

const USAGE = `npm start -- [选项]
  --empty       不载入示例数据
  --scale N     示例辖区的规模,0.01 到 1(默认 0.1)
  --port N      接口端口(默认 3000,被占用时用下一个)
  --workers N   工作进程数(默认 1)`;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        empty: { type: 'boolean', default: false },
        scale: { type: 'string', default: '0.1' },
        port: { type: 'string' },
        workers: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    });
    const { empty, help } = values;
    const scale = Number(values.scale);
    const workers = Number(values.workers);
    const port = values.port === undefined ? undefined : Number(values.port);
    if (!(scale >= 0.01 && scale <= 1)) throw new SetupError(`--scale 应在 0.01 到 1 之间\n${USAGE}`);
    if (!Number.isInteger(workers) || workers < 1 || workers > 16)
      throw new SetupError(`--workers 应为 1 到 16\n${USAGE}`);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
      throw new SetupError(`--port 应为 1 到 65535\n${USAGE}`);
    }
    return { empty, scale, workers, help, ...(port === undefined ? {} : { port }) };
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
}

/** The first Ctrl-C or SIGTERM resolves `asked`; the next ones call `hurry`. */
function signals(/** @type {() => void} */ hurry) {
  /** @type {() => void} */
  let ask = () => undefined;
  const asked = /** @type {Promise<'stop'>} */ (new Promise((resolve) => (ask = () => resolve('stop'))));
  let count = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      count += 1;
      if (count === 1) ask();
      else hurry();
    });
  }
  return asked;
}

/**
 * Loads the sample district and kicks off its running quarter, once. A run that was cut short is taken up again: the
 * district is loaded whole or not at all, and the kick-off can be repeated.
 */
async function sample(
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string} */ ownerUrl,
  /** @type {number} */ scale,
) {
  const { withClient } = await import('./database.mjs');
  const { writePrivate } = await import('./stack/secrets.mjs');
  const marker = inState('sample.json');
  const empty = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query('SELECT NOT EXISTS (SELECT 1 FROM entries) AS empty');
    return rows[0].empty === true;
  });
  const unfinished = JSON.parse(await readFile(marker, 'utf8').catch(() => '{}')).state === 'loading';
  if (!empty && !unfinished) return;
  await writePrivate(marker, { state: 'loading', scale });
  const cli = async (/** @type {string[]} */ ...args) => {
    const { code } = await tryRun(process.execPath, [inRoot('dist', 'cli', 'main.js'), ...args], { env });
    if (code !== 0) throw new SetupError(`zhaodan ${args.join(' ')} 失败(退出码 ${code})`);
  };
  await step(`载入示例辖区(规模 ${scale})`, () => cli('sample', 'load', '--once', '--scale', String(scale)));
  await step('建立示例账号', () => cli('sample', 'accounts'));
  await step('启动本季度督查', () => cli('sample', 'kickoff'));
  await step('示例干部开始走访', () => cli('sample', 'activity'));
  await writePrivate(marker, { state: 'done', scale });
}

async function main() {
  const { empty, scale, help, ...stackOptions } = options();
  if (help) return void console.log(USAGE);
  // Others may pass through on the way to PostgreSQL's data, and read nothing.
  await mkdir(stateDir, { recursive: true });
  await chmod(stateDir, 0o711);
  const lock = await takeLock(inState('start.lock'));
  if ('heldBy' in lock) {
    throw new SetupError(`这个目录里的照单已经在运行(进程 ${lock.heldBy})。要重新启动,请先在它的终端按 Ctrl-C。`);
  }
  /** @type {ReturnType<typeof import('./stack/stack.mjs').localStack> | undefined} */
  let stack;
  const stopAsked = signals(() => stack?.hurry());
  try {
    const startedAt = Date.now();
    const comingUp = (async () => {
      await ensureInstalled();
      await ensureBuilt();
      const { endLeftovers } = await import('./stack/supervise.mjs');
      const { localStack } = await import('./stack/stack.mjs');
      const { welcome } = await import('./welcome.mjs');
      // From here on: data, logs and secrets are for their owner's eyes.
      process.umask(0o077);
      await endLeftovers();
      stack = localStack(stackOptions);
      const { env, ownerUrl, addresses } = await stack.up();
      if (!empty) await sample(env, ownerUrl, scale);
      console.log(welcome(addresses, { empty, seconds: (Date.now() - startedAt) / 1000 }));
      return 'up';
    })();
    if ((await Promise.race([comingUp, stopAsked])) === 'up') await stopAsked;
    else comingUp.catch(() => undefined);
    return 0;
  } finally {
    endRunning();
    await stack?.close();
    await lock.release();
  }
}

await runMain(main);
process.exit();
