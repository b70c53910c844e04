import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookiesOf, given } from '../../../api/sign-on/cookies.ts';
import { withClient } from '../../../scripts/database.mjs';
import { Browser, PASSWORD, startOffice, type SignOnOffice } from './clerk.ts';

let office: SignOnOffice;
beforeAll(async () => {
  office = await startOffice();
  await office.account('wang', 'wang-office');
  await office.account('li', 'li-head');
});
afterAll(() => office.stop());

const MINUTE = 60_000;

describe('signing in', () => {
  test('gives a session for the own post, which the page can read and scripts cannot', async () => {
    const browser = new Browser(office.api);
    const response = await browser.fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: ' WANG-office ', password: PASSWORD }),
    });
    expect(response.status).toBe(200);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^zhaodan=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const session = await browser.ask<Record<string, unknown>>('GET', '/api/session');
    expect(session.body).toMatchObject({
      person: { id: 'wang', name: '测试wang' },
      post: { id: 'office', role: 'district-office', unit: { id: 'D', name: '测试区' }, capacity: 'self' },
      level: 'password',
      mustChangePassword: false,
      idleEndsAt: office.at() + 30 * MINUTE,
      endsAt: office.at() + 720 * MINUTE,
    });
    expect(session.body['rights']).toContain('cycle.start');
  });

  test('over TLS binds the cookie to this host', () => {
    const cookies = cookiesOf('https://zhaodan.example.gov.cn');
    expect(given(cookies.session, 'x', cookies)).toBe('__Host-zhaodan=x; Path=/; HttpOnly; SameSite=Lax; Secure');
  });

  test('keeps no token and no password that could be used', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const { rows } = await office.api.database.pool.query<{ all: string }>(
      `SELECT (SELECT string_agg(s::text, ' ') FROM sessions s) || (SELECT string_agg(a::text, ' ') FROM accounts a)
           || (SELECT string_agg(l::text, ' ') FROM security_log l) AS all`,
    );
    const all = rows[0]?.all ?? '';
    expect(all).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    for (const [, value] of browser.cookies) expect(all).not.toContain(value);
    expect(all).not.toContain(PASSWORD);
  });
});

describe('fixation', () => {
  test('a token that was planted before signing in is no session after it', async () => {
    const victim = new Browser(office.api);
    const planted = 'A'.repeat(43);
    victim.cookies.set('zhaodan', planted);
    await victim.signIn('wang-office');
    expect(victim.token).not.toBe(planted);
    const attacker = new Browser(office.api);
    attacker.cookies.set('zhaodan', planted);
    expect(await attacker.status()).toBe(401);
  });

  test('the session a browser had before is over when somebody signs in with it', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const before = new Browser(office.api);
    before.cookies.set('zhaodan', browser.token ?? '');
    expect(await before.status()).toBe(200);
    await browser.signIn('li-head');
    expect(await before.status()).toBe(401);
  });
});

describe('a request that another site makes', () => {
  const signedIn = async (headers: Readonly<Record<string, string>>) => {
    const owner = new Browser(office.api);
    await owner.signIn('wang-office');
    const other = new Browser(office.api, headers);
    for (const [name, value] of owner.cookies) other.cookies.set(name, value);
    return { owner, other };
  };
  const post = { post: 'office' };

  test.each([
    ['from another origin', { Origin: 'https://evil.example' }],
    ['that the browser calls cross-site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://127.0.0.1:3000' }],
    ['that the browser calls same-site', { 'Sec-Fetch-Site': 'same-site' }],
    ['that says nothing', {}],
    ['from an opaque origin', { Origin: 'null' }],
  ])('%s is refused, whatever its cookie', async (_what, headers) => {
    const { owner, other } = await signedIn(headers);
    const answer = await other.ask('PUT', '/api/session/post', post);
    expect([answer.status, answer.body.code]).toEqual([403, 'cross-site-refused']);
    expect((await other.ask('DELETE', '/api/session')).status).toBe(403);
    expect(await owner.status()).toBe(200);
  });

  test('as a form is refused, also without a cookie: signing somebody in is a change too', async () => {
    const form = new Browser(office.api, { Origin: 'https://evil.example' });
    const response = await form.fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `name=wang-office&password=${PASSWORD}`,
    });
    expect(response.status).toBe(403);
    expect(form.cookies.size).toBe(0);
    const own = new Browser(office.api);
    const asText = await own.fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify({ name: 'wang-office', password: PASSWORD }),
    });
    expect(asText.status).toBe(415);
  });

  test('from our own origin is taken where the browser says no more', async () => {
    const { other } = await signedIn({ Origin: 'http://127.0.0.1:3000' });
    expect((await other.ask('PUT', '/api/session/post', post)).status).toBe(200);
  });
});

describe('a session ends', () => {
  test('when nobody used it for half an hour; use keeps it, the page asking by itself does not', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    for (let n = 0; n < 3; n += 1) {
      office.wait(29 * MINUTE);
      expect(await browser.status('/api/cases')).toBe(200);
    }
    office.wait(29 * MINUTE);
    expect(await browser.status('/api/session')).toBe(200);
    const unasked = { 'X-Zhaodan-Background': 'true' };
    expect((await browser.ask('GET', '/api/cases', undefined, unasked)).status).toBe(200);
    office.wait(MINUTE + 1);
    expect(await browser.status('/api/cases')).toBe(401);
  });

  test('after twelve hours, however busy', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    for (let n = 0; n < 30; n += 1) {
      office.wait(24 * MINUTE - 1);
      expect(await browser.status('/api/cases')).toBe(n < 30 ? 200 : 401);
    }
    office.wait(30);
    expect(await browser.status('/api/cases')).toBe(401);
  });

  test('when signed out, everywhere the token went', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const thief = new Browser(office.api);
    thief.cookies.set('zhaodan', browser.token ?? '');
    await browser.ask('DELETE', '/api/session');
    expect(browser.token).toBeUndefined();
    expect(await thief.status()).toBe(401);
  });

  test('when the person changes the password: a stolen cookie is worth nothing, and the changer goes on under a new one', async () => {
    await office.account('zhao', 'zhao-cadre');
    const [owner, elsewhere, thief] = [new Browser(office.api), new Browser(office.api), new Browser(office.api)];
    await owner.signIn('zhao-cadre');
    await elsewhere.signIn('zhao-cadre');
    thief.cookies.set('zhaodan', owner.token ?? '');
    const changed = await owner.ask('PUT', '/api/account/password', { current: PASSWORD, next: 'Another-Horse-8' });
    expect(changed.status).toBe(200);
    expect([await owner.status(), await elsewhere.status(), await thief.status()]).toEqual([200, 401, 401]);
    expect((await new Browser(office.api).signIn('zhao-cadre')).status).toBe(401);
    expect((await new Browser(office.api).signIn('zhao-cadre', 'Another-Horse-8')).status).toBe(200);
  });

  test('when its owner ends it from another; nobody ends a stranger’s', async () => {
    const [here, there, stranger] = [new Browser(office.api), new Browser(office.api), new Browser(office.api)];
    await here.signIn('li-head');
    await there.signIn('li-head');
    await stranger.signIn('wang-office');
    interface Listed {
      current: string;
      sessions: { id: string }[];
    }
    const { body } = await here.ask<Listed>('GET', '/api/sessions');
    const other = body.sessions.find(({ id }) => id !== body.current && id.length > 0);
    const theirs = (await there.ask<Listed>('GET', '/api/sessions')).body.current;
    expect(other?.id).toBeDefined();
    expect((await stranger.ask('DELETE', `/api/sessions/${theirs}`)).body.code).toBe('session-not-found');
    expect((await here.ask('DELETE', `/api/sessions/${theirs}`)).status).toBe(200);
    expect([await here.status(), await there.status()]).toEqual([200, 401]);
  });
});

describe('the post of a session', () => {
  test('is a promise: a page that believes another is told to look again', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const stale = await browser.ask('GET', '/api/cases', undefined, { 'X-Zhaodan-Post': 'head' });
    expect([stale.status, stale.body.code]).toEqual([409, 'post-changed']);
    expect((await browser.ask('GET', '/api/cases', undefined, { 'X-Zhaodan-Post': 'office' })).status).toBe(200);
    expect((await browser.ask('PUT', '/api/session/post', { post: 'head' })).body.code).toBe('post-not-held');
  });
});

describe('the security log', () => {
  test('has a line for each event', async () => {
    expect(await office.events('zhao')).toEqual([
      'signed-in',
      'signed-in',
      'password-changed',
      'sign-in-failed',
      'signed-in',
    ]);
  });

  test('cannot be changed or emptied, by the application or its owner', async () => {
    const { pool } = office.api.database;
    await expect(pool.query("UPDATE security_log SET event = 'x'")).rejects.toThrow(/permission denied/);
    await expect(pool.query('DELETE FROM security_log')).rejects.toThrow(/permission denied/);
    await withClient(office.api.database.ownerUrl, async (owner) => {
      await expect(owner.query('DELETE FROM security_log')).rejects.toThrow(/append-only/);
      await expect(owner.query('TRUNCATE security_log')).rejects.toThrow(/append-only/);
    });
  });

  test('is written or nothing happens: without it nobody signs in, and no password changes', async () => {
    const browser = new Browser(office.api);
    await browser.signIn('wang-office');
    const before = await office.sessions();
    await withClient(office.api.database.ownerUrl, (owner) =>
      owner.query('REVOKE INSERT ON security_log FROM zhaodan_app'),
    );
    expect((await new Browser(office.api).signIn('li-head')).status).toBe(500);
    expect(
      (await browser.ask('PUT', '/api/account/password', { current: PASSWORD, next: 'Another-Horse-9' })).status,
    ).toBe(500);
    expect((await browser.ask('DELETE', '/api/session')).status).toBe(500);
    expect(await office.sessions()).toBe(before);
    await withClient(office.api.database.ownerUrl, (owner) =>
      owner.query('GRANT INSERT ON security_log TO zhaodan_app'),
    );
    expect(await browser.status()).toBe(200);
    expect((await new Browser(office.api).signIn('wang-office')).status).toBe(200);
  });
});
