/** What happened to a subject, a post, a person or a unit, entry by entry, as the journal has it. Knows no names. */
import type pg from 'pg';
import type { RegisterEntry } from './chains.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface HistoryLine extends Pick<RegisterEntry, 'seq' | 'at' | 'effectiveOn' | 'actor' | 'changes'> {
  readonly hash: string;
}

/** `chain`: `subject/<id>`, `post/<id>`, `person/<id>`, `unit/<id>`. Empty for one that does not exist. */
export async function registerHistory(client: Queryable, chain: string): Promise<readonly HistoryLine[]> {
  const { rows } = await client.query<{ hash: string; body: string }>({
    name: 'register-history',
    text: 'SELECT hash, body FROM entries WHERE chain = $1 ORDER BY seq',
    values: [chain],
  });
  return rows.map(({ hash, body }) => {
    const { seq, at, effectiveOn, actor, changes } = JSON.parse(body) as RegisterEntry;
    return { seq, at, effectiveOn, actor, changes, hash };
  });
}
