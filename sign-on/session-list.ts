/** Which sessions a person has, and how they end: signed out, revoked, or turned to another post. */
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { SignOnRefused, type Caller, type SignOnDeps } from './deps.ts';
import { postsOf } from './posts.ts';
import { logSecurity, type SecurityEvent } from './security-log.ts';
import type { Level, SignedIn } from './sessions.ts';

export interface ListedSession {
  readonly id: string;
  readonly post: string | null;
  readonly postTitle: string | null;
  readonly level: Level;
  readonly address: string | null;
  readonly browser: string | null;
  readonly startedAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
}

/** The sessions in force, last used first. */
export const sessionsOf = (deps: SignOnDeps, person: string): Promise<readonly ListedSession[]> =>
  inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const { rows } = await client.query<Record<'startedAt' | 'seenAt' | 'endsAt', string> & ListedSession>(
      `SELECT s.id, s.post, (SELECT title FROM posts p WHERE p.id = s.post) AS "postTitle", s.level, s.address, s.browser,
              s.started_at AS "startedAt", s.seen_at AS "seenAt", s.ends_at AS "endsAt"
         FROM sessions s WHERE s.person_id = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND s.awaits IS NULL
        ORDER BY s.seen_at DESC, s.id LIMIT 200`,
      [person, at, at - deps.limits.idleMs],
    );
    return rows.map((row) => ({
      ...row,
      startedAt: Number(row.startedAt),
      seenAt: Number(row.seenAt),
      endsAt: Number(row.endsAt),
    }));
  });

export const signOut = (deps: SignOnDeps, { digest, person, id }: SignedIn, caller: Caller): Promise<void> =>
  inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const { rowCount } = await client.query('DELETE FROM sessions WHERE digest = $1', [digest]);
    if (rowCount === 1) await logSecurity(client, { at, event: 'signed-out', person, session: id, caller });
  });

/** Ends one session of the person by its name, or all but `except`. Gives how many ended; throws `session-not-found`. */
export const revokeSessions = (
  deps: SignOnDeps,
  which: { readonly person: string; readonly id?: string; readonly except?: string },
  by: Pick<SecurityEvent, 'by' | 'caller'>,
): Promise<number> =>
  inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const { rows } = await client.query<{ id: string }>(
      'DELETE FROM sessions WHERE person_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3) RETURNING id',
      [which.person, which.id ?? null, which.except ?? null],
    );
    if (which.id !== undefined && rows.length === 0) throw new SignOnRefused('session-not-found');
    for (const { id } of rows) {
      await logSecurity(client, { at, event: 'session-revoked', person: which.person, session: id, ...by });
    }
    return rows.length;
  });

/** The session acts for another post of the person from now on. Throws `post-not-held`. */
export const switchPost = (
  deps: SignOnDeps,
  { digest, person, id, post: before }: SignedIn,
  post: string,
  caller: Caller,
): Promise<void> =>
  inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const held = await postsOf(deps, client, person);
    if (!held.some((one) => one.post === post)) throw new SignOnRefused('post-not-held', { post });
    await client.query('UPDATE sessions SET post = $2 WHERE digest = $1', [digest, post]);
    const details = { from: before ?? '', to: post };
    await logSecurity(client, { at, event: 'post-switched', person, session: id, caller, details });
  });
