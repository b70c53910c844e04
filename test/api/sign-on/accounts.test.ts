import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { SYSTEM, type PostRole } from '../../../domain/kernel/process.ts';
import {
  makeSampleAccounts,
  removeSampleAccounts,
  SAMPLE_PASSWORD,
  SAMPLES,
} from '../../../sign-on/sample-accounts.ts';
import { refuseSamples } from '../../../sign-on/settings.ts';
import { NOON } from '../district.ts';
import { startApi } from '../serving.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { Browser, PASSWORD, startOffice, type SignOnOffice } from './clerk.ts';

let office: SignOnOffice;
/** Administrators, each past the second factor. */
const admins = new Map<string, Browser>();

beforeAll(async () => {
  office = await startOffice();
  const roles = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies readonly PostRole[];
  const written = await changeRegister(
    office.api.cases,
    roles.flatMap((role) => [
      { type: 'post-added', post: role, unit: 'D', title: role, role, superior: null, class: null, on: '2026-01-05' },
      { type: 'person-added', person: `p-${role}`, data: { name: role, email: null, phone: null }, generated: true },
      { type: 'tenure-began', post: role, person: `p-${role}`, on: '2026-01-05' },
    ]),
    { actor: SYSTEM, key: 'administrators' },
  );
  if (!written.ok) throw new Error(JSON.stringify(written));
  for (const role of roles) {
    const browser = new Browser(office.api);
    const { name, value } = await office.api.sessionOf(`p-${role}`);
    browser.cookies.set(name, value);
    admins.set(role, browser);
  }
  await office.account('wang', 'wang-office');
});
afterAll(() => office.stop());

const as = (role: string): Browser => {
  const browser = admins.get(role);
  if (browser === undefined) throw new Error(role);
  return browser;
};
interface OneTime {
  password: string;
  code?: string;
}

describe('an account', () => {
  test('is made by the system administrator for a person of the register, whose first password must be changed', async () => {
    const admin = as('system-admin');
    const found = await admin.ask<{ rows: { person: string }[] }>('GET', '/api/account-candidates?text=li');
    expect(found.body.rows).toEqual([{ person: 'li', name: '测试li', posts: ['镇长'] }]);
    const made = await admin.ask<OneTime>('POST', '/api/accounts', { person: 'li', name: 'Li-Head' });
    expect(made.body.password).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    const owner = new Browser(office.api);
    expect((await owner.signIn('li-head', made.body.password)).body.session).toMatchObject({
      mustChangePassword: true,
      rights: [],
    });
    expect((await owner.ask('GET', '/api/cases')).body.code).toBe('password-change-due');
    const change = (next: string) => owner.ask('PUT', '/api/account/password', { current: made.body.password, next });
    for (const [next, why] of [
      ['Short-1', '少于 10 个字符'],
      ['longenough123', '不足三类'],
      ['Not-Li-Head-9', '含有账号名'],
      [made.body.password, '最近 5 次'],
    ] as const) {
      const refused = await change(next);
      expect([refused.body.code, refused.body.detail]).toEqual(['password-refused', expect.stringContaining(why)]);
    }
    expect((await change('A-Longer-Word-3')).status).toBe(200);
    expect((await owner.ask('GET', '/api/cases')).status).toBe(200);
  });

  test.each([
    [{ person: 'li', name: 'other' }, 'account-exists'],
    [{ person: 'zhao', name: 'LI-head' }, 'account-name-taken'],
    [{ person: 'zhao', name: '-x' }, 'account-name-malformed'],
    [{ person: 'nobody', name: 'nobody' }, 'account-person-unknown'],
  ])('is not made of %o', async (body, code) => {
    expect((await as('system-admin').ask('POST', '/api/accounts', body)).body.code).toBe(code);
  });

  test('is listed with how it stands, a page at a time, without a hash', async () => {
    const admin = as('security-admin');
    const first = await admin.ask<{ rows: { name: string }[]; next: string }>('GET', '/api/accounts?limit=2');
    const second = await admin.ask<{ rows: { name: string }[] }>(
      'GET',
      `/api/accounts?limit=2&cursor=${first.body.next}`,
    );
    const names = [...first.body.rows, ...second.body.rows].map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(4);
    expect(JSON.stringify(first.body)).not.toContain('argon2');
    const found = await admin.ask<{ rows: { person: string }[] }>('GET', '/api/accounts?text=WANG');
    expect(found.body.rows.map(({ person }) => person)).toEqual(['wang']);
  });

  test('is given a new password, and whoever was signed in is no more', async () => {
    const owner = new Browser(office.api);
    await owner.signIn('wang-office');
    const { body } = await as('system-admin').ask<OneTime>('POST', '/api/accounts/wang/password');
    expect(await owner.status()).toBe(401);
    expect((await owner.signIn('wang-office')).body.code).toBe('sign-in-refused');
    expect((await owner.signIn('wang-office', body.password)).body.session).toMatchObject({ mustChangePassword: true });
    await owner.ask('PUT', '/api/account/password', { current: body.password, next: PASSWORD + '!' });
  });

  test('is disabled and enabled; nobody does it to the own one', async () => {
    const owner = new Browser(office.api);
    await owner.signIn('wang-office', PASSWORD + '!');
    const set = (person: string, disabled: boolean) =>
      as('system-admin').ask('PUT', `/api/accounts/${person}/disabled`, { disabled });
    expect((await set('wang', true)).status).toBe(200);
    expect(await owner.status()).toBe(401);
    expect((await owner.signIn('wang-office', PASSWORD + '!')).body.code).toBe('account-disabled');
    expect((await set('wang', false)).status).toBe(200);
    expect((await owner.signIn('wang-office', PASSWORD + '!')).status).toBe(200);
    expect((await set('p-system-admin', true)).body.code).toBe('own-account');
    expect((await as('system-admin').ask('POST', '/api/accounts/p-system-admin/password')).body.code).toBe(
      'own-account',
    );
  });

  test('is unlocked by the security administrator, who also ends sessions; the other two may not', async () => {
    for (let n = 0; n < 6; n += 1) await new Browser(office.api).signIn('wang-office', 'wrong');
    expect((await new Browser(office.api).signIn('wang-office', PASSWORD + '!')).body.code).toBe('sign-in-locked');
    for (const role of ['system-admin', 'audit-admin'])
      expect((await as(role).ask('DELETE', '/api/accounts/wang/lock')).body.code).toBe('right-missing');
    const row = await as('security-admin').ask<{ rows: { lockedUntil: number }[] }>('GET', '/api/accounts?text=wang');
    expect(row.body.rows[0]?.lockedUntil).toBe(office.at() + 600_000);
    expect((await as('security-admin').ask('DELETE', '/api/accounts/wang/lock')).status).toBe(200);
    const owner = new Browser(office.api);
    expect((await owner.signIn('wang-office', PASSWORD + '!')).status).toBe(200);
    expect((await as('system-admin').ask('DELETE', '/api/accounts/wang/sessions')).body.code).toBe('right-missing');
    expect((await as('security-admin').ask('DELETE', '/api/accounts/wang/sessions')).status).toBe(200);
    expect(await owner.status()).toBe(401);
  });

  test('leaves its story in the security log, with who did it, for the auditor only', async () => {
    interface Logged {
      rows: { event: string; eventTitle: string; byPerson: string | null; byPost: string | null }[];
      next: string | null;
    }
    expect((await as('system-admin').ask('GET', '/api/security-log')).body.code).toBe('right-missing');
    const { body } = await as('audit-admin').ask<Logged>('GET', '/api/security-log?person=wang&limit=3');
    expect(body.rows[0]).toMatchObject({
      event: 'session-revoked',
      eventTitle: '结束登录会话',
      byPerson: 'p-security-admin',
      byPost: 'security-admin',
    });
    const more = await as('audit-admin').ask<Logged>('GET', `/api/security-log?person=wang&cursor=${body.next ?? ''}`);
    expect(more.body.rows.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['account-disabled', 'password-reset', 'account-enabled']),
    );
    const reset = await as('audit-admin').ask<Logged>('GET', '/api/security-log?event=password-reset');
    expect(reset.body.rows.map(({ event }) => event)).toEqual(['password-reset']);
  });
});

describe('a password', () => {
  test('is good for ninety days', async () => {
    await office.account('sun', 'sun-regulator');
    office.wait(90 * 86_400_000 + 1);
    const owner = new Browser(office.api);
    expect((await owner.signIn('sun-regulator')).body.session).toMatchObject({ mustChangePassword: true });
    expect((await owner.ask('GET', '/api/cases')).body.code).toBe('password-change-due');
  });
});

describe('an administrator with a password only', () => {
  test('may do nothing but enrol a second factor, except on one’s own machine', async () => {
    await office.api.database.pool.query(
      "UPDATE accounts SET password = (SELECT password FROM accounts WHERE person_id = 'sun'), password_set_at = $1 WHERE person_id = 'p-audit-admin'",
      [office.at()],
    );
    const browser = new Browser(office.api);
    const { body } = await browser.signIn('test-p-audit-admin');
    expect(body.session).toMatchObject({ mustStepUp: true, shouldEnrol: true, rights: [] });
    expect((await browser.ask('GET', '/api/security-log')).body.code).toBe('second-factor-required');
    expect((await browser.ask('GET', '/api/account')).status).toBe(200);
  });
});

describe('sample accounts', () => {
  test('are made for every kind of work of the sample district; outside of local mode nothing starts with them', async () => {
    const sample = await startApi(({ signOn }) => ({ signOn: { ...signOn, localMode: true } }));
    const deps = { pool: sample.database.pool, now: () => Promise.resolve(NOON) };
    const strict = { ...deps, limits: { idleMs: 1, absoluteMs: 1 }, key: Buffer.alloc(32), localMode: false };
    await loadSample(sample.cases, { scale: 0.02 });
    await refuseSamples(strict);
    const made = await makeSampleAccounts(deps);
    expect(made.map(({ name }) => name)).toEqual(SAMPLES.map(({ name }) => name));
    expect(new Set(made.map(({ person }) => person)).size).toBe(SAMPLES.length);
    const posts = new Map(made.map(({ name, post }) => [name, post]));
    expect(posts.get('lingdao')).toMatch(/-leader-1$/);
    const town = posts.get('zhenban')?.replace(/-office$/, '') ?? '';
    expect(posts.get('ganbu')).toMatch(new RegExp(`^${town}-c-`));
    expect([posts.get('jianguan'), posts.get('fucha')]).toEqual([`${town}-msa-1`, `${town}-msa-2`]);
    expect(await makeSampleAccounts(deps)).toEqual([]);

    const options = await new Browser(sample).ask<{ sample: { accounts: { name: string }[] } }>(
      'GET',
      '/api/sign-in-options',
    );
    expect(options.body.sample.accounts.map(({ name }) => name)).toEqual(SAMPLES.map(({ name }) => name));
    for (const { name } of SAMPLES) {
      const browser = new Browser(sample);
      expect((await browser.signIn(name, SAMPLE_PASSWORD)).body.session).toMatchObject({ mustChangePassword: false });
    }
    await expect(refuseSamples(strict)).rejects.toThrow(/11 个账号.*duban.*zhaodan sample accounts --remove/s);

    const owner = new Browser(sample);
    await owner.signIn('duban', SAMPLE_PASSWORD);
    const changed = await owner.ask('PUT', '/api/account/password', { current: SAMPLE_PASSWORD, next: PASSWORD });
    expect(changed.status).toBe(200);
    await expect(refuseSamples(strict)).rejects.toThrow(/10 个账号/);
    expect(await removeSampleAccounts(deps)).toHaveLength(10);
    await refuseSamples(strict);
    expect(await owner.status()).toBe(200);
    await sample.stop();
  });

  test('are not made where real people work, and not named outside of local mode', async () => {
    await office.api.database.pool.query('UPDATE persons SET generated = false');
    await expect(makeSampleAccounts(office.deps)).rejects.toThrow('not-a-sample');
    const options = await new Browser(office.api).ask('GET', '/api/sign-in-options');
    expect(options.body).toEqual({ singleSignOn: null, sample: null });
  });
});
