/** The accounts there are, by name, as administrators read them: no hash, no secret. */
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { instant } from './deps.ts';
import type { Office } from './account-office.ts';

export interface ListedAccount {
  readonly person: string;
  readonly personName: string | null;
  readonly name: string;
  /** Titles of the posts held today. */
  readonly posts: readonly string[];
  readonly hasPassword: boolean;
  readonly mustChange: boolean;
  readonly secondFactor: boolean;
  readonly linked: boolean;
  readonly sample: boolean;
  readonly disabled: boolean;
  readonly lockedUntil: number | null;
  readonly sessions: number;
  readonly lastSignInAt: number | null;
}

export interface AccountFilter {
  /** Part of the account's or the person's name. */
  readonly text?: string;
  readonly person?: string;
  /** Names after this one. */
  readonly after?: string;
  readonly limit: number;
}

export const listAccounts = (
  office: Office,
  { text, person, after, limit }: AccountFilter,
): Promise<readonly ListedAccount[]> =>
  inTransaction(office.pool, async (client) => {
    const at = office.now === undefined ? null : await readClock(office, client);
    const { rows } = await client.query<ListedAccount & { lockedUntil: string | null; lastSignInAt: string | null }>(
      `SELECT a.person_id AS person, p.name AS "personName", a.name,
              ARRAY(SELECT po.title FROM tenures t JOIN posts po ON po.id = t.post_id
                     WHERE t.person_id = a.person_id AND t.to_on IS NULL ORDER BY po.id LIMIT 5) AS posts,
              a.password IS NOT NULL AS "hasPassword", a.must_change AS "mustChange",
              a.totp_confirmed_at IS NOT NULL AS "secondFactor",
              EXISTS (SELECT 1 FROM oidc_links l WHERE l.person_id = a.person_id) AS linked,
              a.sample, a.disabled_at IS NOT NULL AS disabled,
              (SELECT max(c.locked_until) FROM sign_in_counts c
                WHERE c.name IN (a.name, 'totp/' || a.person_id) AND c.locked_until > n.now) AS "lockedUntil",
              (SELECT count(*)::int FROM sessions s WHERE s.person_id = a.person_id AND s.ends_at > n.now) AS sessions,
              a.last_sign_in_at AS "lastSignInAt"
         FROM accounts a LEFT JOIN persons p ON p.id = a.person_id, (SELECT ${instant('$1')} AS now) n
        WHERE ($2::text IS NULL OR a.name > $2)
          AND ($3::text IS NULL OR strpos(a.name, lower($3)) > 0 OR strpos(p.name, $3) > 0)
          AND ($4::text IS NULL OR a.person_id = $4)
        ORDER BY a.name LIMIT $5`,
      [at, after ?? null, text ?? null, person ?? null, limit],
    );
    return rows.map((row) => ({
      ...row,
      lockedUntil: row.lockedUntil === null ? null : Number(row.lockedUntil),
      lastSignInAt: row.lastSignInAt === null ? null : Number(row.lastSignInAt),
    }));
  });

export interface Candidate {
  readonly person: string;
  readonly name: string;
  readonly posts: readonly string[];
}

/** People of the register without an account, found by part of their name or by their id. */
export async function candidates({ pool }: Pick<Office, 'pool'>, text: string): Promise<readonly Candidate[]> {
  const { rows } = await pool.query<Candidate>(
    `SELECT p.id AS person, p.name,
            ARRAY(SELECT po.title FROM tenures t JOIN posts po ON po.id = t.post_id
                   WHERE t.person_id = p.id AND t.to_on IS NULL ORDER BY po.id LIMIT 5) AS posts
       FROM persons p
      WHERE (strpos(p.name, $1) > 0 OR p.id = $1) AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id)
      ORDER BY p.name, p.id LIMIT 20`,
    [text],
  );
  return rows;
}
