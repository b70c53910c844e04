/** `npm run build`: installs what is missing and brings dist/ up to date. */
import { ensureBuilt } from './setup/build.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
});
