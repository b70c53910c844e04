/** A person's own password: asked again before what a stolen session must not do, and changed. */
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { findAccount, type Account } from './account.ts';
import { admit, forgive } from './attempts.ts';
import { SignOnRefused, type Caller, type SignOnDeps } from './deps.ts';
import { assertFits, assertNew, hashPassword, REMEMBERED, verifyPassword } from './passwords.ts';
import { logSecurity } from './security-log.ts';
import { renewSession, type SignedIn } from './sessions.ts';

/**
 * Throws `password-wrong` or `sign-in-locked`: guesses from inside of a session are counted with those from outside. An
 * account without a password has nothing to ask.
 */
export async function assertOwnPassword(
  deps: SignOnDeps,
  session: SignedIn,
  password: string | undefined,
  caller: Caller,
): Promise<Account> {
  const { account, left } = await inTransaction(deps.pool, async (client) => {
    const found = await findAccount(client, { person: session.person });
    if (found === null) throw new SignOnRefused('not-signed-in');
    if (found.password === null) return { account: found, left: 0 };
    return { account: found, left: (await admit(client, found.name, await readClock(deps, client))).left };
  });
  if (account.password === null) return account;
  const right = await verifyPassword(account.password, password ?? '');
  await inTransaction(deps.pool, async (client) => {
    if (right) return forgive(client, account.name);
    const at = await readClock(deps, client);
    const details = { left, of: 'own-password' };
    const log = { at, person: session.person, session: session.id, caller, details };
    await logSecurity(client, { ...log, event: 'sign-in-failed' });
    if (left <= 0) await logSecurity(client, { ...log, event: 'sign-in-locked' });
    return false;
  });
  if (!right) throw new SignOnRefused('password-wrong', { left });
  return account;
}

/** Every other session of the person is over; this one goes on under a new token. Throws `password-refused` with why. */
export async function changePassword(
  deps: SignOnDeps,
  session: SignedIn,
  { current, next }: { readonly current: string; readonly next: string },
  caller: Caller,
): Promise<{ readonly token: string }> {
  const account = await assertOwnPassword(deps, session, current, caller);
  if (account.password === null) throw new SignOnRefused('password-absent');
  assertFits(next, account);
  await assertNew(next, [account.password, ...account.earlierPasswords]);
  const hash = await hashPassword(next);
  return inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const now = await findAccount(client, { person: session.person }, { lock: true });
    if (now === null || now.password !== account.password) throw new SignOnRefused('not-signed-in');
    await keepPassword(client, now, hash, { at, mustChange: false });
    await client.query('DELETE FROM sessions WHERE person_id = $1 AND digest <> $2', [session.person, session.digest]);
    const renewed = await renewSession(client, session.digest, { level: session.level }, at);
    if (renewed === null) throw new SignOnRefused('not-signed-in');
    await logSecurity(client, {
      ...{ at, event: 'password-changed', person: session.person, session: session.id, caller },
    });
    return { token: renewed.token };
  });
}

/** Writes the new hash and remembers the old one. Clears the mark of a sample. In the caller's transaction. */
export async function keepPassword(
  client: pg.ClientBase,
  { person, password, earlierPasswords }: Pick<Account, 'person' | 'password' | 'earlierPasswords'>,
  hash: string,
  { at, mustChange }: { readonly at: number; readonly mustChange: boolean },
): Promise<void> {
  const earlier = [...(password === null ? [] : [password]), ...earlierPasswords].slice(0, REMEMBERED - 1);
  await client.query(
    `UPDATE accounts SET password = $2, earlier_passwords = $3, password_set_at = $4, must_change = $5, sample = false
      WHERE person_id = $1`,
    [person, hash, earlier, at, mustChange],
  );
}
