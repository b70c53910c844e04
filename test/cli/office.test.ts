import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadOfficeData } from '../../cases/office-data.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let zhaodan: Zhaodan;
let folder = '';
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-12T09:00' });
  zhaodan = zhaodanIn(world);
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-office-'));
  expect((await zhaodan('sample', 'load', '--scale', '0.01')).code).toBe(0);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

async function file(name: string, content: unknown): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, JSON.stringify(content));
  return place;
}

const newest = <T>(all: readonly T[]): T => {
  const last = all.at(-1);
  if (last === undefined) throw new Error('data/ is empty');
  return last;
};

describe('a calendar published from a file', () => {
  const calendar = newest(loadOfficeData().calendars);
  const body = {
    ...calendar,
    version: 'cn-2026-b',
    holidays: [...calendar.holidays, { date: '2026-10-14', name: '临时放假' }],
  };

  test('is shown first, with the dates it would move, and publishes nothing', async () => {
    const { out, code } = await zhaodan('calendar', 'publish', await file('b.json', body), '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('2026-10-14');
    expect(out).toMatch(/binding-duty\/s\d+\/1 bind:2026-10-21 → 2026-10-22/);
    expect((await zhaodan('calendar', 'list')).out).not.toContain('cn-2026-b');
  });

  test('is in force from then on; the same content again changes nothing', async () => {
    const place = await file('b.json', body);
    expect((await zhaodan('calendar', 'publish', place)).out).toMatch(/已公布放假安排 cn-2026-b.*将重新计算 [1-9]/);
    expect((await zhaodan('calendar', 'publish', place)).out).toContain('已在施行');
    expect((await zhaodan('calendar', 'list')).out).toMatch(/cn-2026-b .*p00002 +现行/);
  });

  test('is refused from anybody but the district office, and without a source', async () => {
    const place = await file('c.json', { ...body, version: 'cn-2026-c' });
    expect((await zhaodan('calendar', 'publish', place, '--as', 'p00034')).err).toContain('not-office');
    const bare = await zhaodan('calendar', 'publish', await file('d.json', { ...body, source: 'hearsay' }));
    expect(bare).toMatchObject({ code: 2, err: expect.stringContaining('来源不是网页地址') });
  });
});

describe('ladders and policy published from a file', () => {
  test('a ladder gets its next version, a policy keeps every value', async () => {
    const { ladders, policies } = loadOfficeData();
    const ladder = { ...newest(ladders), version: 'next' };
    expect((await zhaodan('ladder', 'publish', await file('l.json', ladder))).out).toContain(
      '已公布提醒与升级阶梯 next',
    );
    expect((await zhaodan('ladder', 'list')).out).toContain('next');
    const { values, ...policy } = newest(policies);
    const [first = '', ...rest] = Object.keys(values);
    const without = Object.fromEntries(rest.map((key) => [key, values[key]]));
    const refused = await zhaodan(
      'policy',
      'publish',
      await file('p.json', { ...policy, version: 'next', values: without }),
    );
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`缺少政策值 ${first}`) });
    const whole = await file('p.json', { ...policy, version: 'next', values });
    expect((await zhaodan('policy', 'publish', whole)).out).toContain('已公布区政策值 next');
  });
});

describe('the register and the rules', () => {
  test('the sample is loaded once; asked again it says so', async () => {
    expect((await zhaodan('sample', 'load')).code).toBe(2);
    expect(await zhaodan('sample', 'load', '--once')).toMatchObject({
      code: 0,
      out: expect.stringContaining('没有再装入'),
    });
  });

  test('--as and --json may stand before the command', async () => {
    const place = path.join(folder, 'register.xlsx');
    expect((await zhaodan('register', 'export', place)).code).toBe(0);
    expect((await readFile(place)).length).toBeGreaterThan(1_000);
    expect((await zhaodan('--as', 'p00002', 'register', 'import', place)).code).toBe(0);
    expect(JSON.parse((await zhaodan('--json', 'register', 'history', 'post/fso-1')).out)).toMatchObject([{ seq: 1 }]);
    expect((await zhaodan('register', 'import', place)).code).toBe(2);
  });

  test('a rule is told with its article and what follows when it is missed', async () => {
    expect((await zhaodan('rules', 'bb-02')).out).toMatch(/时限:7 个工作日[\s\S]*逾期:/);
    expect((await zhaodan('rules')).out.split('\n').length).toBeGreaterThan(50);
  });
});
