/**
 * Every page in every state: being read, there, empty, failed, without a connection, closed to the reader. On a desktop and on
 * a phone; nothing broken, nothing on the console, no request to another host, no serious violation of axe's rules.
 */
import type { BrowserContextOptions, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostRole } from '../../domain/kernel/process.ts';
import { rightsOf, ROLES } from '../../domain/rights/table.ts';
import { mayOpen, PAGES, type PageEntry } from '../../web/app/pages.ts';
import { noSeriousAxe } from './support/axe.ts';
import { DESKTOP, PHONE, startConsole, type Console } from './support/console.ts';

let desk: Console;

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
}, 300_000);
afterAll(() => desk.stop());

/** Of those who may open the page, who meets it first: the cadre his list, the office its register. */
const FIRST: readonly PostRole[] = ['cadre', 'district-office', 'system-admin', 'audit-admin'];
const opener = (entry: PageEntry): PostRole => {
  const role = [...FIRST, ...ROLES].find((one) => mayOpen(entry, rightsOf(one)));
  if (role === undefined) throw new Error(`nobody may open /${entry.path}`);
  return role;
};
const stranger = (entry: PageEntry): PostRole | undefined =>
  [...FIRST, ...ROLES].find((one) => !mayOpen(entry, rightsOf(one)));

/** What surrounds every page is not the page's own. */
const SHELL = ['/api/session', '/api/today', '/api/system/quiet', '/api/todo/count'];
const ofThePage = (url: URL): boolean => url.pathname.startsWith('/api/') && !SHELL.includes(url.pathname);

interface Watched {
  readonly page: Page;
  /** What a reader never sees but must not be there: errors of the console, broken scripts, requests to other hosts. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** Opens the page with a hand on what the API answers it. */
async function open(
  entry: PageEntry,
  role: PostRole,
  screen: BrowserContextOptions,
  answer?: (route: Route) => Promise<void>,
) {
  const { page, context } = await desk.open('/account', await desk.holderOf(role), screen);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(`script: ${message}`));
  page.on('console', (said) => {
    // The browser's own line on an answer that failed is what the test asked for.
    const planned = answer !== undefined && said.text().startsWith('Failed to load resource');
    if (said.type() === 'error' && !planned) faults.push(`console: ${said.text().slice(0, 300)}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && origin !== desk.api.url) faults.push(`host: ${request.url()}`);
  });
  if (answer !== undefined) await page.route(ofThePage, answer);
  await page.goto(`/${entry.path}`);
  return { page, faults, close: () => context.close() } satisfies Watched;
}

const reading = (page: Page) => page.getByRole('status', { name: '正在读取' });

/** Once nothing is being read any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await expect.poll(() => reading(page).count(), { timeout: 20_000 }).toBe(0);
}

const lines = async (page: Page): Promise<readonly string[]> => (await page.locator('#main').innerText()).split('\n');
const sideways = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The answer with every list in it emptied. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'next' ? null : emptied(inner)]),
  );
}

describe.each(PAGES.map((entry) => [entry.path, entry] as const))('/%s', (_, entry) => {
  const role = opener(entry);

  test('is being read, is there, and stays when the connection goes', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { page, faults, close } = await open(entry, role, DESKTOP, async (route) => {
      await held;
      await route.continue();
    });
    await reading(page).first().waitFor();
    await page.waitForTimeout(400);
    await noSeriousAxe(page);
    release();
    await settled(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.title()).toContain('照单');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await sideways(page)).toBe(0);
    await noSeriousAxe(page);

    const before = await lines(page);
    await page.context().setOffline(true);
    await page
      .getByText(/现在没有网络|离线。/)
      .first()
      .waitFor();
    expect(await lines(page)).toEqual(expect.arrayContaining([...before]));
    await noSeriousAxe(page);
    await page.context().setOffline(false);
    expect(faults).toEqual([]);
    await close();
  });

  test('fits a phone', async () => {
    const { page, faults, close } = await open(entry, role, PHONE);
    await settled(page);
    expect(await sideways(page)).toBe(0);
    await noSeriousAxe(page);
    expect(faults).toEqual([]);
    await close();
  });

  test('says in a sentence that nothing is there', async () => {
    const { page, faults, close } = await open(entry, role, DESKTOP, async (route) => {
      const answer = await route.fetch();
      const isJson = answer.headers()['content-type']?.includes('json') === true && answer.ok();
      await (isJson
        ? route.fulfill({ response: answer, json: emptied(await answer.json()) })
        : route.fulfill({ response: answer }));
    });
    await settled(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    // A picture and 暂无数据 say nothing of why, or of what comes next.
    expect(await page.locator('.ant-empty').count()).toBe(0);
    await noSeriousAxe(page);
    expect(faults).toEqual([]);
    await close();
  });

  test('says what failed, and reads again when asked', async () => {
    let failing = true;
    let asked = 0;
    const { page, faults, close } = await open(entry, role, DESKTOP, async (route) => {
      asked += 1;
      if (!failing) return route.continue();
      const problem = {
        type: 'about:blank',
        title: 'x',
        status: 500,
        code: 'internal',
        detail: '服务器内部出错，没有改动任何数据。',
        instance: 'req-42',
      };
      await route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem });
    });
    if (asked > 0 || entry.rights.length > 0) {
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      expect(await alert.innerText()).toContain('req-42');
      expect(await page.getByRole('navigation', { name: '主导航' }).count()).toBe(1);
      await noSeriousAxe(page);
      failing = false;
      for (;;) {
        const again = page.getByRole('button', { name: '重试' });
        if ((await again.count()) === 0) break;
        await again.first().click();
        await page.waitForTimeout(300);
      }
      await settled(page);
      expect(await page.getByRole('alert').count()).toBe(0);
    }
    expect(faults).toEqual([]);
    await close();
  });

  const outside = stranger(entry);
  if (outside !== undefined)
    test('tells who may not open it why, and who may', async () => {
      const { page, faults, close } = await open(entry, outside, DESKTOP);
      await page.getByText(`这个岗位不能打开「${entry.title}」`, { exact: false }).waitFor();
      await page.getByText('需要的权限', { exact: false }).first().waitFor();
      await noSeriousAxe(page);
      const { rows } = await desk.api.database.pool.query(
        "SELECT 1 FROM access_log WHERE outcome = 'refused' AND access_right = ANY ($1) AND about = $2",
        [entry.rights, `/${entry.path}`],
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(faults).toEqual([]);
      await close();
    });
});
