/** Names behind ids of any kind, for tables: people, posts, units, subjects. */
import type { CasesDeps } from '../cases/deps.ts';
import { POST_NAME, stringsIn } from '../cases/replay/names.ts';
import type { NameOf } from './cycle-text.ts';

export async function namesIn({ pool }: Pick<CasesDeps, 'pool'>, values: unknown): Promise<NameOf> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `SELECT id, name FROM subjects WHERE id = ANY($1::text[]) UNION ALL SELECT id, name FROM units WHERE id = ANY($1::text[])
     UNION ALL SELECT id, name FROM persons WHERE id = ANY($1::text[])
     UNION ALL SELECT p.id, ${POST_NAME} FROM posts p LEFT JOIN units u ON u.id = p.unit_id WHERE p.id = ANY($1::text[])`,
    [stringsIn(values)],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
