/** The second step: a code of the authenticator or a recovery code steps the session up; enrolling, renewing, removing one. */
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { findAccount, type Account } from './account.ts';
import { admit, forgive, secondFactorName } from './attempts.ts';
import { SignOnRefused, type Caller, type SignOnDeps } from './deps.ts';
import { assertOwnPassword } from './own-password.ts';
import { makeCodes, spendRecoveryCode } from './recovery-codes.ts';
import { logSecurity } from './security-log.ts';
import { renewSession, type SignedIn } from './sessions.ts';
import { newSecret, spendCode } from './totp.ts';

/** Six figures, or a recovery code. */
export type Proof = { readonly code: string } | { readonly recoveryCode: string };

interface Proved {
  readonly client: pg.ClientBase;
  readonly account: Account;
  readonly at: number;
}

/**
 * Counts, judges and logs a second factor; `then` runs in the transaction in which the code is spent. Throws
 * `sign-in-locked`, `second-factor-refused` or `second-factor-absent`.
 */
async function prove<T>(
  deps: SignOnDeps,
  session: SignedIn,
  proof: Proof,
  caller: Caller,
  then: (proved: Proved) => Promise<T>,
): Promise<T> {
  const { left } = await inTransaction(deps.pool, async (client) =>
    admit(client, secondFactorName(session.person), await readClock(deps, client)),
  );
  const outcome = await inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const account = await findAccount(client, { person: session.person }, { lock: true });
    if (account === null || account.totpSecret === null) return new SignOnRefused('second-factor-absent');
    const right =
      'code' in proof
        ? await spendCode(client, deps, account, proof.code, at)
        : account.totpConfirmed && (await spendRecoveryCode(client, session.person, proof.recoveryCode));
    const log = { at, person: session.person, session: session.id, caller };
    if (!right) {
      await logSecurity(client, { ...log, event: 'second-factor-failed', details: { left } });
      if (left <= 0) await logSecurity(client, { ...log, event: 'sign-in-locked', details: { of: 'second-factor' } });
      return new SignOnRefused('second-factor-refused', { left });
    }
    await forgive(client, secondFactorName(session.person));
    if (!('code' in proof)) await logSecurity(client, { ...log, event: 'recovery-code-used' });
    return { value: await then({ client, account, at }) };
  });
  if (outcome instanceof SignOnRefused) throw outcome;
  return outcome.value;
}

/** The session under a new token and at the higher level. Throws `not-signed-in` when somebody ended it meanwhile. */
async function stepUp(client: pg.ClientBase, { digest }: SignedIn, at: number): Promise<string> {
  const renewed = await renewSession(client, digest, { level: 'totp' }, at);
  if (renewed === null) throw new SignOnRefused('not-signed-in');
  return renewed.token;
}

export const passSecondFactor = (
  deps: SignOnDeps,
  session: SignedIn,
  proof: Proof,
  caller: Caller,
): Promise<{ readonly token: string }> =>
  prove(deps, session, proof, caller, async ({ client, account, at }) => {
    if (!account.totpConfirmed) throw new SignOnRefused('second-factor-absent');
    const token = await stepUp(client, session, at);
    await logSecurity(client, {
      ...{ at, event: 'second-factor-passed', person: session.person, session: session.id, caller },
    });
    return { token };
  });

/** A new secret, which counts once a code of it was shown. Throws `second-factor-present`, or what is wrong with the password. */
export async function beginEnrolment(
  deps: SignOnDeps,
  session: SignedIn,
  password: string | undefined,
  caller: Caller,
): Promise<{ readonly secret: string; readonly uri: string }> {
  await assertOwnPassword(deps, session, password, caller);
  return inTransaction(deps.pool, async (client) => {
    const account = await findAccount(client, { person: session.person }, { lock: true });
    if (account === null) throw new SignOnRefused('not-signed-in');
    if (account.totpConfirmed) throw new SignOnRefused('second-factor-present');
    const { secret, uri, sealed } = newSecret(deps, account);
    await client.query('UPDATE accounts SET totp_secret = $2, totp_last_step = 0 WHERE person_id = $1', [
      session.person,
      sealed,
    ]);
    return { secret, uri };
  });
}

export const confirmEnrolment = (
  deps: SignOnDeps,
  session: SignedIn,
  code: string,
  caller: Caller,
): Promise<{ readonly token: string; readonly recoveryCodes: readonly string[] }> =>
  prove(deps, session, { code }, caller, async ({ client, account, at }) => {
    if (account.totpConfirmed) throw new SignOnRefused('second-factor-present');
    await client.query('UPDATE accounts SET totp_confirmed_at = $2 WHERE person_id = $1', [session.person, at]);
    const recoveryCodes = await makeCodes(client, session.person);
    const token = await stepUp(client, session, at);
    await logSecurity(client, {
      ...{ at, event: 'second-factor-enrolled', person: session.person, session: session.id, caller },
    });
    return { token, recoveryCodes };
  });

export const removeOwnSecondFactor = (
  deps: SignOnDeps,
  session: SignedIn,
  proof: Proof,
  caller: Caller,
): Promise<void> =>
  prove(deps, session, proof, caller, async ({ client, at }) => {
    await removeSecondFactor(client, session.person);
    await logSecurity(client, {
      ...{ at, event: 'second-factor-removed', person: session.person, session: session.id, caller },
    });
  });

export const renewRecoveryCodes = (
  deps: SignOnDeps,
  session: SignedIn,
  proof: Proof,
  caller: Caller,
): Promise<readonly string[]> =>
  prove(deps, session, proof, caller, async ({ client, at }) => {
    const codes = await makeCodes(client, session.person);
    await logSecurity(client, {
      ...{ at, event: 'recovery-codes-made', person: session.person, session: session.id, caller },
    });
    return codes;
  });

/** In the caller's transaction, which logs it. */
export async function removeSecondFactor(client: pg.ClientBase, person: string): Promise<void> {
  await client.query('UPDATE accounts SET totp_secret = NULL, totp_confirmed_at = NULL WHERE person_id = $1', [person]);
  await client.query('DELETE FROM recovery_codes WHERE person_id = $1', [person]);
}
