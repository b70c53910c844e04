/** Which posts a symbolic addressee means today; the person is found when the message is frozen. */
import type pg from 'pg';
import type { Addressee } from '../domain/kernel/process.ts';

/** Stands for an addressee no post answers to; the notice ledger turns it into an alert, never into silence. */
export const NO_POST = '-';

/** Posts by addressee, in the order asked. An open superior chain without a post ends at the district office. */
export async function resolveAddressees(
  client: Pick<pg.ClientBase, 'query'>,
  addressees: readonly Addressee[],
): Promise<readonly (readonly string[])[]> {
  const superiors = await superiorsOf(
    client,
    addressees.flatMap((to) => ('superiorOf' in to ? [to.superiorOf] : [])),
  );
  const offices = new Map<string, readonly string[]>();
  const found: (readonly string[])[] = [];
  for (const to of addressees) {
    if ('post' in to) {
      found.push([to.post]);
      continue;
    }
    const superior = 'superiorOf' in to ? superiors.get(to.superiorOf) : undefined;
    if (superior !== undefined) {
      found.push([superior]);
      continue;
    }
    const role = 'role' in to ? to.role : 'district-office';
    const unit = 'role' in to ? to.unit : undefined;
    const key = `${role} ${unit ?? ''}`;
    const posts = offices.get(key) ?? (await postsWithRole(client, role, unit));
    offices.set(key, posts);
    found.push(posts.length === 0 ? [NO_POST] : posts);
  }
  return found;
}

async function superiorsOf(
  client: Pick<pg.ClientBase, 'query'>,
  posts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (posts.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; superior_id: string }>({
    name: 'superiors',
    text: 'SELECT id, superior_id FROM posts WHERE id = ANY($1) AND superior_id IS NOT NULL',
    values: [[...new Set(posts)]],
  });
  return new Map(rows.map(({ id, superior_id }) => [id, superior_id]));
}

/** The posts of a role in the unit, or in the nearest unit above it that has one; everywhere when no unit is named. */
async function postsWithRole(
  client: Pick<pg.ClientBase, 'query'>,
  role: string,
  unit: string | undefined,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'posts-with-role',
    text: `WITH RECURSIVE up AS (
             SELECT id, parent_id, 0 AS height FROM units WHERE id = $2
             UNION ALL SELECT u.id, u.parent_id, up.height + 1 FROM units u JOIN up ON u.id = up.parent_id),
           found AS (SELECT p.id, coalesce(up.height, 0) AS height FROM posts p LEFT JOIN up ON up.id = p.unit_id
                      WHERE p.role = $1 AND p.to_on IS NULL AND ($2::text IS NULL OR up.id IS NOT NULL))
           SELECT id FROM found WHERE height = (SELECT min(height) FROM found) ORDER BY id`,
    values: [role, unit ?? null],
  });
  return rows.map(({ id }) => id);
}
