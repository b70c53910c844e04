/**
 * The console as its users have it: the API in this process with the sample district and the running quarter at
 * 2026-11-24 10:20, the built pages, and a real Chromium.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { confirmCycle } from '../../../cases/supervision/confirm.ts';
import { previewCycle } from '../../../cases/supervision/preview.ts';
import { caseWorker } from '../../../cases/supervision/work.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import { chineseFont, chromium } from '../../../scripts/setup/browser.mjs';
import { ensureWeb } from '../../../scripts/setup/build.mjs';
import { inRoot } from '../../../scripts/setup/paths.mjs';
import { startApi, type Serving } from '../../api/serving.ts';

/** Size and touch of the two screens every page is looked at on. */
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

export interface Console {
  readonly api: Serving;
  readonly browser: Browser;
  /** The person who holds the only or first post of a role, by the register. */
  holderOf(role: string): Promise<{ readonly person: string; readonly post: string; readonly unit: string }>;
  /** A page in a context of its own, signed in as the person (for the post, where several are held). */
  open(
    where: string,
    who: { readonly person: string; readonly post?: string },
    screen?: BrowserContextOptions,
  ): Promise<{ readonly page: Page; readonly context: BrowserContext }>;
  stop(): Promise<void>;
}

export interface ConsoleOptions {
  /** Share of the sample district; 0.02 has some hundreds of subjects. */
  readonly scale?: number;
  /** Without the running quarter. */
  readonly withoutCycle?: boolean;
  /** As on one's own machine: the sign-in page names the sample accounts. */
  readonly localMode?: boolean;
}

/** The quarter in which the tests play. */
export const QUARTER = '2026-Q4';

export async function startConsole({
  scale = 0.02,
  withoutCycle = false,
  localMode = false,
}: ConsoleOptions = {}): Promise<Console> {
  await ensureWeb();
  await chineseFont();
  // A build elsewhere must not take the files away under the browser.
  const consoleDir = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-console-'));
  await cp(inRoot('dist', 'web'), consoleDir, { recursive: true });
  const api = await startApi(({ signOn }) => ({ consoleDir, signOn: { ...signOn, localMode } }));
  const browser = await playwright.launch({
    executablePath: await chromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });

  const loaded = await loadSample(api.cases, { scale });
  if (!loaded.ok) throw new Error('the sample district was not loaded');
  if (!withoutCycle) await kickOff(api);

  return {
    api,
    browser,
    holderOf: (role) => holderOf(api, role),
    async open(where, { person, post }, screen = DESKTOP) {
      const context = await browser.newContext({
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        baseURL: api.url,
        ...screen,
      });
      await context.addCookies([{ ...(await api.sessionOf(person, post)), url: api.url }]);
      const page = await context.newPage();
      await page.goto(where);
      return { page, context };
    },
    async stop() {
      await browser.close();
      await api.stop();
      await rm(consoleDir, { recursive: true, force: true });
    },
  };
}

async function holderOf({ database }: Serving, role: string) {
  const { rows } = await database.pool.query<{ person: string; post: string; unit: string }>(
    `SELECT t.person_id AS person, p.id AS post, p.unit_id AS unit FROM posts p JOIN tenures t ON t.post_id = p.id
      WHERE p.role = $1 AND t.to_on IS NULL ORDER BY p.id LIMIT 1`,
    [role],
  );
  const [found] = rows;
  if (found === undefined) throw new Error(`nobody holds a post of role ${role}`);
  return found;
}

/** What `npm start` does after loading: preview, confirm, and the rounds opened page by page. */
async function kickOff(api: Serving): Promise<void> {
  const { person, post, unit } = await holderOf(api, 'district-office');
  const actor: Actor = { person, post, unit, role: 'district-office', capacity: 'self' };
  const preview = await previewCycle(api.cases, { kind: 'quarter', quarter: QUARTER }, actor);
  if ('refused' in preview) throw new Error(preview.refused.code);
  const confirmed = await confirmCycle(api.cases, { hash: preview.hash, key: 'kick-off', actor });
  if (!confirmed.ok) throw new Error(confirmed.refusal.code);
  await caseWorker(api.cases)(`cycle/${QUARTER}`, 'open-rounds', () => undefined);
}
