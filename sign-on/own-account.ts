/** How a person's own account stands: password and second factor, with their dates. */
import { inTransaction } from '../cases/transaction.ts';
import { SignOnRefused, type SignOnDeps } from './deps.ts';
import { PASSWORD_MS } from './password-age.ts';
import { PASSWORD_RULES } from './passwords.ts';
import { codesLeft } from './recovery-codes.ts';
import type { SignedIn } from './sessions.ts';

export interface OwnAccount {
  readonly name: string;
  readonly hasPassword: boolean;
  readonly sample: boolean;
  readonly passwordSetAt: number | null;
  /** From then on a new one must be chosen. */
  readonly passwordEndsAt: number | null;
  readonly passwordRules: readonly string[];
  readonly secondFactorSince: number | null;
  readonly recoveryCodesLeft: number;
  readonly linked: boolean;
}

interface Row {
  readonly name: string;
  readonly has_password: boolean;
  readonly sample: boolean;
  readonly set_at: string | null;
  readonly totp_at: string | null;
  readonly linked: boolean;
}

export const ownAccount = ({ pool }: Pick<SignOnDeps, 'pool'>, { person }: SignedIn): Promise<OwnAccount> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT name, password IS NOT NULL AS has_password, sample, password_set_at AS set_at, totp_confirmed_at AS totp_at,
              EXISTS (SELECT 1 FROM oidc_links l WHERE l.person_id = a.person_id) AS linked
         FROM accounts a WHERE person_id = $1`,
      [person],
    );
    const [row] = rows;
    if (row === undefined) throw new SignOnRefused('not-signed-in');
    const setAt = row.has_password && row.set_at !== null ? Number(row.set_at) : null;
    return {
      name: row.name,
      hasPassword: row.has_password,
      sample: row.sample,
      passwordSetAt: setAt,
      passwordEndsAt: setAt === null ? null : setAt + PASSWORD_MS,
      passwordRules: PASSWORD_RULES,
      secondFactorSince: row.totp_at === null ? null : Number(row.totp_at),
      recoveryCodesLeft: await codesLeft(client, person),
      linked: row.linked,
    };
  });
