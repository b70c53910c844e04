/**
 * How is the browser of the console's tests obtained, with a font that has Chinese? Already there, named by
 * CHROMIUM_PATH, from the system's packages where this may be done, or by Playwright's own download. Needs node_modules.
 */
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { firstThatWorks, isProgram, onPath } from './components.mjs';
import { cacheDir, inRoot } from './paths.mjs';
import { tryRun } from './run.mjs';
import { say } from './say.mjs';

const INSTALL_MS = 15 * 60_000;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Playwright keeps what it downloads for us. */
const downloads = path.join(cacheDir, 'playwright');

async function there() {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && (await isProgram(given))) return given;
  for (const name of NAMES) {
    const found = await onPath(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function downloaded() {
  for (const name of await readdir(downloads).catch(() => /** @type {string[]} */ ([]))) {
    for (const inside of [
      'chrome-linux/headless_shell',
      'chrome-linux/chrome',
      'chrome-headless-shell-linux64/chrome-headless-shell',
    ]) {
      const file = path.join(downloads, name, inside);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

/** Debian's and Ubuntu's packages, where we are root and apt is there. */
async function fromPackages(/** @type {string[]} */ ...packages) {
  const apt = await onPath('apt-get');
  if (apt === undefined || process.getuid?.() !== 0) return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await tryRun(apt, ['update', '-qq'], { env, timeoutMs: INSTALL_MS, quiet: true });
  const { code, output } = await tryRun(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    timeoutMs: INSTALL_MS,
    quiet: true,
  });
  if (code !== 0) say(output.slice(-2_000));
  return code === 0;
}

/** The path of a Chromium that can be driven. */
export function chromium() {
  return firstThatWorks(
    'Chromium',
    [
      { how: '查找 PATH', find: there },
      { how: '查找缓存', find: downloaded },
      {
        how: '由系统软件包安装 chromium',
        find: async () => ((await fromPackages('chromium')) ? there() : undefined),
      },
      {
        how: '由 Playwright 下载',
        find: async () => {
          const cli = inRoot('node_modules', 'playwright-core', 'cli.js');
          const { code } = await tryRun(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
            env: { PLAYWRIGHT_BROWSERS_PATH: downloads },
            timeoutMs: INSTALL_MS,
            quiet: true,
          });
          return code === 0 ? downloaded() : undefined;
        },
      },
    ],
    '请安装 Chromium 或 Chrome 并放进 PATH,或用 CHROMIUM_PATH 指明。只有网页测试需要它。',
  );
}

/** A font with Chinese, so that pages and pictures show words and not boxes. A missing one is said, and fails nothing. */
export async function chineseFont() {
  if (os.platform() !== 'linux') return;
  const list = await onPath('fc-list');
  const known = list === undefined ? '' : (await tryRun(list, [':lang=zh', 'family'], { quiet: true })).output;
  if (known.trim() !== '') return;
  if (!(await fromPackages('fonts-noto-cjk', 'fontconfig'))) {
    say('  没有中文字体:网页截图里的汉字会是方框。请安装 fonts-noto-cjk。');
  }
}
