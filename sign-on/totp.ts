/** The six figures of an authenticator (RFC 6238): made for an account, checked, and each step spent once (§5.2). */
import type pg from 'pg';
import { Secret, TOTP } from 'otpauth';
import type { Account } from './account.ts';
import type { SignOnDeps } from './deps.ts';
import { seal, unseal } from './secrets.ts';

const PERIOD_MS = 30_000;
const SECRET_BYTES = 20;
/** A phone's clock may be one step off. */
const WINDOW = 1;

const authenticator = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: '照单', label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_MS / 1_000 });

export interface NewSecret {
  /** For typing in. */
  readonly secret: string;
  /** For the picture to scan. */
  readonly uri: string;
  readonly sealed: string;
}

export function newSecret(
  { key }: Pick<SignOnDeps, 'key'>,
  { person, name }: Pick<Account, 'person' | 'name'>,
): NewSecret {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  return { secret, uri: authenticator(secret, name).toString(), sealed: seal(key, person, secret) };
}

/** True once for each step: of two parallel uses of a code one is refused. In the caller's transaction. */
export async function spendCode(
  client: pg.ClientBase,
  { key }: Pick<SignOnDeps, 'key'>,
  { person, name, totpSecret }: Pick<Account, 'person' | 'name' | 'totpSecret'>,
  code: string,
  at: number,
): Promise<boolean> {
  if (totpSecret === null) return false;
  const delta = authenticator(unseal(key, person, totpSecret), name).validate({
    token: code,
    timestamp: at,
    window: WINDOW,
  });
  if (delta === null) return false;
  const step = Math.floor(at / PERIOD_MS) + delta;
  const { rowCount } = await client.query(
    'UPDATE accounts SET totp_last_step = $2 WHERE person_id = $1 AND totp_last_step < $2 AND totp_secret = $3',
    [person, step, totpSecret],
  );
  return rowCount === 1;
}
