import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browser, PASSWORD, startOffice, type SignOnOffice } from './clerk.ts';

let office: SignOnOffice;
beforeAll(async () => {
  office = await startOffice();
  await office.account('wang', 'wang-office');
  await office.account('li', 'li-head');
});
afterAll(() => office.stop());
/** Each test has steps of its own. */
beforeEach(() => {
  office.wait(15 * 60_000);
});

const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: office.at() + later });

/** Signs in and enrols; gives the secret and the recovery codes. */
async function enrol(browser: Browser, name: string) {
  await browser.signIn(name);
  const before = browser.token;
  const { body } = await browser.ask<{ secret: string; uri: string }>('POST', '/api/account/second-factor', {
    password: PASSWORD,
  });
  const confirmed = await browser.ask<{ recoveryCodes: string[] }>('PUT', '/api/account/second-factor', {
    code: codeOf(body.secret),
  });
  return { ...body, before, codes: confirmed.body.recoveryCodes };
}

let secret = '';
let codes: readonly string[] = [];

describe('enrolling', () => {
  test('asks the password, shows the secret once, and steps the session up under a new token', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const wrong = await browser.ask('POST', '/api/account/second-factor', { password: 'x' });
    expect(wrong.body.code).toBe('password-wrong');
    const enrolled = await enrol(browser, 'wang-office');
    secret = enrolled.secret;
    codes = enrolled.codes;
    expect(enrolled.uri).toMatch(/^otpauth:\/\/totp\/.*secret=/);
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    expect(browser.token).not.toBe(enrolled.before);
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ level: 'totp', hasSecondFactor: true });
    const { rows } = await office.api.database.pool.query<{ all: string }>(
      "SELECT (SELECT string_agg(a::text, ' ') FROM accounts a) || (SELECT string_agg(r::text, ' ') FROM recovery_codes r) AS all",
    );
    for (const shown of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(rows[0]?.all).not.toContain(shown);
  });

  test('means nothing until a code was shown', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('li-head');
    await browser.ask('POST', '/api/account/second-factor', { password: PASSWORD });
    expect((await new Browser(office.api).signIn('li-head')).body.awaits).toBeNull();
  });
});

describe('the second step', () => {
  const halfWay = async () => {
    const browser = new Browser(office.api);
    const { body } = await browser.signIn('wang-office');
    expect(body).toEqual({ awaits: 'second-factor', session: null });
    return browser;
  };
  const step = (browser: Browser, proof: object) => browser.ask('POST', '/api/session/second-factor', proof);

  test('opens nothing before it is taken, and gives a new token after', async () => {
    const browser = await halfWay();
    const before = browser.token;
    expect((await browser.ask('GET', '/api/cases')).body.code).toBe('second-factor-awaited');
    expect((await browser.ask('GET', '/api/session')).body.code).toBe('second-factor-awaited');
    expect(
      (await browser.ask('PUT', '/api/account/password', { current: PASSWORD, next: 'Another-Horse-8' })).status,
    ).toBe(401);
    expect((await step(browser, { code: codeOf(secret) })).status).toBe(200);
    expect(browser.token).not.toBe(before);
    const old = new Browser(office.api);
    old.cookies.set('zhaodan', before ?? '');
    expect(await old.status()).toBe(401);
    expect(await browser.status('/api/cases')).toBe(200);
  });

  test('a code is good once, also when two come at the same moment', async () => {
    const [first, second, third] = [await halfWay(), await halfWay(), await halfWay()];
    const code = codeOf(secret);
    const both = await Promise.all([step(first, { code }), step(second, { code })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await step(third, { code })).body.code).toBe('second-factor-refused');
    expect((await step(third, { code: codeOf(secret, 30_000) })).status).toBe(200);
  });

  test('a code of long ago is refused, and so is an earlier one than the last', async () => {
    const browser = await halfWay();
    expect((await step(browser, { code: codeOf(secret, -90_000) })).status).toBe(401);
    expect((await step(browser, { code: codeOf(secret, 30_000) })).status).toBe(200);
    expect((await step(await halfWay(), { code: codeOf(secret) })).status).toBe(401);
  });

  test('is not guessed: five wrong codes lock it, also for the right one, and for a new sign-in', async () => {
    await step(await halfWay(), { code: codeOf(secret, -30_000) });
    const browser = await halfWay();
    for (let n = 0; n < 5; n += 1) expect((await step(browser, { code: '000000' })).status).toBe(401);
    expect((await step(browser, { code: codeOf(secret) })).body.code).toBe('sign-in-locked');
    expect((await step(await halfWay(), { code: codeOf(secret) })).body.code).toBe('sign-in-locked');
    expect(await office.events('wang')).toContain('second-factor-failed');
  });

  test('takes a recovery code once, and a stranger’s never', async () => {
    const [code = '', other = ''] = codes;
    const both = await Promise.all([await halfWay(), await halfWay()].map((one) => step(one, { recoveryCode: code })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await step(await halfWay(), { recoveryCode: code })).status).toBe(401);
    expect((await step(await halfWay(), { recoveryCode: '0000-0000-0000-0000' })).status).toBe(401);
    const typed = ` ${other.toUpperCase().replaceAll('-', ' ')} `;
    expect((await step(await halfWay(), { recoveryCode: typed })).status).toBe(200);
    expect(await office.events('wang')).toContain('recovery-code-used');
  });

  test('is taken away only by whoever holds it', async () => {
    const browser = await halfWay();
    await step(browser, { code: codeOf(secret) });
    const remove = (code: string) => browser.ask('POST', '/api/account/second-factor/removal', { code });
    expect((await remove('000000')).status).toBe(401);
    expect((await remove(codeOf(secret, 30_000))).status).toBe(200);
    expect((await new Browser(office.api).signIn('wang-office')).body.awaits).toBeNull();
    expect((await office.api.database.pool.query('SELECT 1 FROM recovery_codes')).rowCount).toBe(0);
  });
});
