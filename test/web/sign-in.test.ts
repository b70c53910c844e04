import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSampleAccounts, SAMPLE_PASSWORD, SAMPLES } from '../../sign-on/sample-accounts.ts';
import { NOON } from '../api/district.ts';
import { noSeriousAxe } from './support/axe.ts';
import { DESKTOP, PHONE, startConsole, type Console } from './support/console.ts';

let console: Console;
beforeAll(async () => {
  console = await startConsole({ withoutCycle: true, localMode: true });
  await makeSampleAccounts({ ...console.api.cases, pool: console.api.database.pool });
});
afterAll(() => console.stop());

/** A picture for whoever looks at it, where `LOOK` says. */
const look = async (page: Page, name: string) => {
  const { LOOK } = process.env;
  if (LOOK !== undefined) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};

async function stranger(where = '/', screen = DESKTOP): Promise<Page> {
  const context = await console.browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: console.api.url,
    ...screen,
  });
  const page = await context.newPage();
  await page.goto(where);
  return page;
}

async function signIn(page: Page, name: string, password = SAMPLE_PASSWORD): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByLabel('密码', { exact: true }).press('Enter');
}

const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: NOON });

describe.each([
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const)('signing in on a %s', (size, screen) => {
  test('whoever asks for a page is led to sign in, by a sample account that fills the form, and back to the page', async () => {
    const page = await stranger('/account', screen);
    await page.waitForURL(/sign-in\?next=%2Faccount/);
    for (const { name } of SAMPLES) await page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
    await noSeriousAxe(page);
    await look(page, `sign-in-${size}`);
    await page.getByRole('button', { name: /^duban/ }).click();
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL(/\/account$/);
    await page.getByRole('heading', { name: '登录会话' }).waitFor();
    await page.getByText('正以此岗位办理').waitFor();
    await page.getByText('本会话').waitFor();
    await noSeriousAxe(page);
    await look(page, `account-${size}`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/sign-in/);
    await page.goto('/account');
    await page.waitForURL(/sign-in/);
    await page.context().close();
  });
});

describe('a refusal', () => {
  test('says how many tries are left, keeps the name, and then how long to wait', async () => {
    const page = await stranger('/sign-in');
    for (const left of [4, 3, 2, 1, 0]) {
      await signIn(page, 'nobody', 'wrong');
      await page
        .getByRole('alert')
        .filter({ hasText: `还可以再试 ${left} 次` })
        .waitFor();
      if (left === 4) await look(page, 'refused');
      expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe('nobody');
      expect(await page.getByLabel('密码', { exact: true }).inputValue()).toBe('');
    }
    await signIn(page, 'nobody', 'wrong');
    await page.getByRole('alert').filter({ hasText: '请 10 分钟后再试' }).waitFor();
    await noSeriousAxe(page);
    await look(page, 'locked');
    await page.context().close();
  });

  test('of the single sign-on is said in words', async () => {
    const page = await stranger('/sign-in?problem=oidc-person-unknown');
    await page.getByText('没有对应的账号').waitFor();
    await page.context().close();
  });
});

describe('an administrator', () => {
  test('is led to enrol, sees the codes once, and signs in in two steps', async () => {
    const page = await stranger('/sign-in');
    await signIn(page, 'anquan');
    await page.waitForURL(/account\?enrol=1/);
    await page.getByLabel('当前密码').first().fill(SAMPLE_PASSWORD);
    await page.getByRole('button', { name: '开始启用' }).click();
    await page.getByAltText('添加到身份验证器的二维码').waitFor();
    await look(page, 'enrol');
    await noSeriousAxe(page);
    const secret = await page.locator('p[class*=secret]').innerText();
    await page.getByLabel('身份验证器上的六位数字').fill(codeOf(secret));
    await page.getByRole('button', { name: '启用', exact: true }).click();
    await page.getByText('这些恢复码只显示这一次').waitFor();
    const [recovery = ''] = await page.locator('ul[class*=codes] li').allInnerTexts();
    expect(recovery).toMatch(/^([0-9a-f]{4}-){3}[0-9a-f]{4}$/);
    await look(page, 'recovery-codes');
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('还有 10 个没有用过').waitFor();
    await page.context().close();

    const again = await stranger('/sign-in?next=/accounts');
    await signIn(again, 'anquan');
    await again.getByRole('heading', { name: '第二步验证' }).waitFor();
    await look(again, 'second-step');
    // The code of this moment was spent on enrolling.
    await again.getByLabel('身份验证器上的六位数字').fill(codeOf(secret));
    await again.getByRole('button', { name: '验证' }).click();
    await again.getByRole('alert').filter({ hasText: '每个验证码只能用一次' }).waitFor();
    await again.getByRole('button', { name: '手机不在身边，用恢复码' }).click();
    await again.getByLabel('恢复码').fill(recovery);
    await again.getByRole('button', { name: '验证' }).click();
    await again.waitForURL(/\/accounts$/);
    await again.getByRole('button', { name: '管理 duban' }).waitFor();
    await again.context().close();
  });

  test('makes an account, whose owner must first choose a password', async () => {
    const page = await stranger('/sign-in?next=/accounts');
    await signIn(page, 'xitong');
    await page.waitForURL(/account\?enrol=1/);
    await page.goto('/accounts');
    await page.getByRole('button', { name: '建立账号' }).click();
    const { rows } = await console.api.database.pool.query<{ id: string }>(
      'SELECT id FROM persons p WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id) ORDER BY id DESC LIMIT 1',
    );
    await page.getByLabel(/^人员/).fill(rows[0]?.id ?? '');
    await page.getByRole('dialog').getByRole('listitem').getByRole('button').click();
    await page.getByLabel(/^账号名/).fill('xin-ren');
    await page.getByRole('dialog').getByRole('button', { name: '建立账号' }).click();
    const password = await page.getByRole('dialog').locator('code').innerText();
    await noSeriousAxe(page);
    await look(page, 'new-account');
    await page.getByRole('button', { name: /Close|关闭/ }).click();
    await page.getByText('首次登录须改密码').waitFor();
    await look(page, 'accounts');

    const owner = await stranger('/sign-in');
    await signIn(owner, 'xin-ren', password);
    await owner.waitForURL(/account\?change=password/);
    await owner.getByLabel('当前密码').fill(password);
    await owner.getByLabel('新密码', { exact: true }).fill('short');
    await owner.getByLabel('再输入一次新密码').fill('short');
    await owner.getByRole('button', { name: '修改密码' }).click();
    await owner.getByText('少于 10 个字符').waitFor();
    await look(owner, 'must-change');
    await owner.getByLabel('当前密码').fill(password);
    await owner.getByLabel('新密码', { exact: true }).fill('A-Longer-Word-3');
    await owner.getByLabel('再输入一次新密码').fill('A-Longer-Word-3');
    await owner.getByRole('button', { name: '修改密码' }).click();
    await owner.waitForURL((url) => !url.pathname.startsWith('/account'));
    await owner.context().close();
    await page.context().close();
  });
});

describe('a session nobody uses', () => {
  test('is said to end two minutes before, and goes on when the person says so', async () => {
    const page = await stranger('/sign-in?next=/account');
    await signIn(page, 'lingdao');
    await page.getByText('本会话').waitFor();
    await page.route(
      '**/api/session',
      async (route) => {
        const response = await route.fetch();
        const session = (await response.json()) as { now: number };
        await route.fulfill({ response, json: { ...session, idleEndsAt: session.now + 59_000 } });
      },
      { times: 1 },
    );
    await page.reload();
    await page.getByText('登录将在 1 分钟内失效').waitFor();
    await look(page, 'ending');
    await noSeriousAxe(page);
    await page.getByRole('button', { name: '继续使用' }).click();
    await page.getByText('登录将在 1 分钟内失效').waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('accounts on a phone', () => {
  test('fit, and open their acts in a drawer', async () => {
    const page = await stranger('/sign-in?next=/accounts', PHONE);
    await signIn(page, 'xitong');
    await page.waitForURL(/account\?enrol=1/);
    await page.goto('/accounts');
    await page.getByRole('button', { name: '管理 duban' }).click();
    await page.getByRole('button', { name: '重设密码' }).waitFor();
    // Slid in.
    await page.waitForTimeout(400);
    await look(page, 'accounts-phone');
    await noSeriousAxe(page);
    const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    expect(wide).toBe(false);
    await page.context().close();
  });
});
