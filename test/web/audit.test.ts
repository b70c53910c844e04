import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import { holdersOf, largestRounds, sayAt, setNow, shanghai, visitAt, type Who } from './support/cases.ts';
import { PHONE, startConsole, type Console } from './support/console.ts';

let desk: Console;
let correction: string;
let auditor: Who;
let regulator: Who;

const one = <T>(of: readonly T[], nth = 0): T => {
  const found = of[nth];
  if (found === undefined) throw new Error('the sample has too little');
  return found;
};

/** A finding claimed, put right by the regulator, who then may not re-check his own work (INS §33). */
beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  const round = one(await largestRounds(desk));
  correction = await visitAt(desk, shanghai('2026-11-24T14:00'), round, { findings: 1 });
  regulator = one(await holdersOf(desk, 'regulator', round.town));
  auditor = one(await holdersOf(desk, 'auditor'));
  const { cases } = desk.api;
  await sayAt(cases, shanghai('2026-11-24T16:00'), regulator, correction, { type: 'claim' });
  const evidence = [{ digest: 'b'.repeat(64), takenOn: '2026-11-25' }];
  await sayAt(cases, shanghai('2026-11-25T09:00'), regulator, correction, {
    type: 'order',
    dueOn: '2026-12-04',
    requirement: '三日内更换温控',
  } as never);
  await sayAt(cases, shanghai('2026-11-25T10:00'), regulator, correction, { type: 'report-done', evidence } as never);
  await expect(
    sayAt(cases, shanghai('2026-11-25T11:00'), regulator, correction, {
      type: 'recheck',
      passed: true,
      reason: '合格',
      evidence,
    } as never),
  ).rejects.toThrow('own-work');
  setNow(desk, '2026-11-26T09:00');
}, 300_000);
afterAll(() => desk.stop());

const tab = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: '哪一类记录' }).getByText(name, { exact: true });
const rows = (page: Page) => page.locator('main tbody tr[data-row-key]');

describe('the auditor', () => {
  test('finds an entry by its case, and sees the case as it was then', async () => {
    const { page, context } = await desk.open('/audit', auditor);
    await page.waitForURL(/\/audit\/journal$/);
    await page.getByLabel('案件', { exact: true }).fill(correction);
    await page.keyboard.press('Enter');
    await expect.poll(() => rows(page).count()).toBe(4);
    await page.getByLabel('动作').fill('order');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows(page).count()).toBe(1);
    await noSeriousAxe(page);
    await rows(page).getByRole('link').click();
    await page.getByText(/您正在看 11月25日 周三 09:00 的案件，只读/).waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('reads who was refused, why, and by which article; and that he may do nothing himself', async () => {
    const { page, context } = await desk.open('/audit/refusals', auditor);
    await page.getByText(/复查须由他人进行.*食品生产经营监督检查管理办法第33条/).waitFor();
    await noSeriousAxe(page);
    await page.goto(`/cases/${correction}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('list', { name: /办理阶段/ }).waitFor();
    expect(await page.getByRole('button', { name: '复查', exact: true }).count()).toBe(0);
    await context.close();
  });

  test('sees what was read of people’s words, and who was turned away from where', async () => {
    const cadre = one(await holdersOf(desk, 'cadre'));
    const stranger = await desk.open('/audit', cadre);
    await stranger.page.getByText('这个岗位不能打开「审计」').waitFor();
    expect((await stranger.page.request.get('/api/journal')).status()).toBe(403);
    await stranger.context.close();

    const { page, context } = await desk.open('/audit/access', auditor);
    await rows(page).filter({ hasText: '被拒绝' }).filter({ hasText: '检索' }).first().waitFor();
    await page.getByLabel('结果').click();
    await page.getByTitle('读取敏感数据').click();
    await rows(page).filter({ hasText: correction }).first().waitFor();
    await expect.poll(() => rows(page).filter({ hasText: '被拒绝' }).count()).toBe(0);
    await noSeriousAxe(page);
    await context.close();
  });

  test('has everything verified, and is told of one forged entry where it is', async () => {
    const { page, context } = await desk.open('/audit/verify', auditor);
    await page.getByText('还没有做过全部核验。').waitFor();
    await page.getByRole('button', { name: '现在核验' }).click();
    await page.getByText('没有不符', { exact: true }).waitFor({ timeout: 120_000 });
    await noSeriousAxe(page);

    // Only the owner of the tables can forge, and only with the guard taken off.
    const owner = new pg.Client({ connectionString: desk.api.database.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE entries DISABLE TRIGGER USER');
    await owner.query(
      `UPDATE entries SET body = replace(body, '2026-12-04', '2026-12-14') WHERE chain = $1 AND seq = 3`,
      [correction],
    );
    await owner.query('ALTER TABLE entries ENABLE TRIGGER USER');
    await owner.end();
    await page.getByRole('button', { name: '现在核验' }).click();
    await page.getByText(/^\d+ 处不符$/).waitFor({ timeout: 120_000 });
    await page
      .getByRole('link', { name: `${correction} #3` })
      .first()
      .waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('has each of his records on a phone', async () => {
    const { page, context } = await desk.open('/audit/journal', auditor, PHONE);
    for (const name of ['流水检索', '核验', '核对点', '访问记录', '被拒的办理']) {
      await tab(page, name).click();
      await expect.poll(() => page.getByRole('status', { name: '正在读取' }).count()).toBe(0);
      await page.locator('main').getByRole('heading').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), name).toBe(0);
      await noSeriousAxe(page);
    }
    await context.close();
  });
});
