import path from 'node:path';
import type { Page, Route } from 'playwright-core';
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

const FINDINGS = 8;

let desk: Console;
let round: SomeRound;
/** Two officers of the town in which the findings were made. */
let officer: Who;
let other: Who;
/** The findings: the first is claimed by the officer. */
let cases: readonly string[];

const at = <T>(of: readonly T[], nth: number): T => {
  const found = of[nth];
  if (found === undefined) throw new Error('the sample has too little');
  return found;
};
const shot = async (page: Page, name: string): Promise<void> => {
  const to = process.env['CASE_PICTURES'];
  if (to !== undefined) await page.screenshot({ path: path.join(to, `todo-${name}.png`) });
};
const row = (page: Page, caseId: string) => page.locator('li', { has: page.locator(`a[href="/cases/${caseId}"]`) });
const waiting = (page: Page) => page.getByRole('region', { name: '待我办' });
const entriesOf = async (caseId: string): Promise<number> => {
  const { rows } = await desk.api.database.pool.query('SELECT 1 FROM entries WHERE chain = $1', [caseId]);
  return rows.length;
};

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  round = at(await largestRounds(desk), 0);
  const first = await visitAt(desk, shanghai('2026-11-24T14:00'), round, { findings: FINDINGS });
  cases = Array.from({ length: FINDINGS }, (_, nth) => first.replace(/1$/, String(nth + 1)));
  const officers = await holdersOf(desk, 'regulator', round.town);
  officer = at(officers, 0);
  other = at(await holdersOf(desk, 'regulator-head', round.town), 0);
  await sayAt(desk.api.cases, shanghai('2026-11-25T09:00'), officer, at(cases, 0), { type: 'claim' });
  setNow(desk, '2026-11-25T10:20');
}, 300_000);
afterAll(() => desk.stop());

describe('an officer’s list', () => {
  test('says the act, the matter and until when; why opens in the row, and the address keeps it', async () => {
    const { page, context } = await desk.open('/todo', officer);
    const second = row(page, at(cases, 1));
    await second.getByText('签收问题').waitFor();
    await second.getByText(/^问题整改 correction.+待认领 · 一般问题：/).waitFor();
    await second.getByText('剩 1 个工作日').waitFor();
    await second.getByRole('button', { name: /11月26日 周四 · 为何/ }).click();
    await second.getByRole('heading', { name: '为什么是 11月26日 周四 24:00' }).waitFor();
    await second.getByText(/规则 BB-06b/).waitFor();
    await noSeriousAxe(page);
    await shot(page, 'why');
    await page.reload();
    await row(page, at(cases, 1))
      .getByRole('heading', { name: /^为什么是/ })
      .waitFor();
    await context.close();
  });

  test('by keyboard: down, why, choose; switched off it does nothing', async () => {
    const { page, context } = await desk.open('/todo', officer);
    await row(page, at(cases, 1)).waitFor();
    await page.keyboard.press('j');
    const focused = page.locator('[data-row]:focus');
    await focused.waitFor();
    const first = await focused.getAttribute('href');
    await page.keyboard.press('x');
    await page.getByText('已选 1 件').waitFor();
    await page.keyboard.press('w');
    await page.getByRole('heading', { name: /^为什么是/ }).waitFor();
    await page.keyboard.press('j');
    expect(await focused.getAttribute('href')).not.toBe(first);
    await page.getByRole('button', { name: '关闭快捷键' }).click();
    const before = await page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(before);
    await context.close();
  });

  test('a day of the strip narrows it; the arrow keys move along the days', async () => {
    const { page, context } = await desk.open('/todo', officer);
    const strip = page.getByRole('group', { name: '今后两周到期' });
    const { strip: days } = (await (await page.request.get('/api/todo')).json()) as {
      strip: { on: string; urgency: string | null }[];
    };
    // Three working days ahead, over the weekend.
    expect(days.filter(({ urgency }) => urgency === 'blue').map(({ on }) => on.slice(-2))).toEqual([
      '26',
      '27',
      '28',
      '29',
      '30',
    ]);
    await strip.getByRole('button', { name: /今日.*25/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('only=2026-11-26');
    await row(page, at(cases, 1)).waitFor();
    await strip.getByRole('button', { name: /周六.*11月\s*28/ }).click();
    await waiting(page).getByText('11月28日 周六 没有到期的事。').waitFor();
    await waiting(page).getByRole('button', { name: '看全部待办' }).click();
    await row(page, at(cases, 1)).waitFor();
    await context.close();
  });
});

describe('an act in place', () => {
  const order = (page: Page) => row(page, at(cases, 0)).locator('form');
  const send = (page: Page) => order(page).getByRole('button', { name: '责令改正', exact: true });

  test('says under the field and above what is missing, and refuses with the article, keeping what was typed', async () => {
    const { page, context } = await desk.open('/todo', officer);
    await row(page, at(cases, 0)).getByRole('button', { name: '责令改正', exact: true }).click();
    await send(page).click();
    await order(page).getByText('还有 2 处没有填好').waitFor();
    await order(page).getByText('请填写整改要求').waitFor();
    await order(page).getByRole('link', { name: '整改要求' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-requirement');
    await page.keyboard.type('三日内更换温控');
    await order(page).getByLabel('期限', { exact: true }).fill('2026-11-20');
    await page.keyboard.press('Enter');
    await send(page).click();
    await order(page)
      .getByText(/期限 2026-11-20 已过.*食品生产经营监督检查管理办法第33条/)
      .waitFor();
    await order(page).getByText('没有办理，您填写的内容还在。').waitFor();
    expect(await order(page).getByLabel('整改要求').inputValue()).toBe('三日内更换温控');
    await noSeriousAxe(page);
    await shot(page, 'refused');
    await context.close();
  });

  test('whose answer was lost is asked about by its number and not done twice', async () => {
    const { page, context } = await desk.open('/todo', officer);
    const id = at(cases, 2);
    const sent: string[] = [];
    // It arrives, and its answer is lost on the way back.
    await page.route('**/api/cases/**/commands*', async (route: Route) => {
      sent.push((await route.request().headerValue('idempotency-key')) ?? '');
      const headers = { ...(await route.request().allHeaders()), 'sec-fetch-site': 'same-origin' };
      const arrived = await route.fetch({ headers });
      expect(arrived.status()).toBe(200);
      await route.abort('connectionreset');
    });
    await row(page, id).getByRole('button', { name: '认领' }).click();
    await row(page, id).locator('form').getByRole('button', { name: '认领' }).click();
    // Asked by its number, it turns out to be done: the row now waits for the next act.
    await row(page, id).getByRole('button', { name: '责令改正', exact: true }).waitFor({ timeout: 15_000 });
    expect(sent).toHaveLength(1);
    expect(await entriesOf(id)).toBe(2);
    await context.close();
  });

  test('that did not arrive is sent again under the same number', async () => {
    const { page, context } = await desk.open('/todo', officer);
    const id = at(cases, 3);
    const sent: string[] = [];
    await page.route('**/api/cases/**/commands*', async (route: Route) => {
      sent.push((await route.request().headerValue('idempotency-key')) ?? '');
      if (sent.length === 1) await route.abort('connectionreset');
      else await route.continue();
    });
    await row(page, id).getByRole('button', { name: '认领' }).click();
    const form = row(page, id).locator('form');
    await form.getByRole('button', { name: '认领' }).click();
    await form.getByText('已查问：刚才那一次没有送到。').waitFor();
    await noSeriousAxe(page);
    await shot(page, 'lost');
    await form.getByRole('button', { name: '认领' }).click();
    await row(page, id).getByRole('button', { name: '责令改正', exact: true }).waitFor({ timeout: 15_000 });
    expect(sent[1]).toBe(sent[0]);
    expect(await entriesOf(id)).toBe(2);
    await context.close();
  });

  test('on a case that changed meanwhile says so before anything is done', async () => {
    const { page, context } = await desk.open('/todo', other);
    const id = at(cases, 4);
    await row(page, id).getByRole('button', { name: '认领' }).click();
    const form = row(page, id).locator('form');
    await form.getByRole('button', { name: '认领' }).waitFor();
    await sayAt(desk.api.cases, shanghai('2026-11-25T10:19'), officer, id, { type: 'claim' });
    await form.getByRole('button', { name: '认领' }).click();
    await form.getByText('您填写的内容还在。').waitFor();
    expect(await entriesOf(id)).toBe(2);
    await form.getByRole('button', { name: '看最新的情况' }).click();
    await row(page, id).waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('several at once', () => {
  test('what is to be decided by itself is not done together, with the reason', async () => {
    const { page, context } = await desk.open('/todo', officer);
    for (const id of [at(cases, 0), at(cases, 5)]) await row(page, id).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: '批量办理' });
    await bar.getByText('「责令改正」须逐件办理，不能批量').waitFor();
    expect(await bar.getByRole('button', { name: '不能一并办理' }).isDisabled()).toBe(true);
    await noSeriousAxe(page);
    await context.close();
  });

  test('each is done under its own number, and the one that could not is named', async () => {
    const { page, context } = await desk.open('/todo', other);
    const chosen = [at(cases, 5), at(cases, 6), at(cases, 7)];
    for (const id of chosen) await row(page, id).getByRole('checkbox').check();
    await sayAt(desk.api.cases, shanghai('2026-11-25T10:19'), officer, at(cases, 6), { type: 'claim' });
    const bar = page.getByRole('region', { name: '批量办理' });
    await shot(page, 'batch');
    await bar.getByRole('button', { name: '认领 3 件' }).click();
    await bar.getByText('已办 2 件，未办成 1 件。').waitFor();
    await bar.getByText(/签收问题 .+：/).waitFor();
    await noSeriousAxe(page);
    for (const id of chosen) expect(await entriesOf(id)).toBe(2);
    await bar.getByRole('button', { name: '知道了' }).click();
    await bar.waitFor({ state: 'detached' });
    await context.close();
  });
});

describe('the states of the list', () => {
  test('nothing waits: one sentence, and where the finished work is', async () => {
    const towns = await holdersOf(desk, 'regulator');
    const idle = towns.find(({ unit }) => unit !== officer.unit);
    const { page, context } = await desk.open('/todo', idle ?? at(towns, 0));
    await waiting(page).getByText('没有等您办的事。').waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('the server fails: said where the list would be, with the request’s number and a way to try again', async () => {
    const { page, context } = await desk.open('/account', officer);
    let broken = true;
    await page.route('**/api/todo*', (route: Route) =>
      broken
        ? route.fulfill({
            status: 500,
            contentType: 'application/problem+json',
            body: JSON.stringify({ code: 'fault', detail: '服务器出错，已记录。', instance: 'req-7', status: 500 }),
          })
        : route.continue(),
    );
    await page.goto('/todo');
    await page.getByText('请求编号 req-7').waitFor({ timeout: 20_000 });
    await noSeriousAxe(page);
    broken = false;
    await page.getByRole('button', { name: '重试' }).click();
    await row(page, at(cases, 0)).waitFor();
    await context.close();
  });

  test('without a network the list stays readable and acting is disabled with the reason', async () => {
    const { page, context } = await desk.open('/todo', officer);
    await row(page, at(cases, 0)).waitFor();
    await context.setOffline(true);
    await page.getByText(/现在没有网络/).waitFor();
    await row(page, at(cases, 0)).getByText('没有网络，联网后才能办理。').waitFor();
    expect(await row(page, at(cases, 0)).getByRole('button', { name: '责令改正', exact: true }).isDisabled()).toBe(
      true,
    );
    await noSeriousAxe(page);
    await context.setOffline(false);
    await row(page, at(cases, 0)).getByText('没有网络，联网后才能办理。').waitFor({ state: 'detached' });
    await context.close();
  });

  test('on paper it is whole: every row of the filter, whatever the screen shows', async () => {
    const { page, context } = await desk.open('/todo', officer);
    await row(page, at(cases, 0)).waitFor();
    const paper = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          window.print = () => resolve(document.querySelector('table')?.innerHTML ?? '');
        }),
    );
    await page.getByRole('button', { name: '打印清单' }).click();
    const html = await paper;
    expect(html).toContain(at(cases, 0));
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: '待办清单', includeHidden: true }).isVisible()).toBe(true);
    expect(await waiting(page).isVisible()).toBe(false);
    await context.close();
  });
});

describe('a cadre’s list', () => {
  test('on a phone: long names end in an ellipsis, targets are large, why comes from below', async () => {
    const long = '示例·名称特别长的杭州市西湖区餐饮管理有限公司第一分公司'.repeat(3);
    const { subject } = { subject: at(round.subjects, 0) };
    await desk.api.database.pool.query('UPDATE subjects SET name = $2 WHERE id = $1', [subject, long]);
    const { page, context } = await desk.open('/todo', officer, PHONE);
    const first = row(page, at(cases, 1));
    await first.getByText('签收问题').waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const title = await first.locator('a[data-row]').getAttribute('title');
    expect(title).toContain(long);
    for (const target of [
      first.getByRole('button', { name: /为何/ }),
      first.getByRole('button', { name: '认领' }),
      first.getByRole('button', { name: /^更多/ }),
      first.locator('label'),
    ]) {
      const box = await target.boundingBox();
      expect(Math.round(box?.height ?? 0)).toBeGreaterThanOrEqual(43);
    }
    await noSeriousAxe(page);
    await shot(page, 'phone');
    await first.getByRole('button', { name: /为何/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /^为什么是 / })
      .waitFor();
    await noSeriousAxe(page);
    await context.close();
  });

  test('is done elsewhere: the row leads to the round', async () => {
    const { page, context } = await desk.open('/todo', round.cadre);
    await row(page, round.caseId)
      .getByText(/\d+ 户，待走访 \d+ 户/)
      .waitFor();
    await row(page, round.caseId).getByRole('link', { name: '去走访' }).click();
    await expect.poll(() => page.url()).toContain('/rounds/');
    await context.close();
  });
});

describe('besides what waits', () => {
  test('what I did opens the case as it was then; I say when I am away and am told why not', async () => {
    const { page, context } = await desk.open('/todo?tab=done', officer);
    const done = page.getByRole('link', { name: /^认领/ });
    await done.first().waitFor();
    await noSeriousAxe(page);
    await done.first().click();
    await expect.poll(() => page.url()).toContain('seq=2');
    await page.goto('/todo?tab=absences');
    await page.getByText('没有登记过缺席，也没有代理别人。').waitFor();
    await page.getByRole('button', { name: '登记缺席' }).click();
    await page.getByText('请选择起止日期。').waitFor();
    await page.getByText('请写明事由。').waitFor();
    await noSeriousAxe(page);
    await shot(page, 'absence');
    await page.goto('/todo?tab=copies');
    await page
      .getByText(/还没有发给您这个岗位的通知。|已读|未读|待发出/)
      .first()
      .waitFor();
    await noSeriousAxe(page);
    await context.close();
  });
});
