/** Who holds a session: begun with a random token, found by its digest, over when idle, old or ended. Knows no cookie. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { instant, type Caller, type SignOnDeps } from './deps.ts';
import { PASSWORD_MS } from './password-age.ts';
import { digestOf, newToken } from './tokens.ts';

/** By what the person is known: a password, the government's single sign-on, or one of them and a second factor. */
export type Level = 'password' | 'oidc' | 'totp';
export type Method = Exclude<Level, 'totp'>;

export interface NewSession {
  readonly person: string;
  readonly post: string | null;
  readonly method: Method;
  readonly level: Level;
  /** `second-factor`: this session may only bring the second factor, or end. */
  readonly awaits: 'second-factor' | null;
  readonly caller: Caller;
}

export interface SignedIn {
  /** How lists and the log name the session. */
  readonly id: string;
  readonly digest: string;
  readonly person: string;
  /** The account's name. */
  readonly name: string;
  readonly post: string | null;
  readonly method: Method;
  readonly level: Level;
  readonly awaits: 'second-factor' | null;
  /** The password is new from an administrator, or too old. */
  readonly mustChangePassword: boolean;
  /** A second factor is enrolled. */
  readonly hasSecondFactor: boolean;
  readonly sample: boolean;
  readonly startedAt: number;
  readonly idleEndsAt: number;
  readonly endsAt: number;
  /** The instant of asking. */
  readonly now: number;
}

/** What is kept of the browser's name. */
const BROWSER_LENGTH = 200;

/** Writes a session and gives its token, which nobody can read again. In the caller's transaction. */
export async function beginSession(
  client: pg.ClientBase,
  { limits }: Pick<SignOnDeps, 'limits'>,
  { person, post, method, level, awaits, caller }: NewSession,
  at: number,
): Promise<{ readonly token: string; readonly id: string }> {
  const token = newToken();
  const id = randomUUID();
  await client.query({
    name: 'begin-session',
    text: `INSERT INTO sessions (digest, id, person_id, post, method, level, awaits, address, browser, started_at, seen_at, ends_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)`,
    values: [
      ...[digestOf(token), id, person, post, method, level, awaits],
      ...[caller.address, caller.browser?.slice(0, BROWSER_LENGTH) ?? null, at, at + limits.absoluteMs],
    ],
  });
  return { token, id };
}

/**
 * The same session under a new token, which the old one cannot find any more; `change` steps it up. Its end stays where
 * it was. `null` when somebody ended or renewed it in between.
 */
export async function renewSession(
  client: pg.ClientBase,
  digest: string,
  change: { readonly level: Level },
  at: number,
): Promise<{ readonly token: string; readonly id: string } | null> {
  const token = newToken();
  const { rows } = await client.query<{ id: string }>({
    name: 'renew-session',
    text: `UPDATE sessions SET digest = $2, level = $3, awaits = NULL, seen_at = $4 WHERE digest = $1 RETURNING id`,
    values: [digest, digestOf(token), change.level, at],
  });
  const [renewed] = rows;
  return renewed === undefined ? null : { token, id: renewed.id };
}

/** How often the last use is written down: a read costs no write but once a minute. */
const TOUCH_MS = 60_000;

interface Row {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly post: string | null;
  readonly method: Method;
  readonly level: Level;
  readonly awaits: 'second-factor' | null;
  readonly must_change: boolean;
  readonly has_totp: boolean;
  readonly sample: boolean;
  readonly started_at: string;
  readonly seen_at: string;
  readonly ends_at: string;
  readonly now: string;
}

/**
 * The session of a token; `null` when there is none, it is over, or the account was disabled. `quiet`: asked by the page
 * itself, not by the person, so the time of last use stays.
 */
export async function findSession(
  { pool, now: clock, limits }: Pick<SignOnDeps, 'pool' | 'now' | 'limits'>,
  token: string,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Promise<SignedIn | null> {
  const digest = digestOf(token);
  const client = await pool.connect();
  try {
    const at = clock === undefined ? null : await clock(client);
    const { rows } = await client.query<Row>({
      name: 'find-session',
      text: `SELECT s.id, s.person_id AS person, a.name, s.post, s.method, s.level, s.awaits, s.started_at, s.seen_at, s.ends_at,
                    n.now, a.sample, a.totp_confirmed_at IS NOT NULL AS has_totp,
                    s.method = 'password' AND (a.must_change OR coalesce(a.password_set_at < n.now - ${PASSWORD_MS}, false)) AS must_change
               FROM sessions s JOIN accounts a ON a.person_id = s.person_id, (SELECT ${instant('$2')} AS now) n
              WHERE s.digest = $1 AND a.disabled_at IS NULL AND n.now < s.ends_at AND n.now < s.seen_at + $3::bigint`,
      values: [digest, at, limits.idleMs],
    });
    const [row] = rows;
    if (row === undefined) return null;
    const now = Number(row.now);
    const touched = !quiet && now >= Number(row.seen_at) + TOUCH_MS;
    if (touched) {
      await client.query({
        name: 'touch-session',
        text: 'UPDATE sessions SET seen_at = $2 WHERE digest = $1 AND seen_at < $2',
        values: [digest, now],
      });
    }
    const endsAt = Number(row.ends_at);
    return {
      id: row.id,
      digest,
      person: row.person,
      name: row.name,
      post: row.post,
      method: row.method,
      level: row.level,
      awaits: row.awaits,
      mustChangePassword: row.must_change,
      hasSecondFactor: row.has_totp,
      sample: row.sample,
      startedAt: Number(row.started_at),
      idleEndsAt: Math.min(endsAt, (touched ? now : Number(row.seen_at)) + limits.idleMs),
      endsAt,
      now,
    };
  } finally {
    client.release();
  }
}
