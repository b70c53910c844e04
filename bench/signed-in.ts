/** Sessions for the people of a measurement, begun by the product's own code: signing in is not what is measured. */
import type pg from 'pg';
import { inTransaction } from '../cases/transaction.ts';
import { beginSession } from '../sign-on/sessions.ts';

/** Longer than any measurement. */
const LIMITS = { idleMs: 24 * 3_600_000, absoluteMs: 24 * 3_600_000 };

/** Whoever asks for changes must say from which page. */
export const fromOwnPage = { 'Sec-Fetch-Site': 'same-origin' } as const;

/** The `Cookie` header of a new session of the person for the post; makes the account when there is none. */
export const cookieOf = (pool: pg.Pool, person: string, post: string): Promise<string> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ at: string }>(
      `WITH made AS (INSERT INTO accounts (person_id, name, created_at) VALUES ($1, $2, 0) ON CONFLICT (person_id) DO NOTHING)
       SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at`,
      [person, `bench-${person}`],
    );
    const caller = { address: null, browser: null };
    const session = { person, post, method: 'password', level: 'totp', awaits: null, caller } as const;
    const { token } = await beginSession(client, { limits: LIMITS }, session, Number(rows[0]?.at));
    return `zhaodan=${token}`;
  });
