/**
 * `npm run generate`: the files that are made from the sources and committed. With `--check` nothing is written, and
 * the exit code is 1 when one of them is not what would be made.
 */
import { inRoot } from './setup/paths.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { tryRun } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { code } = await tryRun(process.execPath, [
    inRoot('dist', 'scripts', 'generate-rules.js'),
    ...process.argv.slice(2),
  ]);
  return code;
});
