/**
 * `npm test`: everything, from a clean clone. Sets up, then lint, layers, types, unused code, format and all tests, each
 * named with how long it took, and one last line `N passed, N failed`. `npm test -- PATH …` runs only the tests
 * whose path contains one of them; other vitest options pass on too.
 */
import { readFile, rm } from 'node:fs/promises';
import { verdict } from './check/verdict.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { inRoot } from './setup/paths.mjs';
import { endRunning, tryRun } from './setup/run.mjs';
import { runMain, say, step } from './setup/say.mjs';

const tallyFile = inRoot('dist', 'test-tally.json');
const tool = (/** @type {string[]} */ ...parts) => inRoot('node_modules', ...parts);

/** What is checked besides the tests. */
const checks = [
  { name: '代码规范(eslint)', run: [tool('eslint', 'bin', 'eslint.js'), '.'] },
  {
    name: '层次(dependency-cruiser)',
    run: [
      tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
      ...[
        'domain',
        'cases',
        'workflows',
        'activities',
        'drivers',
        'prisma',
        'config',
        'sign-on',
        'api',
        'worker',
        'cli',
        'web',
      ],
    ],
  },
  { name: '类型(tsc)', run: [tool('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false'] },
  { name: '网页的类型(tsc)', run: [tool('typescript', 'bin', 'tsc'), '-p', 'web', '--pretty', 'false'] },
  { name: '网页测试的类型(tsc)', run: [tool('typescript', 'bin', 'tsc'), '-p', 'test/web', '--pretty', 'false'] },
  { name: '无用代码(knip)', run: [tool('knip', 'bin', 'knip.js'), '--no-progress'] },
  { name: '版式(prettier)', run: [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
];

async function allChecks() {
  const results = [];
  for (const { name, run } of checks) {
    const { code } = await step(name, () => tryRun(process.execPath, run));
    if (code !== 0) say(`✗ ${name} 没有通过`);
    results.push({ name, ok: code === 0 });
  }
  return results;
}

/** Runs vitest with our counter beside its own reporter; the counts, unless it died before the end. */
async function tests(/** @type {string[]} */ filters) {
  await rm(tallyFile, { force: true });
  const reporters = ['--reporter=default', `--reporter=${inRoot('scripts', 'check', 'tally.mjs')}`];
  await step('测试(vitest)', () =>
    tryRun(process.execPath, [tool('vitest', 'vitest.mjs'), 'run', ...reporters, ...filters], {
      env: { TEST_TALLY: tallyFile },
    }),
  );
  return readFile(tallyFile, 'utf8').then(JSON.parse, () => undefined);
}

/** Every project that vitest.config.ts defines. */
async function projectNames() {
  const { createVitest } = await import('vitest/node');
  const vitest = await createVitest('test', { watch: false, run: false });
  const names = vitest.projects.map(({ name }) => name);
  await vitest.close();
  return names;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    endRunning();
    process.exit(130);
  });
}

await runMain(async () => {
  const filters = process.argv.slice(2);
  await ensureInstalled();
  await ensureBuilt();
  const { temporalCli, temporalTestServer } = await import('./setup/components.mjs');
  await step('Temporal', async () => [await temporalCli(), await temporalTestServer()]);
  const { chineseFont, chromium } = await import('./setup/browser.mjs');
  await step('Chromium', async () => [await chromium(), await chineseFont()]);

  const partial = filters.length > 0;
  const checked = partial ? [] : await allChecks();
  const { passed, failed, complaints } = verdict(checked, await tests(filters), partial ? [] : await projectNames());
  for (const complaint of complaints) say(`✗ ${complaint}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
process.exit();
