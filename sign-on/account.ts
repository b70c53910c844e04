/** One account as signing on needs it, found by its name or its person. */
import type pg from 'pg';

export interface Account {
  readonly person: string;
  readonly personName: string | null;
  readonly name: string;
  readonly password: string | null;
  readonly earlierPasswords: readonly string[];
  readonly totpSecret: string | null;
  readonly totpConfirmed: boolean;
  readonly sample: boolean;
  readonly disabled: boolean;
}

/** How a name is compared: as it is read, not as it is typed. */
export const foldedName = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

type By = { readonly name: string } | { readonly person: string };

/** `lock`: nobody changes the account until the transaction ends. */
export async function findAccount(
  client: pg.ClientBase,
  by: By,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Account | null> {
  const [column, value] = 'name' in by ? ['name', foldedName(by.name)] : ['person_id', by.person];
  const { rows } = await client.query<Account>(
    `SELECT a.person_id AS person, (SELECT name FROM persons p WHERE p.id = a.person_id) AS "personName", a.name, a.password,
            a.earlier_passwords AS "earlierPasswords", a.totp_secret AS "totpSecret",
            a.totp_confirmed_at IS NOT NULL AS "totpConfirmed", a.sample, a.disabled_at IS NOT NULL AS disabled
       FROM accounts a WHERE a.${column} = $1${lock ? ' FOR UPDATE' : ''}`,
    [value],
  );
  return rows[0] ?? null;
}
