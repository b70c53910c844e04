/** Who was refused, and who read what is sensitive: an append-only table beside the journal. */
import type pg from 'pg';
import type { Actor } from '../domain/kernel/process.ts';
import type { CasesDeps } from './deps.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** `refused`: the right was missing; `not-visible`: a case or row out of reach was asked for; `read`: sensitive data was shown. */
export const ACCESS_OUTCOMES = ['refused', 'not-visible', 'read'] as const;
export type AccessOutcome = (typeof ACCESS_OUTCOMES)[number];

export interface Access {
  readonly outcome: AccessOutcome;
  readonly right: string;
  /** The operation, e.g. `GET /api/cases/{id}`. */
  readonly route: string;
  /** A case, a register row, a file; absent where a list was asked for. */
  readonly about?: string | undefined;
  /** Which sensitive data: `contact`, `texts`, `evidence`, `export`. */
  readonly what?: string | undefined;
  readonly request: string;
}

/** By the database's clock, unless a test says what time it is. */
export async function logAccess(db: Queryable, actor: Actor, access: Access, at: number | null = null): Promise<void> {
  await db.query({
    name: 'log-access',
    text: `INSERT INTO access_log (at, person, post, capacity, outcome, access_right, route, about, what, request)
           VALUES (coalesce($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      at,
      actor.person,
      actor.post,
      actor.capacity,
      access.outcome,
      access.right,
      access.route,
      access.about ?? null,
      access.what ?? null,
      access.request,
    ],
  });
}

/** Writes it down on a connection of its own, by the instant a test says it is, or the database's clock. */
export async function noteAccess(
  { pool, now }: Pick<CasesDeps, 'pool' | 'now'>,
  actor: Actor,
  access: Access,
): Promise<void> {
  if (now === undefined) return logAccess(pool, actor, access);
  const client = await pool.connect();
  try {
    await logAccess(client, actor, access, await now(client));
  } finally {
    client.release();
  }
}

export interface AccessRow {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly personName: string | null;
  readonly post: string;
  readonly postTitle: string | null;
  readonly capacity: string;
  readonly outcome: string;
  readonly right: string;
  readonly route: string;
  readonly about: string | null;
  readonly what: string | null;
  readonly request: string;
}

export interface AccessFilter {
  readonly person?: string;
  readonly right?: string;
  readonly outcome?: string;
  readonly about?: string;
  /** Epoch ms, inclusive and exclusive. */
  readonly from?: number;
  readonly to?: number;
}

/** Newest first, before the id. */
export async function listAccess(
  db: Queryable,
  filter: AccessFilter,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<readonly AccessRow[]> {
  const { rows } = await db.query<AccessRow & { at: string }>(
    `SELECT l.id::text, l.at, l.person, h.name AS "personName", l.post, p.title AS "postTitle", l.capacity, l.outcome,
            l.access_right AS "right", l.route, l.about, l.what, l.request
       FROM access_log l LEFT JOIN persons h ON h.id = l.person LEFT JOIN posts p ON p.id = l.post
      WHERE ($1::text IS NULL OR l.person = $1) AND ($2::text IS NULL OR l.access_right = $2)
        AND ($3::text IS NULL OR l.outcome = $3) AND ($4::text IS NULL OR l.about = $4)
        AND ($5::bigint IS NULL OR l.at >= $5) AND ($6::bigint IS NULL OR l.at < $6)
        AND ($7::bigint IS NULL OR l.id < $7)
      ORDER BY l.id DESC LIMIT $8`,
    [
      filter.person ?? null,
      filter.right ?? null,
      filter.outcome ?? null,
      filter.about ?? null,
      filter.from ?? null,
      filter.to ?? null,
      before ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
