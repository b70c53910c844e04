/**
 * `npm run generate`: writes the files that are made from the sources and committed (docs/RULES.md, docs/RIGHTS.md, data/calendars).
 * Whether they are what would be written is a test: test/guards/rules.test.ts, test/guards/rights.test.ts.
 */
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { inRoot } from './setup/paths.mjs';
import { runNode } from './setup/run.mjs';
import { runMain, step } from './setup/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  for (const generator of ['seed-calendars', 'generate-rules', 'generate-rights']) {
    await step(generator, () => runNode(inRoot('dist', 'scripts', `${generator}.js`), []));
  }
});
