/**
 * How often may somebody guess? Counted by name before anything slow is done, in one statement, so that guesses at the
 * same moment count each; a name without an account is counted just the same and tells nothing.
 */
import type pg from 'pg';
import { SignOnRefused } from './deps.ts';

/** GB/T 22239-2019 8.1.4.1 b): a limit of unlawful sign-ins; the figures are the office's choice. */
export const MOST_FAILURES = 5;
export const LOCK_MS = 10 * 60_000;

/** A count that nobody added to for so long is forgotten, also of names that no account has. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** Failures from one address in ten minutes, after which only browsers that have signed in before may try from there. */
export const ADDRESS_FAILURES = 30;
const ADDRESS_MS = 10 * 60_000;

/** Second factors are counted apart from passwords. */
export const secondFactorName = (person: string): string => `totp/${person}`;

/**
 * Counts this attempt as failed until `forgive` says otherwise; the last one allowed locks. Throws `sign-in-locked`. To be
 * committed before the attempt is judged. Gives how many may follow.
 */
export async function admit(client: pg.ClientBase, name: string, at: number): Promise<{ readonly left: number }> {
  const { rows } = await client.query<{ failures: number }>({
    name: 'admit-attempt',
    text: `INSERT INTO sign_in_counts AS c (name, failures, last_at) VALUES ($1, 1, $2)
           ON CONFLICT (name) DO UPDATE SET last_at = $2,
             failures = CASE WHEN c.locked_until IS NULL THEN c.failures + 1 ELSE 1 END,
             locked_until = CASE WHEN c.locked_until IS NULL AND c.failures + 1 >= $3 THEN $2 + $4::bigint END
           WHERE c.locked_until IS NULL OR c.locked_until <= $2
           RETURNING failures`,
    values: [name, at, MOST_FAILURES, LOCK_MS],
  });
  const [counted] = rows;
  if (counted !== undefined) return { left: MOST_FAILURES - counted.failures };
  throw locked(at, (await lockedUntil(client, name)) ?? at);
}

/** `minutes` is what a person is told; `seconds` is for the page's count-down. */
export const locked = (at: number, until: number): SignOnRefused =>
  new SignOnRefused('sign-in-locked', {
    minutes: Math.max(1, Math.ceil((until - at) / 60_000)),
    seconds: Math.max(1, Math.ceil((until - at) / 1_000)),
  });

async function lockedUntil(client: pg.ClientBase, name: string): Promise<number | null> {
  const { rows } = await client.query<{ until: string | null }>(
    'SELECT locked_until AS until FROM sign_in_counts WHERE name = $1',
    [name],
  );
  const until = rows[0]?.until ?? null;
  return until === null ? null : Number(until);
}

/** The attempt was right, or an administrator vouches: nothing is counted any more, and nothing locked. */
export async function forgive(client: pg.ClientBase, name: string): Promise<boolean> {
  const { rowCount } = await client.query('DELETE FROM sign_in_counts WHERE name = $1', [name]);
  return rowCount === 1;
}

/** Removes counts nobody added to for a day; some at a time. */
export async function forgetOld(client: pg.ClientBase, at: number): Promise<void> {
  await client.query(
    `DELETE FROM sign_in_counts WHERE name IN (SELECT name FROM sign_in_counts WHERE last_at < $1 LIMIT 100 FOR UPDATE SKIP LOCKED)`,
    [at - FORGOTTEN_MS],
  );
}

/** Whether the address has failed so often of late that it is to wait. */
export async function addressIsBusy(client: pg.ClientBase, address: string | null, at: number): Promise<boolean> {
  if (address === null) return false;
  const { rows } = await client.query<{ failures: number }>({
    name: 'address-failures',
    text: `SELECT count(*)::int AS failures FROM (
             SELECT 1 FROM security_log WHERE address = $1 AND at > $2 AND event IN ('sign-in-failed', 'second-factor-failed') LIMIT $3) f`,
    values: [address, at - ADDRESS_MS, ADDRESS_FAILURES],
  });
  return (rows[0]?.failures ?? 0) >= ADDRESS_FAILURES;
}
