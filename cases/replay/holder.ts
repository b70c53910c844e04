/** Who answered for a post on a day: by tenure and absence, as the register says it was that day. */
import { POST_NAME } from './names.ts';
import { deputyOn, holderOn } from '../register/acting.ts';
import type { Queryable } from '../office.ts';

export interface ReplayHolder {
  readonly post: string;
  readonly title: string;
  /** Who held it that day; `null`: vacant. */
  readonly person: string | null;
  readonly name: string | null;
  /** Who stood in for an absent holder. */
  readonly deputy: { readonly person: string; readonly name: string } | null;
  readonly absent: boolean;
}

export async function holderThen(client: Queryable, post: string, on: string): Promise<ReplayHolder> {
  const person = await holderOn(client, post, on);
  const away = await deputyOn(client, post, on);
  const { rows } = await client.query<{ of: string; id: string; name: string }>(
    `SELECT 'post' AS of, p.id, ${POST_NAME} AS name FROM posts p LEFT JOIN units u ON u.id = p.unit_id WHERE p.id = $1
     UNION ALL SELECT 'person', id, name FROM persons WHERE id = ANY($2::text[])`,
    [post, [person, away?.deputy ?? null].filter((id) => id !== null)],
  );
  const nameOf = (of: string, id: string): string => rows.find((row) => row.of === of && row.id === id)?.name ?? id;
  const deputy = away?.deputy ?? null;
  return {
    post,
    title: nameOf('post', post),
    person,
    name: person === null ? null : nameOf('person', person),
    deputy: deputy === null ? null : { person: deputy, name: nameOf('person', deputy) },
    absent: away !== null,
  };
}
