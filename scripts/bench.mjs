/**
 * `npm run bench`: how much does this machine carry? Brings up a stack of its own, beside the one of the clone, with
 * PostgreSQL as durable as in production, runs the measurements of bench/ against it, and throws its data away.
 * Arguments pass on to bench/main.ts.
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const home = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-bench-'));
process.env['ZHAODAN_STATE'] = path.join(home, 'state');

// Only now: where the stack keeps its state is decided when this is loaded.
const { ensureInstalled } = await import('./setup/install.mjs');
const { ensureBuilt } = await import('./setup/build.mjs');
const { inRoot, reachableFallback } = await import('./setup/paths.mjs');
const { endRunning, tryRun } = await import('./setup/run.mjs');
const { runMain, step } = await import('./setup/say.mjs');

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { localStack } = await import('./stack/stack.mjs');
  const stack = localStack({ workers: 1 });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, endRunning);
  try {
    const { env, ownerUrl } = await stack.up();
    const script = inRoot('dist', 'bench', 'main.js');
    const { code } = await step('测量', () =>
      tryRun(process.execPath, ['--enable-source-maps', script, ...process.argv.slice(2)], {
        env: { ...env, MIGRATION_DATABASE_URL: ownerUrl },
        toStdout: true,
      }),
    );
    return code;
  } finally {
    await stack.close();
    await rm(home, { recursive: true, force: true });
    await rm(reachableFallback, { recursive: true, force: true });
  }
});
process.exit();
