import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import { holdersOf, type Who } from './support/cases.ts';
import { PHONE, startConsole, type Console } from './support/console.ts';

interface Bound {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly title: string;
  readonly person: string;
  readonly unit: string;
}

let desk: Console;
let office: Who;
let subjects: readonly Bound[];

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  const [who] = await holdersOf(desk, 'district-office');
  if (who === undefined) throw new Error('no office');
  office = who;
  ({ rows: subjects } = await desk.api.database.pool.query<Bound>(
    `SELECT s.id, s.name, p.id AS post, p.title, t.person_id AS person, s.unit_id AS unit
       FROM subjects s JOIN bindings b ON b.subject_id = s.id AND b.to_on IS NULL JOIN posts p ON p.id = b.post_id
            JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
      WHERE s.status = 'active' ORDER BY s.id LIMIT 5`,
  ));
}, 180_000);
afterAll(() => desk.stop());

const subject = (nth: number): Bound => {
  const found = subjects[nth];
  if (found === undefined) throw new Error('the sample has too little');
  return found;
};
const drawer = (page: Page) => page.getByRole('dialog');
const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe('a business', () => {
  test('is found by a part of its name; its guarantee is ended and begun again, and each says what it set off', async () => {
    const { id, name, title } = subject(0);
    const { page, context } = await desk.open('/register', office);
    await page.waitForURL(/\/register\/subjects$/);
    await page.getByLabel('名称', { exact: true }).fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL(`**/register/subjects/${id}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.getByRole('button', { name: '解除包保' }).click();

    // A reason is asked for, and what was chosen stays.
    await drawer(page).getByRole('button', { name: '解除包保' }).click();
    await drawer(page).getByText('请填写理由。').waitFor();
    await noSeriousAxe(page);
    await drawer(page).getByLabel('理由').fill('岗位调整');
    await drawer(page).getByRole('button', { name: '解除包保' }).click();
    await drawer(page).getByRole('heading', { name: '随即产生的职责' }).waitFor();
    const duty = drawer(page).getByRole('link', { name: /^binding-duty\// });
    const dutyId = (await duty.textContent()) ?? '';
    await noSeriousAxe(page);
    await drawer(page).getByRole('button', { name: '好', exact: true }).click();
    await page.getByRole('button', { name: '建立包保' }).click();
    await drawer(page).getByLabel('包保岗位').fill(title);
    await page.locator('.ant-select-item-option', { hasText: title }).first().click();
    await drawer(page).getByRole('button', { name: '建立包保' }).click();
    await drawer(page).getByText('已变更', { exact: true }).waitFor();
    await drawer(page).getByRole('heading', { name: '已告知正在进行的案件' }).waitFor();
    await drawer(page).getByRole('link', { name: dutyId, exact: true }).waitFor();
    await drawer(page).getByRole('button', { name: '好', exact: true }).click();
    await page.getByText('岗位调整').first().waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('reads as it was registered on a day, beside what it is now', async () => {
    const { id, name } = subject(1);
    const { page, context } = await desk.open(`/register/subjects/${id}?on=2026-11-23`, office);
    const then = page.getByRole('status').filter({ hasText: '24:00 时' });
    await then.getByText('那时还没有登记。').waitFor();
    await page.goto(`/register/subjects/${id}?on=2026-11-24`);
    await then.getByText(name).first().waitFor();
    await noSeriousAxe(page);
    await context.close();
  });
});

describe('every record', () => {
  test('of a business, a post, a person and a unit fits a phone, and nothing in it is out of reach of a keyboard', async () => {
    const { id, post, person, unit } = subject(2);
    const { page, context } = await desk.open('/register', office, PHONE);
    for (const path of [`subjects/${id}`, `posts/${post}`, `persons/${person}`, `units/${unit}`]) {
      await page.goto(`/register/${path}`);
      await page.getByRole('heading', { name: '登记', exact: true }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: '正在读取' }).count()).toBe(0);
      expect(await sideways(page), path).toBe(0);
      await noSeriousAxe(page);
    }
    await context.close();
  });

  test('that does not exist says so', async () => {
    const { page, context } = await desk.open('/register/subjects/S-none', office);
    await page.getByRole('alert').first().waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('is not changed by whoever may only read', async () => {
    const { person, post } = subject(3);
    const { page, context } = await desk.open(`/register/subjects/${subject(3).id}`, { person, post });
    await page.getByRole('heading', { name: '登记', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /解除包保|其他变更/ }).count()).toBe(0);
    await context.close();
  });
});

describe('a file of the register', () => {
  /** The sheet 主体, as the template has it. */
  const csv = (rows: readonly string[]) =>
    Buffer.from(
      `\uFEFF${['主体编号,主体名称,统一社会信用代码,包保分级,风险等级,状态,业态,所属单位编号,经营地址,开办日期,注销日期', ...rows].join('\r\n')}\r\n`,
    );

  test('with a wrong row writes nothing and says where; put right, it is written and sets off its duties', async () => {
    const { unit } = subject(4);
    const { page, context } = await desk.open('/register/import', office);
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByText('请先选一个文件。').waitFor();
    const good = `S-new-1,新开面馆一,,C,中等风险,正常,小餐饮,${unit},文一路 1 号,2026-11-20,`;
    const upload = async (rows: readonly string[]) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: '主体.csv', mimeType: 'text/csv', buffer: csv(rows) });
      await page.getByRole('button', { name: '预览' }).click();
    };
    await upload([good, `S-new-2,新开面馆二,,X,中等风险,正常,小餐饮,${unit},文一路 2 号,2026-11-20,`]);
    await page
      .getByText(/\d+ 处问题/)
      .first()
      .waitFor();
    await noSeriousAxe(page);
    expect(await page.getByRole('button', { name: /^写入/ }).isDisabled()).toBe(true);
    const count = async () =>
      (await desk.api.database.pool.query("SELECT 1 FROM subjects WHERE id LIKE 'S-new-%'")).rows.length;
    expect(await count()).toBe(0);

    await upload([good]);
    await page
      .getByText(/新增 1、变更 0/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /^写入/ }).click();
    await page.getByText(/随即产生职责 1 项/).waitFor();
    expect(await count()).toBe(1);
    await noSeriousAxe(page);
    await context.close();
  });
});
