/** Has somebody signed in with this browser before? Such a browser may go on trying where its address is busy. */
import type pg from 'pg';
import { digestOf, newToken } from './tokens.ts';

/** Not seen for so long, a browser is a stranger again. */
export const KNOWN_MS = 180 * 86_400_000;

export async function isKnownBrowser(
  client: pg.ClientBase,
  token: string | undefined,
  person: string,
  at: number,
): Promise<boolean> {
  if (token === undefined) return false;
  const { rowCount } = await client.query(
    'SELECT 1 FROM known_browsers WHERE digest = $1 AND person_id = $2 AND seen_at > $3',
    [digestOf(token), person, at - KNOWN_MS],
  );
  return rowCount === 1;
}

/** Makes the browser known for the person; always by a new token, since several people may share it. */
export async function knowBrowser(client: pg.ClientBase, person: string, at: number): Promise<string> {
  const token = newToken();
  await client.query('DELETE FROM known_browsers WHERE person_id = $1 AND seen_at < $2', [person, at - KNOWN_MS]);
  await client.query('INSERT INTO known_browsers (digest, person_id, seen_at) VALUES ($1, $2, $3)', [
    digestOf(token),
    person,
    at,
  ]);
  return token;
}
