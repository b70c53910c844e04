import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADDRESS_FAILURES } from '../../../sign-on/attempts.ts';
import { Browser, PASSWORD, startOffice, type SignOnOffice } from './clerk.ts';

let office: SignOnOffice;
beforeAll(async () => {
  // The tests say from where they come, as a proxy in front would.
  office = await startOffice(({ settings }) => ({ settings: { ...settings, trustedProxies: ['127.0.0.1'] } }));
  await office.account('wang', 'wang-office');
  await office.account('li', 'li-head');
});
afterAll(() => office.stop());
beforeEach(() => {
  office.wait(60 * 60_000);
});

const from = (address: string) =>
  new Browser(office.api, { 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': address });
const codes = async (tries: readonly Promise<{ body: { code?: string } }>[]) => {
  const counted: Record<string, number> = {};
  for (const { body } of await Promise.all(tries)) {
    const code = body.code ?? 'signed-in';
    counted[code] = (counted[code] ?? 0) + 1;
  }
  return counted;
};

describe('guessing a password', () => {
  test('of twenty guesses at the same moment, from as many addresses, five are tried and the account is locked', async () => {
    const guesses = Array.from({ length: 20 }, (_, n) => from(`10.1.0.${n}`).signIn('wang-office', `Wrong-Horse-${n}`));
    expect(await codes(guesses)).toEqual({ 'sign-in-refused': 5, 'sign-in-locked': 15 });
    const owner = await from('10.1.1.1').signIn('wang-office');
    expect([owner.status, owner.body.code]).toEqual([429, 'sign-in-locked']);
    expect(owner.headers.get('Retry-After')).toBe('600');
    expect(owner.body.detail).toContain('10 分钟');
    expect(await office.events('wang')).toContain('sign-in-locked');
  });

  test('the lock runs out, and the count begins anew', async () => {
    for (let n = 0; n < 5; n += 1) await from('10.2.0.1').signIn('li-head', 'Wrong-Horse-1');
    expect((await from('10.2.0.1').signIn('li-head')).body.code).toBe('sign-in-locked');
    office.wait(10 * 60_000);
    expect((await from('10.2.0.1').signIn('li-head', 'Wrong-Horse-1')).body.detail).toContain('4 次');
    expect((await from('10.2.0.1').signIn('li-head')).status).toBe(200);
    for (let n = 0; n < 4; n += 1)
      expect((await from('10.2.0.1').signIn('li-head', 'Wrong-Horse-1')).body.code).toBe('sign-in-refused');
    expect((await from('10.2.0.1').signIn('li-head')).status).toBe(200);
  });

  test('a name nobody has is answered like one somebody has, and not written down', async () => {
    const nobody = await from('10.3.0.1').signIn('Secret-Typed-As-Name', 'x');
    const somebody = await from('10.3.0.1').signIn('wang-office', 'x');
    expect(nobody.body).toMatchObject({ code: 'sign-in-refused', detail: somebody.body.detail });
    for (let n = 0; n < 4; n += 1) await from('10.3.0.1').signIn('Secret-Typed-As-Name', 'x');
    expect((await from('10.3.0.1').signIn('Secret-Typed-As-Name', 'x')).body.code).toBe('sign-in-locked');
    const { rows } = await office.api.database.pool.query<{ all: string }>(
      "SELECT string_agg(l::text, ' ') AS all FROM security_log l",
    );
    expect(rows[0]?.all.toLowerCase()).not.toContain('secret-typed');
  });

  test('a locked name does not keep others out', async () => {
    await Promise.all(Array.from({ length: 8 }, () => from('10.4.0.1').signIn('wang-office', 'x')));
    expect((await from('10.4.0.1').signIn('wang-office')).body.code).toBe('sign-in-locked');
    expect((await from('10.4.0.1').signIn('li-head')).status).toBe(200);
  });
});

describe('one address that guesses at many names', () => {
  const spray = async (address: string) => {
    for (let n = 0; n < ADDRESS_FAILURES; n += 1) await from(address).signIn(`nobody-${n}`, 'x');
  };

  test('is made to wait, others are not, and neither is a browser at the same address that has signed in before', async () => {
    const colleague = from('10.5.0.1');
    await colleague.signIn('li-head');
    colleague.cookies.delete('zhaodan');
    await spray('10.5.0.1');
    expect((await from('10.5.0.1').signIn('wang-office')).body.code).toBe('sign-in-throttled');
    expect((await from('10.5.0.2').signIn('wang-office')).status).toBe(200);
    expect((await colleague.signIn('li-head')).status).toBe(200);
    // The browser is known for one person only.
    expect((await colleague.signIn('wang-office')).body.code).toBe('sign-in-throttled');
    office.wait(10 * 60_000);
    expect((await from('10.5.0.1').signIn('wang-office')).status).toBe(200);
  });

  test('is not believed when no proxy stands in front', async () => {
    const open = await startOffice();
    await open.account('wang', 'wang-office');
    for (let n = 0; n < ADDRESS_FAILURES; n += 1) {
      const invented = new Browser(open.api, { 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': `10.6.0.${n}` });
      await invented.signIn(`nobody-${n}`, 'x');
    }
    expect((await new Browser(open.api).signIn('wang-office')).body.code).toBe('sign-in-throttled');
    await open.stop();
  });
});

describe('guessing from inside of a session', () => {
  test('is counted with the guesses from outside', async () => {
    const thief = from('10.7.0.1');
    await thief.signIn('li-head');
    const change = (current: string) => thief.ask('PUT', '/api/account/password', { current, next: 'Another-Horse-9' });
    for (let n = 0; n < 5; n += 1) expect((await change('x')).body.code).toBe('password-wrong');
    expect((await change(PASSWORD)).body.code).toBe('sign-in-locked');
    expect((await from('10.7.0.2').signIn('li-head')).body.code).toBe('sign-in-locked');
  });
});
