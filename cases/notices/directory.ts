/** The part of the register that finds readers: posts with their chains of command, holders today, absences, addresses. */
import type { Directory } from '../../domain/notices/addressee.ts';
import type { Queryable } from '../office.ts';

interface PostRow {
  id: string;
  title: string;
  unit: string | null;
  superior_id: string | null;
  holder: string | null;
}

/** Of `posts` and everything above them, as of the day `on`. A closed post has nobody; its superior may. */
export async function readDirectory(client: Queryable, posts: readonly string[], on: string): Promise<Directory> {
  const { rows } = await client.query<PostRow>({
    name: 'notice-directory',
    text: `WITH RECURSIVE chain AS (
             SELECT id FROM posts WHERE id = ANY($1::text[])
             UNION SELECT p.superior_id FROM posts p JOIN chain ON chain.id = p.id WHERE p.superior_id IS NOT NULL)
           SELECT p.id, p.title, u.name AS unit, p.superior_id,
                  (SELECT t.person_id FROM tenures t
                    WHERE t.post_id = p.id AND t.from_on <= $2 AND (t.to_on IS NULL OR t.to_on > $2)
                      AND p.from_on <= $2 AND (p.to_on IS NULL OR p.to_on > $2)
                    ORDER BY t.from_on DESC, t.id LIMIT 1) AS holder
             FROM posts p JOIN chain ON chain.id = p.id LEFT JOIN units u ON u.id = p.unit_id`,
    values: [posts, on],
  });
  const absences = await client.query<{ person_id: string; deputy_id: string | null }>({
    name: 'notice-absences',
    text: `SELECT DISTINCT ON (person_id) person_id, deputy_id FROM absences
            WHERE from_on <= $1 AND to_on >= $1 ORDER BY person_id, deputy_id IS NULL, from_on DESC, id`,
    values: [on],
  });
  const wanted = [
    ...rows.flatMap(({ holder }) => (holder === null ? [] : [holder])),
    ...absences.rows.flatMap(({ deputy_id }) => (deputy_id === null ? [] : [deputy_id])),
  ];
  const persons = await client.query<{ id: string; name: string; email: string | null }>({
    name: 'notice-persons',
    text: 'SELECT id, name, email FROM persons WHERE id = ANY($1::text[])',
    values: [[...new Set(wanted)]],
  });
  return {
    posts: new Map(
      rows.map(({ id, title, unit, superior_id, holder }) => [
        id,
        { id, title: unit === null ? title : `${unit} ${title}`, superior: superior_id, holder },
      ]),
    ),
    absent: new Map(absences.rows.map(({ person_id, deputy_id }) => [person_id, deputy_id])),
    persons: new Map(
      persons.rows.map(({ id, name, email }) => [id, { id, name, address: email === '' ? null : email }]),
    ),
  };
}
