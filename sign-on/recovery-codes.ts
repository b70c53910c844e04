/** For whoever lost the authenticator: ten codes on paper, each good once. The database keeps their SHA-256. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { digestOf } from './tokens.ts';

const CODES = 10;
/** 64 random bits each: no guess among a few attempts finds one. */
const BYTES = 8;

const folded = (code: string): string => code.toLowerCase().replaceAll(/[^0-9a-f]/g, '');

/** New codes instead of whatever the person had. In the caller's transaction; shown once. */
export async function makeCodes(client: pg.ClientBase, person: string): Promise<readonly string[]> {
  const codes = Array.from({ length: CODES }, () =>
    (randomBytes(BYTES).toString('hex').match(/.{4}/g) ?? []).join('-'),
  );
  await client.query('DELETE FROM recovery_codes WHERE person_id = $1', [person]);
  await client.query('INSERT INTO recovery_codes (person_id, digest) SELECT $1, unnest($2::text[])', [
    person,
    codes.map((code) => digestOf(folded(code))),
  ]);
  return codes;
}

/** True once for each code: it is removed by the statement that finds it. */
export async function spendRecoveryCode(client: pg.ClientBase, person: string, code: string): Promise<boolean> {
  const { rowCount } = await client.query('DELETE FROM recovery_codes WHERE person_id = $1 AND digest = $2', [
    person,
    digestOf(folded(code)),
  ]);
  return rowCount === 1;
}

export async function codesLeft(client: pg.ClientBase, person: string): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    'SELECT count(*)::int AS left FROM recovery_codes WHERE person_id = $1',
    [person],
  );
  return rows[0]?.left ?? 0;
}
