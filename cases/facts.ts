/** The register rows a command rests on: read and share-locked in its transaction, ids and codes only, in one order. */
import type pg from 'pg';
import type { Facts, Json, Need } from '../domain/kernel/process.ts';

const QUERIES: Record<Need['of'], string> = {
  subject: `SELECT s.id, jsonb_build_object('status', s.status, 'class', s.class, 'risk', s.risk, 'unit', s.unit_id) AS fact
              FROM subjects s WHERE s.id = ANY($1) ORDER BY s.id FOR SHARE`,
  post: `SELECT p.id, jsonb_build_object('unit', p.unit_id, 'unitPath', u.path, 'role', p.role, 'superior', p.superior_id,
                'class', p.class, 'toOn', p.to_on) AS fact
           FROM posts p JOIN units u ON u.id = p.unit_id WHERE p.id = ANY($1) ORDER BY p.id FOR SHARE OF p`,
  unit: `SELECT u.id, jsonb_build_object('kind', u.kind, 'parent', u.parent_id, 'path', u.path) AS fact
           FROM units u WHERE u.id = ANY($1) ORDER BY u.id FOR SHARE`,
  binding: `SELECT b.id, jsonb_build_object('subject', b.subject_id, 'post', b.post_id, 'fromOn', b.from_on, 'toOn', b.to_on) AS fact
              FROM bindings b WHERE b.id = ANY($1) ORDER BY b.id FOR SHARE`,
  pledge: `SELECT p.id, jsonb_build_object('person', p.person_id, 'post', p.post_id, 'version', p.version, 'signedOn', p.signed_on) AS fact
             FROM pledges p WHERE p.id = ANY($1) ORDER BY p.id FOR SHARE`,
};

/** Lock order of the kinds of register rows; rows of a kind are locked in the order of their ids. */
const ORDER: readonly Need['of'][] = ['unit', 'post', 'subject', 'binding', 'pledge'];

export async function readFacts(client: pg.ClientBase, needs: readonly Need[]): Promise<Facts> {
  const facts: Record<string, Json> = {};
  const idsOf = (of: Need['of']): string[] =>
    [...new Set(needs.filter((need) => need.of === of).map(({ id }) => id))].sort();
  const wanted = ORDER.map((of) => ({ of, ids: idsOf(of) })).filter(({ ids }) => ids.length > 0);
  if (wanted.length === 0) return facts;
  for (const { of, ids } of wanted) for (const id of ids) facts[`${of}/${id}`] = null;
  const kinds = wanted.map(({ of }) => of);
  const { rows } = await client.query<{ of: Need['of']; id: string; fact: Json }>({
    name: `facts-${kinds.join('-')}`,
    text: statementFor(kinds),
    values: wanted.map(({ ids }) => ids),
  });
  for (const { of, id, fact } of rows) facts[`${of}/${id}`] = fact;
  const posts = wanted.find(({ of }) => of === 'post');
  if (posts !== undefined) await addHolders(client, posts.ids, facts);
  return facts;
}

/** One statement for all kinds: its parts are run, and so lock, one after another. */
const statementFor = (kinds: readonly Need['of'][]): string =>
  kinds
    .map(
      (of, at) => `SELECT '${of}' AS of, id, fact FROM (${QUERIES[of].replace('$1', `$${String(at + 1)}`)}) ${of}_rows`,
    )
    .join(' UNION ALL ');

/** Read in a statement of its own, after the posts are locked: within the locking one it could be an older snapshot's. */
async function addHolders(client: pg.ClientBase, posts: readonly string[], facts: Record<string, Json>): Promise<void> {
  const { rows } = await client.query<{ post_id: string; person_id: string }>({
    name: 'facts-holders',
    text: 'SELECT post_id, person_id FROM tenures WHERE post_id = ANY($1) AND to_on IS NULL',
    values: [posts],
  });
  const holders = new Map(rows.map(({ post_id, person_id }) => [post_id, person_id]));
  for (const id of posts) {
    const fact = facts[`post/${id}`];
    if (fact !== null && fact !== undefined)
      facts[`post/${id}`] = { ...(fact as object), holder: holders.get(id) ?? null };
  }
}
