import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSeriousAxe } from './support/axe.ts';
import { DESKTOP, PHONE, startConsole, type Console } from './support/console.ts';
import { largestRounds, sayAt, shanghai, type SomeRound } from './support/cases.ts';

let desk: Console;
let round: SomeRound;
let photo: string;
let folder: string;
let names: ReadonlyMap<string, string>;

/** The smallest picture there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const NOW = shanghai('2026-11-24T10:20');

beforeAll(async () => {
  desk = await startConsole({ scale: 0.02 });
  const [largest] = await largestRounds(desk);
  if (largest === undefined) throw new Error('no round');
  round = largest;
  const { rows } = await desk.api.database.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM subjects WHERE id = ANY($1)',
    [round.subjects],
  );
  names = new Map(rows.map(({ id, name }) => [id, name]));
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-photo-'));
  photo = path.join(folder, 'door.png');
  await writeFile(photo, PNG);
  // Taken a moment ago, by the clock the tests play at.
  await utimes(photo, NOW / 1_000 - 60, NOW / 1_000 - 60);
}, 180_000);
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true, force: true });
});

const key = () => round.caseId.slice('round/'.length);
const home = () => `/rounds/${encodeURIComponent(key())}`;
const visitAddress = (subject: string) => `${home()}/visit/${encodeURIComponent(subject)}`;
const subjectAt = (nth: number): string => {
  const subject = round.subjects[nth];
  if (subject === undefined) throw new Error(`the round has no subject ${String(nth)}`);
  return subject;
};

/** The cadre's phone, at the moment the tests play. */
async function phone(where: string, screen = PHONE): Promise<{ page: Page; context: BrowserContext }> {
  const opened = await desk.open('/account', round.cadre, screen);
  await opened.page.clock.setFixedTime(NOW);
  await opened.page.goto(where);
  return opened;
}

/** Answers every item; `no` is the nth that gets 否 and a finding. */
async function fill(page: Page, { no, withPhoto = true }: { no?: number; withPhoto?: boolean } = {}): Promise<void> {
  const groups = page.locator('[id^="item-"]');
  await groups.first().waitFor();
  const count = await groups.count();
  for (let nth = 0; nth < count; nth += 1) {
    const answer = nth === no ? '否' : nth === count - 1 ? '不涉及' : '是';
    await groups.nth(nth).getByRole('radio', { name: answer, exact: true }).check();
  }
  if (no !== undefined) await page.getByLabel('问题 1', { exact: true }).fill('留样冰箱无当日温度记录');
  if (withPhoto) {
    await page.getByLabel('拍现场照片').setInputFiles(photo);
    await page.locator('img[alt*="拍的照片"]').first().waitFor();
  }
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: '请经营者确认' }).click();
  await page.getByRole('button', { name: '经营者已确认，送出' }).click();
  await page.getByRole('heading', { name: '今日走访' }).waitFor();
}

/** How often the subject was recorded in the journal. */
async function recorded(subject: string): Promise<number> {
  const { rows } = await desk.api.database.pool.query<{ body: string }>(
    "SELECT body FROM entries WHERE chain = $1 AND said = 'record-visit'",
    [round.caseId],
  );
  return rows.filter(({ body }) => body.includes(`"${subject}"`)).length;
}

const allSent = (page: Page) => page.getByText('已全部送达。').waitFor();

async function fits(page: Page): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBe(0);
}

/** Everything that is pressed is as large as a thumb. */
async function touchable(page: Page): Promise<void> {
  const small =
    await page.evaluate(`[...document.querySelectorAll('main button, main label, nav[aria-label="底部导航"] a, nav[aria-label="底部导航"] button')]
    .filter((one) => one.offsetParent !== null && (one.tagName !== 'LABEL' || one.querySelector('input[type=radio],input[type=checkbox],input[type=file]')))
    .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().height), Math.round(one.getBoundingClientRect().width)])
    .filter(([, height, width]) => height < 44 || width < 44)`);
  expect(small).toEqual([]);
}

describe('with a connection', () => {
  test('a visit with a finding and a photograph is recorded, and the finding handed on', async () => {
    const subject = subjectAt(0);
    const { page, context } = await phone('/rounds');
    await page.waitForURL(`**${home()}`);
    await page.getByRole('list', { name: '未走访' }).getByRole('listitem').first().waitFor();
    await noSeriousAxe(page);
    await touchable(page);
    await page.goto(visitAddress(subject));
    await page.getByRole('button', { name: '请经营者确认' }).click();
    await page.getByText('现场走访须至少拍一张照片').waitFor();
    await fill(page, { no: 2 });
    await page.getByText('已存本机').waitFor();
    await noSeriousAxe(page);
    await touchable(page);
    // What was typed is on the phone, whatever happens to the page.
    await page.reload();
    expect(await page.getByLabel('问题 1', { exact: true }).inputValue()).toBe('留样冰箱无当日温度记录');
    await page.getByRole('button', { name: '请经营者确认' }).click();
    await page.getByRole('heading', { name: '请经营者看过' }).waitFor();
    await noSeriousAxe(page);
    await touchable(page);
    await page.getByRole('button', { name: '经营者已确认，送出' }).click();
    await allSent(page);
    await page.getByRole('link', { name: '送出记录' }).click();
    await page.getByRole('link', { name: /^回执 [0-9a-f]{4}$/ }).waitFor();
    await noSeriousAxe(page);

    expect(await recorded(subject)).toBe(1);
    const { rows } = await desk.api.database.pool.query<{ id: string }>(
      "SELECT id FROM cases WHERE kind = 'correction' AND subject_id = $1",
      [subject],
    );
    expect(rows).toHaveLength(1);
    const files = await desk.api.database.pool.query('SELECT media_type FROM evidence WHERE uploaded_by = $1', [
      round.cadre.person,
    ]);
    expect(files.rows).toEqual([{ media_type: 'image/jpeg' }]);
    await context.close();
  });

  test('fits 320 px, and stands in a column on a wide screen', async () => {
    for (const screen of [{ ...PHONE, viewport: { width: 320, height: 640 } }, DESKTOP]) {
      const { page, context } = await phone(home(), screen);
      await page.getByRole('list', { name: '未走访' }).getByRole('listitem').first().waitFor();
      await fits(page);
      await page.goto(visitAddress(subjectAt(1)));
      await page.getByRole('button', { name: '请经营者确认' }).waitFor();
      await page.locator('[id^="item-"]').first().getByRole('radio', { name: '否' }).check();
      await fits(page);
      await noSeriousAxe(page);
      await context.close();
    }
  });
});

const online = async (context: BrowserContext, page: Page) => {
  await context.setOffline(false);
  await page.evaluate('window.dispatchEvent(new Event("online"))');
};

/** The pages are on the phone: the worker has taken them in. */
async function packedUp(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const cache = await caches.open('zhaodan-rounds');
    const kept = await cache.keys();
    return (
      kept.some(({ url }) => url.endsWith('/rounds')) && kept.filter(({ url }) => url.includes('/assets/')).length > 3
    );
  });
}

/** Records a visit from the list on, as a person would. */
async function record(page: Page, subject: string): Promise<void> {
  await page.getByRole('link', { name: `${names.get(subject) ?? ''} 开始走访` }).click();
  await fill(page);
  await confirm(page);
}

describe('without a connection', () => {
  test('two visits survive a reload and are each sent once', async () => {
    const [one, two] = [subjectAt(1), subjectAt(2)];
    const { page, context } = await phone(home());
    await page.getByRole('list', { name: '未走访' }).getByRole('listitem').first().waitFor();
    await packedUp(page);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('离线。可照常记录', { exact: false }).waitFor();
    await record(page, one);
    await record(page, two);
    await page.getByText('离线。2 份走访、2 张照片存在本机', { exact: false }).waitFor();
    await noSeriousAxe(page);
    await page.reload();
    await page.getByRole('link', { name: '送出记录' }).click();
    await expect.poll(() => page.getByText('等待联网').count()).toBe(2);
    await noSeriousAxe(page);
    expect(await recorded(one)).toBe(0);

    await online(context, page);
    await allSent(page);
    expect(await page.getByRole('link', { name: /^回执/ }).count()).toBe(2);
    expect([await recorded(one), await recorded(two)]).toEqual([1, 1]);
    await page.reload();
    await allSent(page);
    expect([await recorded(one), await recorded(two)]).toEqual([1, 1]);
    await context.close();
  });

  test('a visit whose answer was lost is asked about by its number, not recorded twice', async () => {
    const subject = subjectAt(3);
    const { page, context } = await phone(home());
    const numbers: (string | undefined)[] = [];
    await page.route('**/visits', async (route) => {
      numbers.push(route.request().headers()['idempotency-key']);
      const headers = { ...(await route.request().allHeaders()), 'sec-fetch-site': 'same-origin' };
      const answer = await route.fetch({ headers });
      if (numbers.length === 1) await route.abort();
      else await route.fulfill({ response: answer });
    });
    await record(page, subject);
    await page.getByText('没有收到答复。', { exact: false }).waitFor();
    expect(await recorded(subject)).toBe(1);
    await allSent(page);
    expect(numbers).toHaveLength(2);
    expect(new Set(numbers).size).toBe(1);
    expect(await recorded(subject)).toBe(1);
    await context.close();
  });

  test('two tabs never send the same visit twice', async () => {
    const subject = subjectAt(4);
    const { page, context } = await phone(home());
    await page.getByRole('list', { name: '未走访' }).waitFor();
    const other = await context.newPage();
    await other.goto('/rounds/queue');
    await other.getByRole('heading', { name: '送出记录' }).waitFor();
    await context.setOffline(true);
    await record(page, subject);
    await other.getByText('等待联网').waitFor();
    let sent = 0;
    context.on('request', (request) => {
      if (request.url().endsWith('/visits')) sent += 1;
    });
    await context.setOffline(false);
    await Promise.all([page, other].map((tab) => tab.evaluate('window.dispatchEvent(new Event("online"))')));
    await allSent(page);
    await allSent(other);
    expect(sent).toBe(1);
    expect(await recorded(subject)).toBe(1);
    await context.close();
  });
});

describe('what the office does not take', () => {
  test('is explained with both versions, and nothing is lost', async () => {
    const subject = subjectAt(5);
    const { page, context } = await phone(home());
    await page.getByRole('list', { name: '未走访' }).waitFor();
    await context.setOffline(true);
    await record(page, subject);
    const office = await desk.holderOf('district-office');
    const { rows } = await desk.api.database.pool.query<{ id: string }>(
      "SELECT p.id FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL WHERE p.role = 'cadre' AND p.id <> $1 ORDER BY p.id LIMIT 1",
      [round.cadre.post],
    );
    const command = { type: 'hand-over', toPost: rows[0]?.id ?? '', subjects: [subject], reason: '分工调整' };
    await sayAt(desk.api.cases, NOW, { ...office, role: 'district-office' }, round.caseId, command);
    await online(context, page);
    await page.getByText('1 份要您决定。').waitFor();
    await page.getByRole('link', { name: '送出记录' }).click();
    const mine = page.getByRole('region', { name: '要您决定' });
    await mine.getByRole('heading', { name: '这户在您走访后、送出前已移交' }).waitFor();
    await mine.getByText(/11月24日 周二 10:20 移交/).waitFor();
    await noSeriousAxe(page);
    await touchable(page);
    await mine.getByRole('button', { name: '不送出，留在本机' }).click();
    await page
      .getByRole('region', { name: '留在本机' })
      .getByText(names.get(subject) ?? '')
      .waitFor();
    expect(await recorded(subject)).toBe(0);
    await context.close();
  });

  test('may become an amendment where the subject was visited meanwhile', async () => {
    const subject = subjectAt(6);
    const { page, context } = await phone(home());
    await page.getByRole('list', { name: '未走访' }).waitFor();
    await context.setOffline(true);
    await record(page, subject);
    // Another phone of the same cadre.
    const { page: second, context: elsewhere } = await phone(home());
    await record(second, subject);
    await allSent(second);
    await elsewhere.close();

    await online(context, page);
    await page.getByText('1 份要您决定。').waitFor();
    await page.getByRole('link', { name: '送出记录' }).click();
    await page.getByRole('heading', { name: '这户已有人登记走访' }).waitFor();
    await page.getByRole('button', { name: '作为补正送出' }).click();
    await page.getByText('请写明补正的理由。').waitFor();
    await page.getByLabel('补正的理由').fill('两台手机各记了一次');
    await page.getByRole('button', { name: '作为补正送出' }).click();
    await allSent(page);
    expect(await recorded(subject)).toBe(1);
    const { rows } = await desk.api.database.pool.query(
      "SELECT 1 FROM entries WHERE chain = $1 AND said = 'amend-visit'",
      [round.caseId],
    );
    expect(rows).toHaveLength(1);
    await context.close();
  });
});

describe('a session', () => {
  test('that ended is renewed, and the queue goes on', async () => {
    const subject = subjectAt(7);
    const { page, context } = await phone(home());
    await page.getByRole('list', { name: '未走访' }).waitFor();
    await context.setOffline(true);
    await record(page, subject);
    const cookies = await context.cookies();
    await context.clearCookies();
    await online(context, page);
    await page.getByText('登录已失效。1 份走访', { exact: false }).waitFor();
    await noSeriousAxe(page);
    expect(await recorded(subject)).toBe(0);
    await context.addCookies(cookies);
    await page.getByRole('button', { name: '我已登录' }).click();
    await allSent(page);
    expect(await recorded(subject)).toBe(1);
    await context.close();
  });

  test('is not left without a word about what was not sent', async () => {
    const subject = subjectAt(8);
    const { page, context } = await phone(visitAddress(subject));
    await page.getByLabel('说明（可不填）').fill('下午再来');
    await page.getByText('已存本机').waitFor();
    await page.goto('/account');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByText('这台手机上还有没送出的走访').waitFor();
    await noSeriousAxe(page);
    await context.close();
  });
});
