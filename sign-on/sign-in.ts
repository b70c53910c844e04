/** Signing in by password: counted, judged, and then a new session; each step with its line in the security log. */
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { findAccount, foldedName, type Account } from './account.ts';
import { addressIsBusy, admit, forgetOld, forgive } from './attempts.ts';
import { SignOnRefused, type Caller, type SignOnDeps } from './deps.ts';
import { isKnownBrowser, knowBrowser } from './known-browsers.ts';
import { verifyPassword } from './passwords.ts';
import { firstPost } from './posts.ts';
import { logSecurity } from './security-log.ts';
import { beginSession, type Method } from './sessions.ts';
import { digestOf } from './tokens.ts';

export interface Attempt {
  readonly name: string;
  readonly password: string;
  readonly caller: Caller;
  /** The browser's tokens, where it has any. */
  readonly browserToken: string | undefined;
  readonly sessionToken: string | undefined;
}

export interface Begun {
  readonly token: string;
  readonly id: string;
  readonly browserToken: string;
  readonly awaits: 'second-factor' | null;
}

/** Throws `sign-in-throttled`, `sign-in-locked`, `sign-in-refused` or `account-disabled`. */
export async function signIn(deps: SignOnDeps, attempt: Attempt): Promise<Begun> {
  const { account, left } = await inTransaction(deps.pool, async (client) => count(deps, client, attempt));
  const right = await verifyPassword(account?.password ?? null, attempt.password);
  const outcome = await inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const now = account === null ? null : await findAccount(client, { person: account.person }, { lock: true });
    // The password may have been changed while it was being judged.
    if (now === null || !right || now.password !== account?.password) {
      await logFailure(client, account, left, attempt.caller, at);
      return new SignOnRefused('sign-in-refused', { left });
    }
    if (now.disabled) {
      const details = { why: 'disabled' };
      await logSecurity(client, {
        ...{ at, event: 'sign-in-failed', person: now.person, caller: attempt.caller, details },
      });
      return new SignOnRefused('account-disabled');
    }
    await forgive(client, now.name);
    return begin(deps, client, now, { ...attempt, method: 'password' }, at);
  });
  if (outcome instanceof SignOnRefused) throw outcome;
  return outcome;
}

/** The attempt stands as a failure before it is judged. */
async function count(
  deps: SignOnDeps,
  client: pg.ClientBase,
  { name, caller, browserToken }: Attempt,
): Promise<{ readonly account: Account | null; readonly left: number }> {
  const at = await readClock(deps, client);
  const account = await findAccount(client, { name });
  const known = account !== null && (await isKnownBrowser(client, browserToken, account.person, at));
  if (!known && (await addressIsBusy(client, caller.address, at))) throw new SignOnRefused('sign-in-throttled');
  await forgetOld(client, at);
  return { account, left: (await admit(client, foldedName(name), at)).left };
}

/** What was typed as a name is not written down where no account has it: it may be a password. */
async function logFailure(
  client: pg.ClientBase,
  account: Account | null,
  left: number,
  caller: Caller,
  at: number,
): Promise<void> {
  const person = account?.person ?? null;
  await logSecurity(client, { at, event: 'sign-in-failed', person, caller, details: { left } });
  if (left <= 0) await logSecurity(client, { at, event: 'sign-in-locked', person, caller });
}

/**
 * The new session of an account that has proved itself by `method`; whatever session the browser had before is over. In
 * the caller's transaction.
 */
export async function begin(
  deps: SignOnDeps,
  client: pg.ClientBase,
  { person, totpConfirmed }: Pick<Account, 'person' | 'totpConfirmed'>,
  { caller, sessionToken, method }: Pick<Attempt, 'caller' | 'sessionToken'> & { readonly method: Method },
  at: number,
): Promise<Begun> {
  await client.query(
    'DELETE FROM sessions WHERE digest = $1 OR (person_id = $2 AND (ends_at <= $3 OR seen_at <= $4))',
    [...[sessionToken === undefined ? '' : digestOf(sessionToken), person, at, at - deps.limits.idleMs]],
  );
  const awaits = totpConfirmed ? 'second-factor' : null;
  const post = await firstPost(deps, client, person);
  const { token, id } = await beginSession(client, deps, { person, post, method, level: method, awaits, caller }, at);
  await client.query('UPDATE accounts SET last_sign_in_at = $2 WHERE person_id = $1', [person, at]);
  await logSecurity(client, { at, event: 'signed-in', person, session: id, caller, details: { method } });
  return { token, id, awaits, browserToken: await knowBrowser(client, person, at) };
}
