import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWorker } from '../../cases/supervision/work.ts';
import { noSeriousAxe } from './support/axe.ts';
import { DESKTOP, PHONE, QUARTER, startConsole, type Console } from './support/console.ts';

let desk: Console;
let office: { person: string; post: string };

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  office = await desk.holderOf('district-office');
}, 180_000);
afterAll(() => desk.stop());

describe('the board', () => {
  test('says the gap first, and opens it to its rows and their case', async () => {
    const { page, context } = await desk.open('/supervision', office, DESKTOP);
    await page.getByRole('button', { name: /包保关系建立率/ }).waitFor();
    const { total } = (await (await page.request.get(`/api/board?cycle=${QUARTER}`)).json()) as {
      total: { binding: { missing: number } };
    };
    const rate = page.getByRole('button', { name: /包保关系建立率/ });
    expect(await rate.textContent()).toContain(`缺 ${String(total.binding.missing)} 户`);
    await noSeriousAxe(page);
    await rate.click();
    const panel = page.getByRole('complementary', { name: '未建立包保关系' });
    await panel.getByRole('listitem').first().waitFor();
    expect(await panel.getByRole('listitem').count()).toBe(total.binding.missing);
    expect(new URL(page.url()).searchParams.get('rate')).toBe('binding');
    await context.close();
  });

  test('opens a cell by keyboard, and presses the rounds behind it', async () => {
    const { page, context } = await desk.open('/supervision', office, DESKTOP);
    const cell = page.getByRole('button', { name: /^督导走访，2026-12-28 一周/ });
    await cell.waitFor();
    await cell.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary');
    await panel.getByText('这个格子怎么算').waitFor();
    await panel.getByRole('button', { name: /催办 \d+ 个轮次/ }).click();
    await panel.getByText('请写明说明或理由。').waitFor();
    const boxes = panel.getByRole('checkbox');
    for (let nth = (await boxes.count()) - 1; nth > 0; nth -= 1) await boxes.nth(nth).uncheck();
    await panel.getByLabel('说明').fill('请抓紧');
    await panel.getByRole('button', { name: '催办 1 个轮次' }).click();
    await panel.getByText('已办 1 个，未办成 0 个。').waitFor();
    // Once a day: the second time the refusal says so.
    await panel.getByRole('button', { name: '催办 1 个轮次' }).click();
    await panel.getByText('已办 0 个，未办成 1 个。').waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('opens a duty to towns and a town to its cadres, for the period or the year', async () => {
    const { page, context } = await desk.open('/supervision', office, DESKTOP);
    const map = page.getByRole('table', { name: /^每格为该周到期的责任/ });
    await map.getByRole('button', { name: /^督导走访/, expanded: true }).waitFor();
    const towns = (await (await page.request.get(`/api/heat-map?cycle=${QUARTER}&split=town`)).json()) as {
      duties: { duty: string; rows: { key: string; name: string }[] }[];
    };
    const town = towns.duties.find(({ duty }) => duty === 'visit')?.rows.find(({ key }) => key === 'sandun');
    const rows = await map.getByRole('row').count();
    await map.getByRole('button', { name: town?.name ?? '', exact: true, expanded: false }).click();
    await map.getByRole('button', { name: town?.name ?? '', exact: true, expanded: true }).waitFor();
    await expect.poll(() => map.getByRole('row').count()).toBeGreaterThan(rows);
    await noSeriousAxe(page);

    const weeks = await map.getByRole('columnheader').count();
    await page.getByText('全年').click();
    await expect.poll(() => map.getByRole('columnheader').count()).toBeGreaterThan(weeks + 30);
    expect(new URL(page.url()).searchParams.get('span')).toBe('year');
    // This week is in sight, though the year does not fit.
    const now = await map.locator('[aria-current=date]').boundingBox();
    expect(now?.x).toBeGreaterThan(300);
    expect(now?.x).toBeLessThan(1440);
    await noSeriousAxe(page);
    await context.close();
  });

  test('is narrowed to the town of its head, and fits a phone', async () => {
    const head = await desk.holderOf('town-head');
    const { page, context } = await desk.open('/supervision', head, PHONE);
    await page.getByRole('button', { name: /督导完成率/ }).waitFor();
    const map = page.getByRole('table').first();
    await map.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('link', { name: '启动督导' }).count()).toBe(0);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBe(0);
    await noSeriousAxe(page);
    await context.close();
  });

  test('says what failed and still shows the rest', async () => {
    const { page, context } = await desk.open('/supervision', office, DESKTOP);
    await page.route('**/api/board?*', (route) => route.fulfill({ status: 500, body: '{}' }));
    await page.reload();
    await page.getByRole('alert').getByText('下面的热力图不受影响。').waitFor();
    await context.close();
  });
});

describe('the kick-off', () => {
  test('names the quarter that is next, and keeps what was asked for when it is changed', async () => {
    const { page, context } = await desk.open('/supervision/start', office, DESKTOP);
    await expect.poll(() => page.getByLabel('季度', { exact: true }).inputValue()).toBe('2027-Q1');
    await page.getByText('一类主体').click();
    await page.getByLabel('编号').fill('class-a');
    await page.getByPlaceholder('开始日期').fill('2026-12-07');
    await page.getByPlaceholder('结束日期').fill('2026-12-25');
    await page.keyboard.press('Tab');
    await page.getByLabel('主体级别').click();
    await page.getByTitle('B 级').click();
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('button', { name: '修改' }).click();
    expect(await page.getByLabel('编号').inputValue()).toBe('class-a');
    expect(await page.getByPlaceholder('结束日期').inputValue()).toBe('2026-12-25');
    await page.getByTitle('B 级').waitFor();
    await context.close();
  });

  test('is previewed with problems first, confirmed as shown, and followed', async () => {
    const { page, context } = await desk.open('/supervision/start', office, DESKTOP);
    await page.getByText('重点时段专项').click();
    await page.getByLabel('编号').fill('winter');
    await page.getByPlaceholder('开始日期').fill('2026-12-07');
    await page.getByPlaceholder('结束日期').fill('2026-12-25');
    await page.keyboard.press('Tab');
    await page.getByLabel('名称（可不填）').fill('冬季专项督导');
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('heading', { name: '冬季专项督导' }).waitFor();
    await page.getByText('须处理，或承担所列后果').waitFor();
    await noSeriousAxe(page);

    const go = page.getByRole('button', { name: /确认启动 \d+ 个轮次/ });
    await go.click();
    await page.getByText('请先看过问题，再勾选这一项。').waitFor();
    await page.getByRole('checkbox', { name: /我已看过/ }).check();
    await go.click();
    await page.getByText('已开', { exact: false }).first().waitFor();
    await caseWorker(desk.api.cases)('cycle/2026-Q4/winter', 'open-rounds', () => undefined);
    await page.getByRole('heading', { name: '轮次已开完' }).waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('is refused when the register moved since the preview, and shows the new one', async () => {
    const { page, context } = await desk.open('/supervision/start', office, DESKTOP);
    await page.getByLabel('季度', { exact: true }).fill('2027-Q1');
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('checkbox', { name: /我已看过/ }).check();
    const { rows } = await desk.api.database.pool.query<{ subject_id: string; post_id: string }>(
      'SELECT subject_id, post_id FROM bindings WHERE to_on IS NULL ORDER BY id LIMIT 1',
    );
    const change = {
      type: 'unbound',
      subject: rows[0]?.subject_id,
      post: rows[0]?.post_id,
      on: '2026-11-24',
      reason: '试',
    };
    const answer = await page.request.post('/api/register/changes', {
      data: { changes: [change] },
      headers: { 'Idempotency-Key': 'move', 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(answer.status()).toBe(200);
    await page.getByRole('button', { name: /确认启动/ }).click();
    await page.getByText('您看过的预览没有启动任何轮次', { exact: false }).waitFor();
    expect((await desk.api.database.pool.query("SELECT 1 FROM cases WHERE id = 'cycle/2027-Q1'")).rows).toEqual([]);
    await context.close();
  });

  test('is explained to whoever may not start one', async () => {
    // An auditor sees the board and starts nothing; a cadre has no part in either.
    for (const [role, title] of [
      ['auditor', '启动督导'],
      ['cadre', '督导'],
    ] as const) {
      const { page, context } = await desk.open('/supervision/start', await desk.holderOf(role), DESKTOP);
      await page.getByText(`这个岗位不能打开「${title}」`).waitFor();
      await noSeriousAxe(page);
      await context.close();
    }
  });
});
