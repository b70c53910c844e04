/** Who asks: people of every role, signed in; and which of them may ask a given question. */
import type pg from 'pg';
import type { Operation } from '../api/operation.ts';
import type { PostRole } from '../domain/kernel/process.ts';
import { scopeOf } from '../domain/rights/table.ts';
import { cookieOf } from './signed-in.ts';

const MOST_OF_A_ROLE = 6;

export interface ConsoleUser {
  readonly role: PostRole;
  readonly cookie: string;
}

/** Up to six holders of each role that the register has. */
export async function consoleUsers(pool: pg.Pool): Promise<readonly ConsoleUser[]> {
  const { rows } = await pool.query<{ role: PostRole; person: string; post: string }>(
    `SELECT role, person, post FROM (
       SELECT p.role, t.person_id AS person, p.id AS post, row_number() OVER (PARTITION BY p.role ORDER BY md5(p.id)) AS nth
         FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL WHERE p.to_on IS NULL) AS held
      WHERE nth <= $1 ORDER BY nth, role`,
    [MOST_OF_A_ROLE],
  );
  return Promise.all(
    rows.map(async ({ role, person, post }) => ({ role, cookie: await cookieOf(pool, person, post) })),
  );
}

/**
 * The cookies of so many lanes. About `one` given row or unit only those whose right reaches the whole district are asked: the
 * others would rightly be refused. Where nobody's does, its holder asks.
 */
export function lanesOf(
  users: readonly ConsoleUser[],
  { right }: Pick<Operation, 'right'>,
  { lanes, holder, one }: { readonly lanes: number; readonly holder: string; readonly one: boolean },
): readonly string[] {
  const may = users.filter(({ role }) => {
    if (right === undefined || right === 'signed-in') return true;
    const scope = scopeOf(role, right);
    return one ? scope === 'district' : scope !== null;
  });
  return Array.from({ length: lanes }, (_, lane) => may[lane % may.length]?.cookie ?? holder);
}
