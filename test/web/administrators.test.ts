import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import { holdersOf, largestRounds, type Who } from './support/cases.ts';
import { startConsole, type Console } from './support/console.ts';
import { makeSampleAccounts } from '../../sign-on/sample-accounts.ts';
import type { PostRole } from '../../domain/kernel/process.ts';

let desk: Console;
/** The office's sample account. */
const NAME = 'duban';
const ADMINISTRATORS = ['system-admin', 'security-admin', 'audit-admin'] as const;
const holder = async (role: PostRole): Promise<Who> => {
  const [found] = await holdersOf(desk, role);
  if (found === undefined) throw new Error(`nobody is ${role}`);
  return found;
};

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  await makeSampleAccounts({ ...desk.api.cases, pool: desk.api.database.pool });
}, 180_000);
afterAll(() => desk.stop());

describe('the three administrators', () => {
  test('each begin with what they keep, and none of them opens a case', async () => {
    const [round] = await largestRounds(desk);
    for (const role of ADMINISTRATORS) {
      const { page, context } = await desk.open('/', await holder(role));
      await page.getByRole('heading', { level: 1 }).waitFor();
      const menu = page.getByRole('navigation').first();
      expect(await menu.getByRole('link', { name: '案件', exact: true }).count(), role).toBe(0);
      expect(await menu.getByRole('link', { name: '我的待办' }).count(), role).toBe(0);
      expect((await page.request.get(`/api/cases/${encodeURIComponent(round?.caseId ?? '')}`)).status(), role).toBe(
        403,
      );
      await noSeriousAxe(page);
      await context.close();
    }
  });

  test('security: a locked account is unlocked and its sessions are ended; audit: both are on record', async () => {
    const office = await holder('district-office');
    const security = await holder('security-admin');
    // Somebody guesses until the account is locked.
    const guesser = await (await desk.browser.newContext({ locale: 'zh-CN', baseURL: desk.api.url })).newPage();
    await guesser.goto('/sign-in');
    for (const left of [4, 3, 2, 1, 0]) {
      await guesser.getByLabel('账号', { exact: true }).fill(NAME);
      await guesser.getByLabel('密码', { exact: true }).fill('wrong');
      await guesser.getByLabel('密码', { exact: true }).press('Enter');
      await guesser.getByText(`还可以再试 ${String(left)} 次`).waitFor();
    }
    await guesser.context().close();
    const { page, context } = await desk.open('/account', security);
    const other = await desk.open('/todo', office);
    await other.page.getByRole('heading', { level: 1 }).waitFor();

    await page.goto(`/accounts?text=${NAME}`);
    await page.getByRole('button', { name: `管理 ${NAME}` }).click();
    const drawer = page.getByRole('dialog');
    // What only the system administrator does is not offered here.
    expect(await drawer.getByRole('button', { name: /重设密码|停用账号/ }).count()).toBe(0);
    await drawer.getByRole('button', { name: '解除暂停' }).click();
    await drawer.getByRole('button', { name: '解除暂停' }).waitFor({ state: 'detached' });
    await noSeriousAxe(page);
    await drawer.getByRole('button', { name: '结束全部会话' }).click();
    await drawer.getByText('现在没有登录。').waitFor();
    await other.page.reload();
    await other.page.waitForURL(/\/sign-in/);
    await other.context.close();
    await context.close();

    const audit = await desk.open('/audit/sign-ons', await holder('audit-admin'));
    await audit.page.locator('main tbody tr[data-row-key]').first().waitFor();
    await audit.page.getByText(/解除/).first().waitFor();
    await noSeriousAxe(audit.page);
    // The journal of cases is not the audit administrator's.
    expect(await audit.page.getByText('流水检索').count()).toBe(0);
    expect((await audit.page.request.get('/api/journal')).status()).toBe(403);
    await audit.context.close();
  });

  test('system: sees whether everything runs, and what to do where it does not', async () => {
    const { page, context } = await desk.open('/system', await holder('system-admin'));
    await page.getByText('没有工作进程报过。提醒和升级都要靠它，请启动。').waitFor();
    await page.getByRole('heading', { name: '组成部分' }).waitFor();
    await noSeriousAxe(page);
    await context.close();
  });
});
