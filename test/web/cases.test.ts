import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import {
  holdersOf,
  largestRounds,
  sayAt,
  setNow,
  shanghai,
  visitAt,
  type SomeRound,
  type Who,
} from './support/cases.ts';
import { PHONE, startConsole, type Console } from './support/console.ts';

let desk: Console;
let rounds: readonly SomeRound[];
let correction: string;
let regulators: readonly Who[];
let office: Who;
let photo: string;
let folder: string;

const first = <T>(of: readonly T[], nth = 0): T => {
  const found = of[nth];
  if (found === undefined) throw new Error('the sample has too little');
  return found;
};
const pathOf = (caseId: string): string => `/cases/${caseId}`;
const shot = async (page: Page, name: string): Promise<void> => {
  const to = process.env['CASE_PICTURES'];
  if (to !== undefined) await page.screenshot({ path: path.join(to, `${name}.png`), fullPage: true });
};

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  rounds = await largestRounds(desk);
  const round = first(rounds);
  correction = await visitAt(desk, shanghai('2026-11-24T14:00'), round, { findings: 1 });
  regulators = await holdersOf(desk, 'regulator', round.town);
  office = first(await holdersOf(desk, 'district-office'));
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-photo-'));
  photo = path.join(folder, '整改后.jpg');
  await writeFile(
    photo,
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('a photograph of a fridge')]),
  );
}, 300_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await desk.stop();
});

const stages = (page: Page) => page.getByRole('list', { name: /办理阶段/ });
const acts = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: '我现在可以' }) });
const drawer = (page: Page) => page.getByRole('dialog');

/** Chooses a day by typing it. */
async function pickDay(page: Page, label: string, day: string): Promise<void> {
  await drawer(page).getByLabel(label, { exact: true }).fill(day);
  await page.keyboard.press('Enter');
}

describe('the life of a correction, on its page', () => {
  test('is claimed, ordered and reported done by one, with the article that keeps him from re-checking', async () => {
    setNow(desk, '2026-11-24T16:00');
    const { page, context } = await desk.open(pathOf(correction), first(regulators));
    await acts(page).getByRole('button', { name: '认领' }).click();
    await drawer(page).getByRole('button', { name: '认领' }).click();
    await page.getByText('已认领，记为第 2 条。').waitFor();
    await stages(page).locator('[aria-current]', { hasText: '已认领' }).waitFor();

    setNow(desk, '2026-11-25T09:00');
    await acts(page).getByRole('button', { name: '责令改正' }).click();
    await drawer(page).getByRole('button', { name: '责令改正' }).click();
    await drawer(page).getByText('还有 2 处没有填好').waitFor();
    await pickDay(page, '期限', '2026-11-20');
    await drawer(page).getByLabel('整改要求').fill('三日内更换温控并每日记录');
    await drawer(page).getByRole('button', { name: '责令改正' }).click();
    // Refused with the article; what was typed is still there.
    await drawer(page)
      .getByText(/期限 2026-11-20 已过.*食品生产经营监督检查管理办法第33条/)
      .waitFor();
    expect(await drawer(page).getByLabel('整改要求').inputValue()).toBe('三日内更换温控并每日记录');
    await noSeriousAxe(page);
    await shot(page, 'act');
    await pickDay(page, '期限', '2026-12-04');
    await drawer(page).getByRole('button', { name: '责令改正' }).click();
    await page.getByText('已责令改正，记为第 3 条。').waitFor();
    await page.getByRole('button', { name: /^整改期限/ }).waitFor();
    // What fires if nothing is done, in its order; the last days of the limit among it.
    const ahead = page.locator('section', { has: page.getByRole('heading', { name: '到时仍未办' }) });
    await ahead
      .getByText(/末日前 \d+ 个工作日|期限过 \d+%/)
      .first()
      .waitFor();
    await ahead
      .getByText(/超期 \d+ 个工作日/)
      .first()
      .waitFor();

    setNow(desk, '2026-11-27T10:30');
    await acts(page).getByRole('button', { name: '报告整改完成' }).click();
    await drawer(page).locator('input[type=file]').setInputFiles(photo);
    await drawer(page).getByText('整改后.jpg').waitFor();
    await drawer(page).getByRole('button', { name: '报告整改完成' }).click();
    await page.getByText('已报告整改完成，记为第 4 条。').waitFor();
    const cannot = page.locator('section', { has: page.getByRole('heading', { name: '此刻不可以' }) });
    await cannot.getByText(/复查须由他人进行.*食品生产经营监督检查管理办法第33条/).waitFor();
    await page.getByRole('row', { name: /整改佐证 1/ }).waitFor();
    await noSeriousAxe(page);
    await shot(page, 'case');
    await context.close();
  });

  test('is struck off by another, and its record holds', async () => {
    setNow(desk, '2026-11-30T15:00');
    const { page, context } = await desk.open(pathOf(correction), first(regulators, 1));
    await acts(page).getByRole('button', { name: '复查' }).click();
    await drawer(page).getByText('是', { exact: true }).click();
    await drawer(page).getByLabel('理由').fill('温度合格');
    await drawer(page).locator('input[type=file]').setInputFiles(photo);
    await drawer(page).getByText('整改后.jpg').waitFor();
    await drawer(page).getByRole('button', { name: '复查' }).click();
    await page.getByText('已复查，记为第 5 条。').waitFor();
    await stages(page).locator('[aria-current]', { hasText: '按期销号' }).waitFor();
    await page.getByRole('button', { name: '核验记录' }).click();
    const verified = page.locator('section', { has: page.getByRole('heading', { name: '核验记录' }) });
    await verified.getByText('5 条，').waitFor();
    expect(await verified.locator('dd').allTextContents()).toEqual([
      expect.stringMatching(/^是/),
      expect.stringMatching(/^是/),
      expect.stringMatching(/^是/),
    ]);
    await context.close();
  });

  test('shows what it was at any moment: stage, clocks and papers of then, and no act', async () => {
    setNow(desk, '2026-11-30T16:00');
    const { page, context } = await desk.open(pathOf(correction), office);
    const slider = page.getByRole('slider', { name: '移动到某一时刻' });
    await slider.focus();
    // Twice before the page followed.
    await slider.evaluate((at) => {
      for (let press = 0; press < 2; press += 1)
        at.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    });
    await page.waitForURL(/seq=4/);
    await page.getByText(/您正在看 11月27日 周五 10:30 的案件，只读/).waitFor();
    await stages(page).locator('[aria-current]', { hasText: '待复查' }).waitFor();
    expect(await page.getByRole('heading', { name: '我现在可以' }).count()).toBe(0);
    expect(await slider.getAttribute('aria-valuetext')).toBe('11月27日 周五 10:30');
    await page.getByText('此后 1 条在该时刻尚未发生，未显示').waitFor();
    await noSeriousAxe(page);
    await shot(page, 'past');

    await page.getByRole('button', { name: '前一条' }).click();
    await page.waitForURL(/seq=3/);
    const then = page.getByRole('region', { name: '那一刻的案件' });
    await then
      .getByText('整改期限：剩 7 个工作日')
      .or(then.getByText(/整改期限：剩 \d+ 天/))
      .first()
      .waitFor();
    await page.getByText('那一刻还没有文书。').waitFor();
    expect(await page.getByText('尚未开始').count()).toBeGreaterThan(0);

    // The address is the moment: opened again, it is the same one.
    await page.reload();
    await page.getByText(/您正在看 11月25日 周三 09:00 的案件，只读/).waitFor();
    await page.getByRole('button', { name: '回到此刻' }).click();
    await page.getByText('此刻 11月30日 周一 16:00').waitFor();
    expect(new URL(page.url()).search).toBe('');

    // Dragged with the pointer beyond the beginning, it stands at the beginning.
    const chart = page.getByRole('img', { name: /各时钟的起止/ });
    const box = await chart.boundingBox();
    if (box === null) throw new Error('no chart');
    await page.mouse.move(box.x + box.width * 0.9, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.02, box.y + 60, { steps: 8 });
    await page.mouse.up();
    await page.waitForURL(/at=/);
    await page.getByText(/^您正在看/).waitFor();
    await stages(page).locator('[aria-current]', { hasText: '待认领' }).waitFor();
    await context.close();
  });

  test('refuses an act on a case that changed since it was read, naming what changed', async () => {
    setNow(desk, '2026-11-24T15:00');
    const other = await visitAt(desk, shanghai('2026-11-24T14:30'), first(rounds, 1), { findings: 1 });
    const [one, two] = await holdersOf(desk, 'regulator', first(rounds, 1).town);
    if (one === undefined || two === undefined) throw new Error('two regulators are needed');
    const { page, context } = await desk.open(pathOf(other), one);
    await acts(page).getByRole('button', { name: '认领' }).click();
    await drawer(page).getByText('认领这个问题').waitFor();
    await sayAt(desk.api.cases, shanghai('2026-11-24T15:01'), two, other, { type: 'claim' });
    await drawer(page).getByRole('button', { name: '认领' }).click();
    await drawer(page)
      .getByText(/这个案件已有变化：认领/)
      .waitFor();
    await drawer(page).getByRole('button', { name: '看最新的情况' }).click();
    await stages(page).getByText('已认领').waitFor();
    await context.close();
  });

  test('leads a cadre from the round to the page on which visits are recorded', async () => {
    const round = first(rounds, 1);
    const { page, context } = await desk.open(pathOf(round.caseId), round.cadre, PHONE);
    await acts(page).getByRole('button', { name: '记录走访' }).click();
    await page.waitForURL(/\/rounds\//);
    await page.getByRole('list', { name: '未走访' }).waitFor();
    await context.close();
  });

  test('says the same to whom it is out of reach as where there is no such case', async () => {
    const elsewhere = (await holdersOf(desk, 'regulator')).find(({ unit }) => unit !== first(rounds).town);
    if (elsewhere === undefined) throw new Error('one town only');
    for (const caseId of [correction, 'correction/2026-Q4/nobody/f-1']) {
      const { page, context } = await desk.open(pathOf(caseId), elsewhere);
      await page.getByRole('heading', { level: 1, name: '没有这个案件' }).waitFor();
      await noSeriousAxe(page);
      await context.close();
    }
  });
});

describe('the list', () => {
  test('is narrowed by chips and words, keeps it in the address, and saves it under a name', async () => {
    setNow(desk, '2026-11-30T16:00');
    const { page, context } = await desk.open('/cases', office);
    await page.getByRole('button', { name: /^督导轮次/ }).click();
    await page.waitForURL(/kind=round/);
    await page
      .getByRole('link', { name: /走访并记录/ })
      .first()
      .waitFor();
    await page.getByRole('searchbox', { name: '编号或主体名称' }).fill(first(rounds).cadre.post);
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await expect.poll(() => page.locator('[data-row]').count()).toBe(1);
    await noSeriousAxe(page);
    await shot(page, 'list');
    await page.getByRole('button', { name: '保存为视图' }).click();
    await page.getByRole('textbox', { name: '视图名称' }).fill('我盯的一轮');
    await page.getByRole('button', { name: '保存视图' }).click();
    await page.getByRole('button', { name: '删去「我盯的一轮」' }).waitFor();
    const file = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出表格' }).click();
    expect((await file).suggestedFilename()).toBe('案件.xlsx');

    await page.goto('/cases?closed=true&kind=cycle');
    await page.getByText(/没有符合条件的案件（已了结，督导周期）/).waitFor();
    await page.getByRole('button', { name: '再显示' }).waitFor({ state: 'detached' });
    await noSeriousAxe(page);
    await context.close();
  });

  test('shows fifty and then more, goes by j and k, and opens by Enter', async () => {
    const { page, context } = await desk.open('/cases?closed=any', office);
    await page.locator('[data-row]').first().waitFor();
    expect(await page.locator('[data-row]').count()).toBe(50);
    await page.getByRole('button', { name: '再显示 50 件' }).click();
    await expect.poll(() => page.locator('[data-row]').count()).toBeGreaterThan(50);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await page.locator('[data-row]').nth(1).getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === second);
    await context.close();
  });

  test('is printed whole: what was not read yet is read first', async () => {
    const { page, context } = await desk.open('/account', office);
    await page.addInitScript(
      "window.print = () => { document.title = 'printed ' + document.querySelectorAll('[data-row], li[data-seq]').length }",
    );
    await page.goto('/cases?closed=any');
    await page.locator('[data-row]').first().waitFor();
    await page.getByRole('button', { name: '打印' }).click();
    await page.waitForFunction(() => document.title.startsWith('printed'));
    const { rows } = await desk.api.database.pool.query('SELECT 1 FROM cases');
    expect(await page.title()).toBe(`printed ${String(rows.length)}`);
    await page.goto(pathOf(correction));
    await page.getByRole('button', { name: '打印案卷' }).click();
    await page.waitForFunction(() => document.title.startsWith('printed'));
    expect(await page.title()).toBe('printed 5');
    await context.close();
  });

  test('says what failed and offers to try again', async () => {
    const { page, context } = await desk.open('/account', office);
    await page.route('**/api/cases?*', (route) => route.abort());
    await page.getByRole('link', { name: '案件', exact: true }).click();
    await page.getByText('连不上服务器，请检查网络后重试。').waitFor({ timeout: 20_000 });
    await noSeriousAxe(page);
    await page.unroute('**/api/cases?*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('[data-row]').first().waitFor();
    await context.close();
  });
});

describe('the search box', () => {
  test('finds by number, by name and by what people wrote, from anywhere by a key', async () => {
    setNow(desk, '2026-11-30T16:00');
    const { page, context } = await desk.open('/cases', office);
    await page.locator('[data-row]').first().waitFor();
    await page.keyboard.press('/');
    const box = page.getByRole('combobox', { name: '查找' });
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await box.fill(correction.slice(correction.indexOf('/') + 1));
    await page
      .getByRole('option', { name: /问题整改/ })
      .first()
      .waitFor();
    await noSeriousAxe(page);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === pathOf(correction));

    await page.keyboard.press('/');
    await box.fill('冷藏柜温度');
    await page.getByRole('option', { name: '在办理文字中查找「冷藏柜温度」' }).click();
    await page
      .getByRole('option', { name: /冷藏柜温度过高/ })
      .first()
      .waitFor();
    await shot(page, 'search');
    await page.keyboard.press('Escape');
    await context.close();
  });
});

describe('much of everything', () => {
  test('a round with 200 findings and a subject with a very long name stay readable', async () => {
    setNow(desk, '2026-11-30T16:00');
    const round = first(rounds, 2);
    await desk.api.database.pool.query('UPDATE subjects SET name = $2 WHERE id = $1', [
      round.subjects[0],
      '杭州市西湖区'.concat('名称特别长的示例食品连锁经营有限责任公司'.repeat(4)),
    ]);
    const one = await visitAt(desk, shanghai('2026-11-26T10:00'), round, { findings: 200 });
    for (const screen of [undefined, PHONE]) {
      const { page, context } = await desk.open(pathOf(round.caseId), office, screen);
      await page.getByText('201 件').waitFor();
      await page.getByRole('heading', { name: '关联' }).waitFor();
      const { scroll, inner } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        inner: window.innerWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(inner);
      await noSeriousAxe(page);
      await shot(page, screen === undefined ? 'findings' : 'findings-phone');
      await page.goto(pathOf(one));
      await page.getByRole('heading', { level: 1, name: /名称特别长/ }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(inner);
      await shot(page, screen === undefined ? 'long-name' : 'long-name-phone');
      await context.close();
    }
  });

  test('a case of 2,000 entries opens, moves and lists its course a page at a time', async () => {
    const round = first(rounds, 3);
    const start = shanghai('2026-11-25T09:00');
    for (let nth = 0; nth < 1_999; nth += 1) {
      const command = { type: nth % 2 === 0 ? 'watch' : 'unwatch', reason: '逐日看护' };
      await sayAt(desk.api.cases, start + nth * 240_000, office, round.caseId, command);
    }
    setNow(desk, '2026-12-01T09:00');
    const { page, context } = await desk.open(pathOf(round.caseId), office);
    await page.getByText('2000 条', { exact: true }).first().waitFor();
    const entries = page.locator('li[data-seq]');
    await expect.poll(() => entries.count()).toBe(50);
    await page.getByRole('button', { name: '再显示更早的 50 条' }).click();
    await expect.poll(() => entries.count()).toBe(100);
    await page.goto(`${pathOf(round.caseId)}?seq=1000`);
    await page.getByText('截至该时刻 1000 条，共 2000 条').waitFor();
    await page.getByRole('region', { name: '那一刻的案件' }).waitFor();
    await page.getByRole('button', { name: '前一条' }).click();
    await page.getByText('截至该时刻 999 条，共 2000 条').waitFor();
    await noSeriousAxe(page);
    await shot(page, 'long-case');
    const phone = await desk.open(pathOf(round.caseId), office, PHONE);
    await phone.page.getByText('2000 条', { exact: true }).first().waitFor();
    await shot(phone.page, 'long-case-phone');
    await phone.context.close();
    await context.close();
  }, 300_000);
});
