/** Which calendars, ladders, policies and rule packs were ever in force, since when and by whom. Reads only. */
import { UnknownContent, type ContentKind, type Queryable } from './office.ts';

export interface PublishedContent {
  readonly publication: string;
  readonly kind: ContentKind;
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly at: number;
  /** Who published it; `build:<id>` where the build brought it. */
  readonly person: string;
  /** `null` where the build brought it. */
  readonly personName: string | null;
  readonly reason: string | null;
  readonly inForce: boolean;
}

/** Newest first. */
export async function listContents(db: Queryable, kind: ContentKind): Promise<readonly PublishedContent[]> {
  const { rows } = await db.query<Omit<PublishedContent, 'at'> & { at: string }>(
    `SELECT p.id AS publication, p.kind, p.name, c.version, p.hash, p.at, p.person, h.name AS "personName", p.reason,
            p.id = max(p.id) OVER (PARTITION BY p.kind, p.name) AS "inForce"
       FROM publications p JOIN contents c ON c.hash = p.hash LEFT JOIN persons h ON h.id = p.person
      WHERE p.kind = $1 ORDER BY p.id DESC LIMIT 500`,
    [kind],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** The body of what is in force of a kind, by name. */
export async function bodiesInForce<T>(
  db: Queryable,
  kind: ContentKind,
): Promise<readonly { readonly hash: string; readonly body: T }[]> {
  const { rows } = await db.query<{ hash: string; body: string }>(
    `SELECT DISTINCT ON (p.name) p.hash, c.body FROM publications p JOIN contents c ON c.hash = p.hash
      WHERE p.kind = $1 ORDER BY p.name, p.id DESC`,
    [kind],
  );
  return rows.map(({ hash, body }) => ({ hash, body: JSON.parse(body) as T }));
}

export interface Content {
  readonly hash: string;
  readonly kind: ContentKind;
  readonly name: string;
  readonly version: string;
  readonly storedAt: number;
  readonly body: unknown;
}

/** Any content ever stored. Throws `UnknownContent`. */
export async function contentOf(db: Queryable, hash: string): Promise<Content> {
  const { rows } = await db.query<{
    hash: string;
    kind: ContentKind;
    name: string;
    version: string;
    stored_at: string;
    body: string;
  }>('SELECT hash, kind, name, version, stored_at, body FROM contents WHERE hash = $1', [hash]);
  const [row] = rows;
  if (row === undefined) throw new UnknownContent(hash);
  const { stored_at, body, ...same } = row;
  return { ...same, storedAt: Number(stored_at), body: JSON.parse(body) as unknown };
}

/** How many cases are still to be counted again after a publication. */
export async function recountsLeft(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ left: number }>('SELECT count(*)::int AS left FROM recounts');
  return rows[0]?.left ?? 0;
}
