#!/usr/bin/env node
/**
 * The pictures of docs/images, from a running `npm start`: `node scripts/screenshots.mjs [http://127.0.0.1:3000]`. Signs in with
 * the sample accounts, as a person would, and takes the pages that the README shows.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import playwright from 'playwright-core';
import { chineseFont, chromium } from './setup/browser.mjs';
import { inRoot } from './setup/paths.mjs';
import { runMain, say } from './setup/say.mjs';

const DESKTOP = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Which picture is whose, and how one gets there from the page that opens after signing in. */
const PICTURES = [
  { file: 'todo', account: 'jianguan', screen: DESKTOP, to: '/todo' },
  { file: 'supervision', account: 'duban', screen: DESKTOP, to: '/supervision' },
  { file: 'overview', account: 'lingdao', screen: DESKTOP, to: '/overview' },
  { file: 'case', account: 'shenji', screen: DESKTOP, to: '/cases?kind=correction', press: 'tbody a[href^="/cases/"]' },
  { file: 'round-phone', account: 'ganbu', screen: PHONE, to: '/rounds' },
];
const PASSWORD = 'Zhaodan-2026';

await runMain(async () => {
  const [url = 'http://127.0.0.1:3000'] = process.argv.slice(2);
  await chineseFont();
  const browser = await playwright.chromium.launch({ executablePath: await chromium(), args: ['--no-sandbox'] });
  const folder = inRoot('docs', 'images');
  await mkdir(folder, { recursive: true });
  try {
    for (const { file, account, screen, to, press } of PICTURES) {
      const context = await browser.newContext({
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        baseURL: url,
        ...screen,
      });
      const page = await context.newPage();
      await page.goto('/sign-in');
      await page.getByLabel('账号', { exact: true }).fill(account);
      await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.waitForURL((there) => there.pathname !== '/sign-in');
      await page.goto(to);
      await page.waitForLoadState('networkidle');
      if (press !== undefined) {
        await page.locator(press).first().click();
        await page.waitForLoadState('networkidle');
      }
      // Charts draw themselves within this.
      await page.waitForTimeout(1_500);
      await page.screenshot({ path: path.join(folder, `${file}.png`) });
      say(`docs/images/${file}.png`);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return 0;
});
