/** Who holds a post on a day, who stands in, who is above, and as what a person may act. Knows no rule and no session. */
import type pg from 'pg';
import { ZONE } from '../../domain/kernel/civil-day.ts';
import type { Actor, PostRole } from '../../domain/kernel/process.ts';
import { mayBeTogether } from '../../domain/rights/table.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** In force on the day: from its first day until the day before its end. */
const HOLDS = (alias: string, day = '$2'): string =>
  `${alias}.from_on <= ${day} AND (${alias}.to_on IS NULL OR ${day} < ${alias}.to_on)`;

/** The day that was asked for; today by the database's clock where none was. */
const DAY = `coalesce($2, to_char(now() AT TIME ZONE '${ZONE}', 'YYYY-MM-DD'))`;

/** The person who holds the post on the day, `null` while it is vacant. */
export async function holderOn(client: Queryable, post: string, on: string): Promise<string | null> {
  const { rows } = await client.query<{ person: string }>({
    name: 'holder-on',
    text: `SELECT person_id AS person FROM tenures t WHERE post_id = $1 AND ${HOLDS('t')} ORDER BY from_on DESC LIMIT 1`,
    values: [post, on],
  });
  return rows[0]?.person ?? null;
}

export interface Deputy {
  readonly absence: string;
  readonly absent: string;
  /** `null`: absent, and nobody was named. */
  readonly deputy: string | null;
  /** Last day of the absence. */
  readonly until: string;
}

/** Who stands in for the absent holder of the post on the day; `null` when the holder is there, or there is none. */
export async function deputyOn(client: Queryable, post: string, on: string): Promise<Deputy | null> {
  const { rows } = await client.query<Deputy>({
    name: 'deputy-on',
    text: `SELECT a.id AS absence, a.person_id AS absent, a.deputy_id AS deputy, a.to_on AS until
             FROM tenures t JOIN absences a ON a.person_id = t.person_id AND a.from_on <= $2 AND $2 <= a.to_on
            WHERE t.post_id = $1 AND ${HOLDS('t')} ORDER BY a.from_on DESC, t.from_on DESC LIMIT 1`,
    values: [post, on],
  });
  return rows[0] ?? null;
}

/** The posts above, nearest first; ends where nobody is named, or where the chain would close. */
export async function superiorChain(client: Queryable, post: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'superior-chain',
    text: `WITH RECURSIVE up AS (
             SELECT superior_id AS id, 1 AS height, ARRAY[id] AS seen FROM posts WHERE id = $1
             UNION ALL
             SELECT p.superior_id, up.height + 1, up.seen || p.id FROM posts p JOIN up ON p.id = up.id
              WHERE p.id <> ALL(up.seen))
           SELECT id FROM up WHERE id IS NOT NULL AND id <> ALL(seen) ORDER BY height`,
    values: [post],
  });
  return rows.map(({ id }) => id);
}

export interface HeldPost {
  readonly post: string;
  readonly title: string;
  readonly role: PostRole;
  readonly unit: string;
  readonly unitName: string;
  /** The absence under which it is held as a deputy; `null` for an own post. */
  readonly absence: string | null;
}

/** What a deputy acts on, as it stands in an entry: the absence of whom they stand in for. */
export const authorityOf = (absence: string): string => `absence/${absence}`;

/** The absence in an authority; `null` where it is none. */
export const absenceIn = (authority: string): string | null => /^absence\/(.+)$/.exec(authority)?.[1] ?? null;

export type ActingProblem =
  | { readonly code: 'person-unknown' }
  /** Known, but holds no post on the day and stands in for nobody. */
  | { readonly code: 'no-post' }
  | { readonly code: 'post-not-held'; readonly post: string }
  /** Several posts: the caller must say for which one. */
  | { readonly code: 'post-ambiguous'; readonly posts: readonly { readonly post: string; readonly title: string }[] };

export type Acting = { readonly actor: Actor } | { readonly problem: ActingProblem };

/** Every post the person may act for on the day, or today by the database's clock where `on` is `null`. */
export async function heldPosts(client: Queryable, person: string, on: string | null): Promise<readonly HeldPost[]> {
  const { rows } = await client.query<HeldPost>({
    name: 'held-posts',
    text: `SELECT p.id AS post, p.title, p.role, p.unit_id AS unit, u.name AS "unitName", NULL AS absence
             FROM tenures t JOIN posts p ON p.id = t.post_id JOIN units u ON u.id = p.unit_id WHERE t.person_id = $1 AND ${HOLDS('t', DAY)}
           UNION ALL
           SELECT p.id, p.title, p.role, p.unit_id, u.name, a.id
             FROM absences a JOIN tenures t ON t.person_id = a.person_id AND ${HOLDS('t', DAY)} JOIN posts p ON p.id = t.post_id
                  JOIN units u ON u.id = p.unit_id
            WHERE a.deputy_id = $1 AND a.from_on <= ${DAY} AND ${DAY} <= a.to_on
           ORDER BY post`,
    values: [person, on],
  });
  return keptApart(rows);
}

/** Own posts, and those stood in for as far as the administrators keep apart (三员分立). */
function keptApart(rows: readonly HeldPost[]): readonly HeldPost[] {
  const kept = rows.filter(({ absence }) => absence === null);
  for (const row of rows)
    if (row.absence !== null && kept.every(({ role }) => mayBeTogether(role, row.role))) kept.push(row);
  return rows.filter((row) => kept.includes(row));
}

const actorFor = (person: string, { post, role, unit, absence }: HeldPost): Acting => {
  const actor = { person, post, role, unit };
  return {
    actor:
      absence === null
        ? { ...actor, capacity: 'self' }
        : { ...actor, capacity: 'deputy', authority: authorityOf(absence) },
  };
};

/**
 * As what the person acts on the day, or today by the database's clock where `on` is `null`. With `post`: that post, held by themselves or for an absent colleague. Without: the
 * only post of their own, or, with none of their own, the only one they stand in for.
 */
export async function actorOf(
  client: Queryable,
  person: string,
  post: string | undefined,
  on: string | null,
): Promise<Acting> {
  const held = await heldPosts(client, person, on);
  const own = held.filter(({ absence }) => absence === null);
  if (post !== undefined) {
    const wanted = own.find((row) => row.post === post) ?? held.find((row) => row.post === post);
    if (wanted !== undefined) return actorFor(person, wanted);
  }
  if (held.length === 0) {
    const { rowCount } = await client.query('SELECT 1 FROM persons WHERE id = $1', [person]);
    return { problem: { code: rowCount === 0 ? 'person-unknown' : 'no-post' } };
  }
  if (post !== undefined) return { problem: { code: 'post-not-held', post } };
  const choice = own.length > 0 ? own : held;
  const [only, second] = choice;
  if (only !== undefined && second === undefined) return actorFor(person, only);
  return { problem: { code: 'post-ambiguous', posts: held.map((row) => ({ post: row.post, title: row.title })) } };
}
