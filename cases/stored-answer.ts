/**
 * What became of an act whose answer never arrived? Asked by the number the person gave it: the answer stands in the same
 * transaction as the entry, so there is one exactly when the act was decided. Nobody sees another person's acts.
 */
import type pg from 'pg';
import type { Answer } from './apply.ts';

/** The answer to a command on a case; undefined when nothing arrived under the number, or nothing on a case. */
export async function storedAnswer(
  db: Pick<pg.ClientBase, 'query'>,
  person: string,
  key: string,
): Promise<Answer | undefined> {
  const { rows } = await db.query<{ answer: Answer | null }>({
    name: 'answer-by-key',
    text: "SELECT answer FROM commands WHERE actor = $1 AND key = $2 AND answer ? 'caseId'",
    values: [person, key],
  });
  return rows[0]?.answer ?? undefined;
}
