import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import { PHONE, startConsole, type Console } from './support/console.ts';

let desk: Console;
let office: { person: string; post: string };

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  office = await desk.holderOf('district-office');
}, 180_000);
afterAll(() => desk.stop());

const published = async (kind: string): Promise<number> =>
  (await desk.api.database.pool.query('SELECT 1 FROM publications WHERE kind = $1', [kind])).rows.length;

async function pickDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(day);
  await page.keyboard.press('Enter');
}

describe('the calendar', () => {
  test('takes a new notice day by day, shows which dates would move, and publishes with a reason', async () => {
    const before = await published('calendar');
    const { page, context } = await desk.open('/calendar', office);
    await page.getByRole('button', { name: '录入放假通知' }).click();
    await page.getByRole('button', { name: '看哪些会动' }).click();
    await page.getByText('请写明出处；没有出处的不能公布。').waitFor();
    await page.getByLabel('版本', { exact: true }).fill('cn-2026-b');
    await page.getByLabel('通知的网址').fill('https://www.gov.cn/zhengce/content/202611/t1.htm');
    await pickDay(page, '通知的日期', '2026-11-20');
    // The last day of the quarter becomes a day off: every round ends later.
    await page.getByLabel('节日名称').fill('试放假');
    for (const day of ['2026-12-30', '2026-12-31']) await page.getByRole('button', { name: new RegExp(day) }).click();
    await page.getByText('已改 2 天').waitFor();
    await page.getByRole('button', { name: '看哪些会动' }).click();
    await page.getByRole('heading', { name: /个期限会动|没有日期会动/ }).waitFor();
    await noSeriousAxe(page);
    expect(await published('calendar')).toBe(before);
    await page.getByRole('button', { name: '公布', exact: true }).click();
    await page.getByText('请写明理由，它会一直留在版本记录里。').waitFor();
    await page.getByLabel('公布的理由').fill('区政府通知');
    await page.getByRole('button', { name: '公布', exact: true }).click();
    await page.getByText('区政府通知').first().waitFor();
    expect(await published('calendar')).toBe(before + 1);
    await page
      .getByRole('button', { name: /^与前一版比较/ })
      .first()
      .click();
    await page
      .getByText(/12-30|12月30日/)
      .first()
      .waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('is read by all and published by the office alone', async () => {
    const { page, context } = await desk.open('/calendar', await desk.holderOf('cadre'), PHONE);
    await page.getByText('十二月').or(page.getByText('12月')).first().waitFor();
    expect(await page.getByRole('button', { name: '录入放假通知' }).count()).toBe(0);
    await context.close();
  });
});

describe('the district’s own values', () => {
  test('say that they are no law, and become a new version once it is seen what they change', async () => {
    const before = await published('policy');
    const { page, context } = await desk.open('/rules/policies', office);
    await page.getByText('这些数值是区政策，不是法律', { exact: false }).waitFor();
    await page.getByRole('button', { name: '修改' }).click();
    const version = page.getByLabel('新版本');
    await version.fill(`${await version.inputValue()}-1`);
    const number = page.locator('main tbody input').filter({ hasNot: page.locator('[readonly]') });
    const values = await number.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const nth = values.findIndex((value) => /^\d+$/.test(value));
    await number.nth(nth).fill('abc');
    await page.getByText('这里写的不是一个有效的数值，没有采用。').waitFor();
    await number.nth(nth).fill(String(Number(values[nth]) + 1));
    await page.getByRole('button', { name: '看会改动什么' }).click();
    await page.getByRole('heading', { name: '1 项改动' }).waitFor();
    await noSeriousAxe(page);
    expect(await published('policy')).toBe(before);
    await page.getByLabel('公布的理由').fill('区食药安办 2026 年第 9 号');
    await page.getByRole('button', { name: '公布', exact: true }).click();
    await page.getByText('区食药安办 2026 年第 9 号').first().waitFor();
    expect(await published('policy')).toBe(before + 1);
    await context.close();
  });
});

describe('a rule', () => {
  test('is opened to its article, and a district’s is told apart from law', async () => {
    const { page, context } = await desk.open('/rules', office);
    await page.getByText('区规定', { exact: false }).first().waitFor();
    await page
      .getByText(/第\d+条/)
      .first()
      .waitFor();
    await noSeriousAxe(page);
    await context.close();
  });
});
