import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, localDate } from '../../domain/kernel/civil-day.ts';
import { NOON } from '../api/district.ts';
import { noSeriousAxe } from './support/axe.ts';
import { DESKTOP, PHONE, startConsole, type Console } from './support/console.ts';

/** One of each: three days over, one over now; due today; due tomorrow. */
const ENDS = [NOON - 3 * DAY_MS, NOON, NOON + 3_600_000, NOON + DAY_MS] as const;

let desk: Console;
let office: { person: string; post: string };

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  office = await desk.holderOf('district-office');
  const pool = desk.api.database.pool;
  // In one town, so that its row has a number under each rung.
  const { rows } = await pool.query<{ id: string }>(
    `SELECT c.id FROM cases c JOIN units u ON u.id = c.unit_id JOIN units t ON t.kind = 'town' AND starts_with(u.path, t.path)
      WHERE c.kind = 'round' AND c.closed_at IS NULL
        AND t.id = (SELECT t2.id FROM cases c2 JOIN units u2 ON u2.id = c2.unit_id JOIN units t2 ON t2.kind = 'town' AND starts_with(u2.path, t2.path)
                     WHERE c2.kind = 'round' GROUP BY t2.id ORDER BY count(*) DESC, t2.id LIMIT 1)
      ORDER BY c.id LIMIT $1`,
    [ENDS.length],
  );
  expect(rows).toHaveLength(ENDS.length);
  for (const [nth, { id }] of rows.entries()) {
    const at = ENDS[nth] ?? NOON;
    await pool.query('UPDATE cases SET due_at = $2, due_on = $3 WHERE id = $1', [id, at, localDate(at - 1)]);
    await pool.query('UPDATE case_limits SET due_at = $2, due_on = $3 WHERE case_id = $1', [id, at, localDate(at - 1)]);
  }
}, 180_000);
afterAll(() => desk.stop());

const column = { 在办: 0, 临近: 1, 今日到期: 2, 超期: 3 } as const;

describe('the overview', () => {
  test('opens with one sentence, and each number of a unit with the list it is counted from', async () => {
    const { page, context } = await desk.open('/overview', office, DESKTOP);
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await page.getByText(/今日 1 件到期，2 件已超期/).waitFor();
    await noSeriousAxe(page);
    const row = page.getByRole('table').first().getByRole('row').nth(1);
    for (const [name, nth] of Object.entries(column)) {
      const link = row.getByRole('cell').nth(nth).getByRole('link');
      const count = Number(await link.textContent());
      expect(count, name).toBe({ 在办: count, 临近: 1, 今日到期: 1, 超期: 2 }[name]);
      const target = (await link.getAttribute('href')) ?? '';
      await page.goto(target);
      const lines = page.locator('main tbody a[href^="/cases/"]');
      await lines.first().waitFor();
      const cases = await lines.evaluateAll((links) => new Set(links.map((one) => one.getAttribute('href'))).size);
      expect(cases, `${name}: ${target}`).toBe(Math.min(count, 50));
      await page.goBack();
      await row.waitFor();
    }
    await context.close();
  });

  test('shows the coming days as a chart, and as a table that opens each day', async () => {
    const { page, context } = await desk.open('/overview', office, DESKTOP);
    await page
      .getByRole('img', { name: /今后两周到期，共 \d+ 件/ })
      .locator('svg')
      .waitFor();
    await page.getByRole('button', { name: '看数据' }).click();
    const table = page.getByRole('table', { name: '今后两周每天到期的件数' });
    expect(await table.getByRole('row').count()).toBe(14);
    const today = table.getByRole('row').first();
    expect(await today.textContent()).toContain('11月24日 周二');
    expect(await today.getByRole('link').textContent()).toBe('1');
    expect(await today.getByRole('link').getAttribute('href')).toBe('/cases?closed=false&rung=yellow');
    await noSeriousAxe(page);
    await context.close();
  });

  test('fits a phone, for the head of a town', async () => {
    const { page, context } = await desk.open('/overview', await desk.holderOf('town-head'), PHONE);
    await page.getByRole('heading', { name: '各单位' }).waitFor();
    await page.getByRole('img', { name: /今后两周到期/ }).waitFor();
    await noSeriousAxe(page);
    const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(wide).toBe(0);
    await context.close();
  });

  test('says what failed and what still works, and comes back', async () => {
    const { page, context } = await desk.open('/todo', office, DESKTOP);
    let fails = true;
    await page.route('**/api/overview', (route) =>
      fails ? route.fulfill({ status: 500, json: { code: 'fault', detail: '坏了' } }) : route.continue(),
    );
    await page.goto('/overview');
    await page.getByText('待办和案件不受影响。').waitFor();
    await noSeriousAxe(page);
    fails = false;
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '各单位' }).waitFor();
    await context.close();
  });

  test('is refused to a cadre, who is told whom to ask', async () => {
    const { page, context } = await desk.open('/overview', await desk.holderOf('cadre'), DESKTOP);
    await page
      .getByText(/镇长|食药安办/)
      .first()
      .waitFor();
    expect(await page.getByRole('heading', { name: '各单位' }).count()).toBe(0);
    await context.close();
  });
});
