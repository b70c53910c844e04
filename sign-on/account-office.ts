/** What is done to other people's accounts: made, given a new password, unlocked, switched off and on, linked. */
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { findAccount, foldedName, type Account } from './account.ts';
import { forgive, secondFactorName } from './attempts.ts';
import { SignOnRefused, type SignOnDeps } from './deps.ts';
import { keepPassword } from './own-password.ts';
import { hashPassword, oneTimePassword } from './passwords.ts';
import { removeSecondFactor } from './second-factor.ts';
import { logSecurity, type SecurityEvent, type SecurityEventName } from './security-log.ts';

export type Office = Pick<SignOnDeps, 'pool' | 'now'>;
export type By = Required<Pick<SecurityEvent, 'by'>> & Pick<SecurityEvent, 'caller'>;

/** The account's name when none is chosen is easy to type; letters, figures and three marks only. */
export const ACCOUNT_NAME = /^[a-z0-9\u4e00-\u9fff][a-z0-9\u4e00-\u9fff._-]{1,39}$/;

/** Makes the account and gives its first password, which nobody can read again. Throws `account-person-unknown`, `account-exists`, `account-name-taken`. */
export async function createAccount(
  office: Office,
  { person, name }: { readonly person: string; readonly name: string },
  by: By,
): Promise<{ readonly password: string }> {
  const folded = foldedName(name);
  if (!ACCOUNT_NAME.test(folded)) throw new SignOnRefused('account-name-malformed');
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  return inTransaction(office.pool, async (client) => {
    const at = await readClock(office, client);
    const { rowCount: known } = await client.query('SELECT 1 FROM persons WHERE id = $1', [person]);
    if (known === 0) throw new SignOnRefused('account-person-unknown');
    if ((await findAccount(client, { person })) !== null) throw new SignOnRefused('account-exists');
    await insertAccount(client, { person, name: folded, hash, at });
    await logSecurity(client, { at, event: 'account-created', person, ...by });
    return { password };
  });
}

/** Throws `account-name-taken`, also when both came at the same moment. In the caller's transaction, which logs it. */
export async function insertAccount(
  client: pg.ClientBase,
  {
    person,
    name,
    hash,
    at,
    sample = false,
  }: {
    readonly person: string;
    readonly name: string;
    readonly hash: string | null;
    readonly at: number;
    readonly sample?: boolean;
  },
): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO accounts (person_id, name, password, password_set_at, must_change, sample, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $4) ON CONFLICT DO NOTHING`,
    [person, name, hash, at, hash !== null && !sample, sample],
  );
  if (rowCount === 0) throw new SignOnRefused('account-name-taken');
}

/** A new one-time password; every session of the person is over, and nothing is locked. Throws `account-not-found`, `own-account`. */
export async function resetPassword(office: Office, person: string, by: By): Promise<{ readonly password: string }> {
  if (by.by.person === person) throw new SignOnRefused('own-account');
  const password = oneTimePassword();
  const hash = await hashPassword(password);
  await changed(office, person, 'password-reset', by, async (client, account, at) => {
    await keepPassword(client, account, hash, { at, mustChange: true });
    await client.query('DELETE FROM sessions WHERE person_id = $1', [person]);
    await forgive(client, account.name);
  });
  return { password };
}

export const unlock = (office: Office, person: string, by: By): Promise<void> =>
  changed(office, person, 'account-unlocked', by, async (client, account) => {
    await forgive(client, account.name);
    await forgive(client, secondFactorName(person));
  });

/** For whoever lost authenticator and paper: the next sign-in asks the password only, and leads to enrolling again. */
export async function takeSecondFactor(office: Office, person: string, by: By): Promise<void> {
  if (by.by.person === person) throw new SignOnRefused('own-account');
  await changed(office, person, 'second-factor-removed', by, async (client) => {
    await removeSecondFactor(client, person);
    await client.query('DELETE FROM sessions WHERE person_id = $1', [person]);
  });
}

export async function setDisabled(office: Office, person: string, disabled: boolean, by: By): Promise<void> {
  if (by.by.person === person) throw new SignOnRefused('own-account');
  await changed(office, person, disabled ? 'account-disabled' : 'account-enabled', by, async (client, _account, at) => {
    await client.query('UPDATE accounts SET disabled_at = $2 WHERE person_id = $1', [person, disabled ? at : null]);
    if (disabled) await client.query('DELETE FROM sessions WHERE person_id = $1', [person]);
  });
}

/** Throws `oidc-subject-taken` when the subject is another person. */
export const linkSubject = (
  office: Office,
  { person, issuer, subject }: { readonly person: string; readonly issuer: string; readonly subject: string },
  by: By,
): Promise<void> =>
  changed(office, person, 'oidc-linked', by, async (client, _account, at) => {
    const { rows } = await client.query<{ person: string }>(
      `INSERT INTO oidc_links AS l (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (issuer, subject) DO UPDATE SET linked_at = l.linked_at RETURNING person_id AS person`,
      [issuer, subject, person, at],
    );
    if (rows[0]?.person !== person) throw new SignOnRefused('oidc-subject-taken');
  });

export const unlinkSubjects = (office: Office, person: string, by: By): Promise<void> =>
  changed(office, person, 'oidc-unlinked', by, async (client) => {
    await client.query('DELETE FROM oidc_links WHERE person_id = $1', [person]);
  });

/** One change of one account with its line in the log, or neither. Throws `account-not-found`. */
function changed(
  office: Office,
  person: string,
  event: SecurityEventName,
  by: By,
  change: (client: pg.ClientBase, account: Account, at: number) => Promise<void>,
): Promise<void> {
  return inTransaction(office.pool, async (client) => {
    const at = await readClock(office, client);
    const account = await findAccount(client, { person }, { lock: true });
    if (account === null) throw new SignOnRefused('account-not-found');
    await change(client, account, at);
    await logSecurity(client, { at, event, person, ...by });
  });
}
