#!/usr/bin/env node
/**
 * The `zhaodan` command, right in a clone: sets up and builds when that is needed (telling so on stderr), takes the
 * local stack's addresses where the environment names none, and hands over to the compiled command line.
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, isBuilt } from '../scripts/setup/build.mjs';
import { ensureInstalled, isInstalled } from '../scripts/setup/install.mjs';
import { inRoot, inState } from '../scripts/setup/paths.mjs';
import { SetupError, say } from '../scripts/setup/say.mjs';

/** A checkout can be built; an image holds what was built, and no sources to compare it with. */
const isCheckout = await readFile(inRoot('tsconfig.build.json')).then(
  () => true,
  () => false,
);

async function setUp() {
  if (!isCheckout || ((await isInstalled()) && (await isBuilt()))) return;
  say('zhaodan:代码有变化或尚未编译,先准备一下');
  await ensureInstalled();
  await ensureBuilt();
}

try {
  await setUp();
  const local = JSON.parse(await readFile(inState('env.json'), 'utf8').catch(() => '{}'));
  for (const [key, value] of Object.entries(local)) process.env[key] ??= String(value);
  await import(pathToFileURL(inRoot('dist', 'cli', 'main.js')).href);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(`✗ ${error.message}`);
  process.exitCode = 1;
}
