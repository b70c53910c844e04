/**
 * Is dist/ what the sources say? Compares a fingerprint of the sources with the one of the last build and does only
 * what is stale: the Prisma client, the compiled code, the workflow bundle. Needs node_modules for the doing, not for
 * the asking.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { takeLock } from './lock.mjs';
import { runNode, tryRun } from './run.mjs';
import { SetupError, say, step } from './say.mjs';

const SOURCES = [
  'domain',
  'cases',
  'workflows',
  'activities',
  'drivers',
  'prisma',
  'config',
  'api',
  'worker',
  'cli',
  'bench',
];
const GENERATORS = ['scripts/generate-rules.ts', 'scripts/seed-calendars.ts'];
const ALSO = ['package.json', 'tsconfig.json', 'tsconfig.build.json', ...GENERATORS];
const GENERATED = inRoot('prisma', 'generated');
const SCHEMA = inRoot('web', 'api', 'schema.d.ts');
/** The viewer of the API document: one file of a development package, so that production needs none of it. */
const VIEWER = inRoot('node_modules', '@scalar', 'api-reference', 'dist', 'browser', 'standalone.js');
const BUNDLE = inRoot('dist', 'workflow-bundle.js');

/** The file that keeps a part's fingerprint; removed before the part is built anew. */
const stamp = (/** @type {string} */ part) => inRoot('dist', `.built-${part}`);

/**
 * Every file below, with size and time of change. Reading none of them, it answers in milliseconds.
 * @param {string} place
 * @returns {Promise<string[]>}
 */
async function listing(place) {
  const found = await stat(place).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [`${place} ${found.size} ${found.mtimeMs}`];
  const below = [];
  for (const entry of (await readdir(place)).sort()) {
    const file = path.join(place, entry);
    if (file !== GENERATED && file !== SCHEMA) below.push(...(await listing(file)));
  }
  return below;
}

async function fingerprint(/** @type {string[]} */ ...places) {
  const lists = await Promise.all(places.map((place) => listing(inRoot(place))));
  return createHash('sha256').update(lists.flat().join('\n')).digest('hex');
}

/** What each part is made from, and where its result is seen. */
const parts = {
  client: { from: ['prisma/schema.prisma', 'node_modules/prisma/package.json'], result: GENERATED },
  code: { from: [...SOURCES, ...ALSO], result: inRoot('dist', 'domain') },
  bundle: { from: ['workflows', 'domain', 'node_modules/@temporalio/workflow/package.json'], result: BUNDLE },
  types: { from: ['api', 'cases', 'domain', 'scripts/api-document.ts'], result: SCHEMA },
  web: { from: ['web', 'vite.config.ts', 'package.json'], result: inRoot('dist', 'web', 'index.html') },
};

/** @typedef {keyof typeof parts} Part */

async function isFresh(/** @type {Part} */ part) {
  const { from, result } = parts[part];
  const [kept, there] = await Promise.all([
    readFile(stamp(part), 'utf8').catch(() => ''),
    stat(result).catch(() => undefined),
  ]);
  return there !== undefined && kept === (await fingerprint(...from));
}

/** Whether nothing needs building. */
export async function isBuilt() {
  const fresh = await Promise.all(/** @type {Part[]} */ (Object.keys(parts)).map(isFresh));
  return fresh.every(Boolean);
}

async function renew(/** @type {Part} */ part, /** @type {string} */ name, /** @type {() => Promise<unknown>} */ make) {
  if (await isFresh(part)) return;
  await rm(stamp(part), { force: true });
  const print = await fingerprint(...parts[part].from);
  await step(name, make);
  await writeFile(stamp(part), print);
}

/** The Prisma client for the schema as it stands. */
export async function ensureClient() {
  await mkdir(inRoot('dist'), { recursive: true });
  const { prismaCli, prismaEnv } = await import('../prisma.mjs');
  await renew('client', '生成数据库客户端', () =>
    runNode(prismaCli, ['generate'], { env: prismaEnv(''), quiet: true }),
  );
}

/** The console, as the API serves it. */
async function ensureConsole() {
  await renew('types', '网页所用的接口类型', async () => {
    const { writeWebTypes } = await import('../web-types.mjs');
    await writeWebTypes(SCHEMA);
  });
  await renew('web', '打包网页', async () => {
    const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
    const args = ['build', '--config', inRoot('vite.config.ts'), '--logLevel', 'warn'];
    // In a process of its own: a test's NODE_ENV would make it a development build.
    await runNode(vite, args, { env: { NODE_ENV: 'production' }, quiet: true });
  });
}

/** The console alone, for tests that run from the sources. */
export async function ensureWeb() {
  const fresh = await Promise.all([isFresh('types'), isFresh('web')]);
  if (fresh.every(Boolean)) return;
  await mkdir(inRoot('dist'), { recursive: true });
  const release = await waitForLock();
  try {
    await ensureConsole();
  } finally {
    await release();
  }
}

/** Brings dist/ up to date. Two builds of one clone wait for each other. */
export async function ensureBuilt() {
  if (await isBuilt()) return;
  const release = await waitForLock();
  try {
    await ensureClient();
    await renew('code', '编译', async () => {
      const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
      await runNode(tsc, ['-p', 'tsconfig.build.json', '--pretty', 'false'], { quiet: true });
      await copyFile(VIEWER, inRoot('dist', 'api', 'scalar-standalone.js'));
    });
    await writeFile(inRoot('dist', 'build-id'), await buildId());
    await renew('bundle', '打包工作流', async () => {
      const { bundleWorkflowCode } = await import('@temporalio/worker');
      const { code } = await bundleWorkflowCode({
        workflowsPath: inRoot('dist', 'workflows', 'index.js'),
        logger: quietLogger,
      });
      await writeFile(BUNDLE, code);
    });
    await ensureConsole();
  } finally {
    await release();
  }
}

async function waitForLock() {
  for (let told = false; ; told = true) {
    const lock = await takeLock(inRoot('dist', 'build.lock'));
    if ('release' in lock) return lock.release;
    if (!told) say(`· 等待另一个进程(${lock.heldBy})编译完 …`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** The commit, marked when the work tree differs from it; what a log line and a journal entry name as their build. */
async function buildId() {
  const given = process.env['BUILD_ID'];
  if (given) return given;
  const { code, output } = await tryRun('git', ['describe', '--always', '--dirty=.modified', '--abbrev=12'], {
    quiet: true,
  }).catch(() => ({ code: 1, output: '' }));
  if (code === 0) return output.trim();
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  return String(version);
}

/** The bundler reports sizes nobody asked for; its errors are thrown as well as logged. */
const quietLogger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (/** @type {string} */ message) => say(`  ${message}`),
  error: (/** @type {string} */ message) => say(`  ${message}`),
};

/** What the processes of this clone run with when nobody set it: where the bundle is, and which build this is. */
export async function builtEnv() {
  const id = await readFile(inRoot('dist', 'build-id'), 'utf8').catch(() => {
    throw new SetupError('尚未编译:请先运行 npm run build');
  });
  return { WORKFLOW_BUNDLE: BUNDLE, BUILD_ID: id };
}
