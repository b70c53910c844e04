import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OIDC_BACK, OIDC_START, pageOfOurs } from '../../../api/sign-on/oidc-pages.ts';
import { oidcSignOn } from '../../../sign-on/oidc.ts';
import { PUBLIC_URL } from '../signed.ts';
import { Browser, startOffice, type SignOnOffice } from './clerk.ts';
import { startProvider, walk, type TestProvider } from './provider.ts';

const BACK = `${PUBLIC_URL}${OIDC_BACK}`;

let provider: TestProvider;
let other: TestProvider;
let office: SignOnOffice;
beforeAll(async () => {
  [provider, other] = [await startProvider(BACK), await startProvider(BACK)];
  office = await startOffice((_deps, signOn) => ({ oidc: oidcSignOn(signOn, settings()) }));
  await office.account('wang', 'wang-office');
});
afterAll(async () => {
  await office.stop();
  await provider.stop();
  await other.stop();
});

const settings = (personClaim?: string) => ({
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  name: '区统一认证',
  personClaim,
  redirectUri: BACK,
});

/** Goes out and comes to the point of coming back: the address with code and state. */
async function away(browser: Browser, subject: string, on = office): Promise<string> {
  const start = await browser.fetch(`${on.api.url}${OIDC_START}?next=/todo`);
  return walk(browser, start.headers.get('Location') ?? '', subject, BACK);
}
/** Comes back to the address; gives where the browser is sent. */
const back = async (browser: Browser, address: string, on = office) =>
  (await browser.fetch(address.replace(PUBLIC_URL, on.api.url))).headers.get('Location');

const link = async (subject: string, person: string, on = office) => {
  await on.api.database.pool.query(
    'INSERT INTO oidc_links (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, 0)',
    [provider.issuer, subject, person],
  );
};

const REFUSED = '/sign-in?problem=oidc-refused';

describe('the single sign-on', () => {
  test('signs a linked person in, and sends the browser where it wanted to go', async () => {
    await link('sub-1', 'wang');
    const browser = new Browser(office.api);
    const address = await away(browser, 'sub-1');
    expect(await back(browser, address)).toBe('/todo');
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ person: { id: 'wang' }, level: 'oidc' });
    expect(browser.cookies.has('zhaodan-flow')).toBe(false);
    expect((await browser.ask('GET', '/api/sign-in-options')).body).toEqual({
      singleSignOn: '区统一认证',
      sample: null,
    });
  });

  test('asks with PKCE, state and nonce, and keeps no token of the flow that could be used', async () => {
    const browser = new Browser(office.api);
    const start = await browser.fetch(OIDC_START);
    const asked = new URL(start.headers.get('Location') ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20);
    expect(asked.get('redirect_uri')).toBe(BACK);
    const { rows } = await office.api.database.pool.query<{ digest: string }>('SELECT digest FROM oidc_flows');
    expect(rows.map(({ digest }) => digest)).not.toContain(browser.cookies.get('zhaodan-flow'));
  });

  test('takes an answer once: the same one signs nobody in again, nor does a fresh code for the same visit', async () => {
    const browser = new Browser(office.api);
    const start = (await browser.fetch(`${OIDC_START}?next=/todo`)).headers.get('Location') ?? '';
    const flow = browser.cookies.get('zhaodan-flow') ?? '';
    const address = await walk(browser, start, 'sub-1', BACK);
    expect(await back(browser, address)).toBe('/todo');
    for (const replayed of [await walk(browser, start, 'sub-1', BACK), address]) {
      const again = new Browser(office.api);
      again.cookies.set('zhaodan-flow', flow);
      expect(await back(again, replayed)).toBe(REFUSED);
      expect(again.token).toBeUndefined();
    }
  });

  test('believes no answer under another state', async () => {
    const browser = new Browser(office.api);
    const address = new URL(await away(browser, 'sub-1'));
    address.searchParams.set('state', 'A'.repeat(43));
    expect(await back(browser, address.href)).toBe(REFUSED);
    expect(browser.token).toBeUndefined();
  });

  test('believes no answer that belongs to another browser’s visit', async () => {
    const attacker = new Browser(office.api);
    const address = await away(attacker, 'sub-1');
    const victim = new Browser(office.api);
    expect(await back(victim, address)).toBe(REFUSED);
    await victim.fetch(OIDC_START);
    expect(await back(victim, address)).toBe(REFUSED);
    expect(victim.token).toBeUndefined();
  });

  test('takes no code for a second visit: its nonce and verifier are others', async () => {
    const browser = new Browser(office.api);
    const first = new URL(await away(browser, 'sub-1'));
    const second = new URL(await away(browser, 'sub-1'));
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect(await back(browser, second.href)).toBe(REFUSED);
    expect(browser.token).toBeUndefined();
  });

  test('refuses an identity token whose nonce is not this visit’s', async () => {
    const browser = new Browser(office.api);
    const address = await away(browser, 'sub-1');
    await office.api.database.pool.query("UPDATE oidc_flows SET nonce = 'another'");
    expect(await back(browser, address)).toBe(REFUSED);
    expect(browser.token).toBeUndefined();
  });

  test('refuses an answer that another issuer gave, and an error instead of a code', async () => {
    const browser = new Browser(office.api);
    const address = new URL(await away(browser, 'sub-1'));
    address.searchParams.set('iss', other.issuer);
    expect(await back(browser, address.href)).toBe(REFUSED);
    const again = new URL(await away(browser, 'sub-1'));
    again.searchParams.delete('code');
    again.searchParams.set('error', 'access_denied');
    expect(await back(browser, again.href)).toBe(REFUSED);
    expect(await office.events()).toContain('oidc-refused');
  });

  test('is not waited for: a visit is over after ten minutes', async () => {
    const browser = new Browser(office.api);
    const address = await away(browser, 'sub-1');
    office.wait(10 * 60_000 + 1);
    expect(await back(browser, address)).toBe(REFUSED);
  });

  test('knows nobody it was not told of', async () => {
    const browser = new Browser(office.api);
    expect(await back(browser, await away(browser, 'sub-li'))).toBe('/sign-in?problem=oidc-person-unknown');
    expect(browser.token).toBeUndefined();
  });

  test('lets nobody in whose account was disabled', async () => {
    await office.api.database.pool.query("UPDATE accounts SET disabled_at = 1 WHERE person_id = 'wang'");
    const browser = new Browser(office.api);
    expect(await back(browser, await away(browser, 'sub-1'))).toBe('/sign-in?problem=account-disabled');
    await office.api.database.pool.query('UPDATE accounts SET disabled_at = NULL');
  });

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a b', '', undefined])(
    'sends nobody to %s',
    (next) => {
      expect(pageOfOurs(next)).toBe('/');
    },
  );
});

describe('a claim that is the person’s id', () => {
  test('links and makes an account for people of the register, and for nobody else', async () => {
    const claiming = await startOffice((_deps, signOn) => ({ oidc: oidcSignOn(signOn, settings('person')) }));
    const browser = new Browser(claiming.api);
    expect(await back(browser, await away(browser, 'sub-zhao', claiming), claiming)).toBe('/todo');
    expect((await browser.ask('GET', '/api/session')).body).toMatchObject({ person: { id: 'zhao' } });
    expect(await claiming.events('zhao')).toEqual(['account-created', 'oidc-linked', 'signed-in']);
    const stranger = new Browser(claiming.api);
    expect(await back(stranger, await away(stranger, 'sub-nobody', claiming), claiming)).toBe(
      '/sign-in?problem=oidc-person-unknown',
    );
    await claiming.stop();
  });
});

describe('a provider that is away', () => {
  test('is said, and asked again the next time', async () => {
    const gone = await startOffice((_deps, signOn) => ({
      oidc: oidcSignOn(signOn, { ...settings(), issuer: 'http://127.0.0.1:9' }),
    }));
    const browser = new Browser(gone.api);
    const response = await browser.fetch(OIDC_START);
    expect(response.headers.get('Location')).toBe('/sign-in?problem=oidc-unreachable');
    await gone.stop();
  });
});
