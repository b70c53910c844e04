import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let zhaodan: Zhaodan;
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-12T09:00' });
  zhaodan = zhaodanIn(world);
  expect((await zhaodan('sample', 'load', '--scale', '0.01')).code).toBe(0);
});
afterAll(() => world.close());

const PASSWORD = /\w{4}-\w{4}-\w{4}/;

describe('zhaodan account', () => {
  test('makes the first account, and shows its password once', async () => {
    const made = await zhaodan('account', 'add', 'p00001', '--name', 'Zhu-Ren');
    expect(made.code).toBe(0);
    expect(made.out).toMatch(PASSWORD);
    const listed = await zhaodan('account', 'list', '--json');
    expect(listed.out).not.toMatch(PASSWORD);
    expect(JSON.parse(listed.out)).toMatchObject([
      { person: 'p00001', name: 'zhu-ren', mustChange: true, disabled: false },
    ]);
    expect((await zhaodan('account', 'list', '--text', 'zhu')).out).toContain('须改密码');
  });

  test.each([
    [['account', 'add', 'p00001', '--name', 'other'], 'account-exists'],
    [['account', 'add', 'p00002', '--name', 'zhu-ren'], 'account-name-taken'],
    [['account', 'add', 'p00002', '--name', '-'], 'account-name-malformed'],
    [['account', 'add', 'nobody', '--name', 'nobody'], 'account-person-unknown'],
    [['account', 'unlock', 'p00002'], 'account-not-found'],
  ])('%s is refused as %s', async (words, code) => {
    const answer = await zhaodan(...words);
    expect(answer.code).toBe(2);
    expect(answer.err).toContain(code);
  });

  test('resets, unlocks, disables and enables, each with its line in the security log', async () => {
    expect((await zhaodan('account', 'reset-password', 'p00001', '--second-factor')).out).toMatch(PASSWORD);
    expect((await zhaodan('account', 'unlock', 'p00001')).code).toBe(0);
    expect((await zhaodan('account', 'disable', 'p00001')).out).toContain('已停用');
    expect((await zhaodan('account', 'disable', 'p00001', '--undo')).out).toContain('已恢复');
    const { rows } = await world.database.pool.query<{ event: string; by: string }>(
      'SELECT event, by_person AS by FROM security_log ORDER BY id',
    );
    expect(rows.map(({ event }) => event)).toEqual([
      'account-created',
      'second-factor-removed',
      'password-reset',
      'account-unlocked',
      'account-disabled',
      'account-enabled',
    ]);
    expect(new Set(rows.map(({ by }) => by))).toEqual(new Set(['operator']));
  });
});

describe('zhaodan sample accounts', () => {
  test('makes one for each kind of work, and takes them away', async () => {
    expect((await zhaodan('sample', 'accounts')).out).toContain('Zhaodan-2026');
    expect((await zhaodan('sample', 'accounts')).out).toContain('都已有了');
    expect((await zhaodan('sample', 'accounts', '--remove')).out).toContain('duban');
    expect((await zhaodan('sample', 'accounts', '--remove')).out).toContain('没有');
  });
});
