/**
 * Do the register's tables say what its journal says? Folds every chain and compares row by row; a row that was changed
 * behind the journal's back is named. Text that was erased is not compared.
 */
import type pg from 'pg';
import { dataIdentity } from '../../domain/register/amend-people.ts';
import { foldRegister, TABLES, type FoldedRegister, type ToldChain } from '../../domain/register/fold.ts';
import type { RegisterEntry } from './chains.ts';
import { readRows } from './slice.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface TableDifference {
  readonly table: (typeof TABLES)[number];
  readonly id: string;
  /** `missing`: in the journal only. `unknown`: in the table only. */
  readonly code: 'missing' | 'unknown' | 'differs';
}

/** Sorted by table and id; empty when tables and journal agree. Reads everything: some seconds for 20,000 subjects. */
export async function compareTables(client: Queryable): Promise<readonly TableDifference[]> {
  const folded = foldRegister(await chainsOf(client));
  const differences: TableDifference[] = [];
  for (const table of TABLES) {
    const rows =
      table === 'persons'
        ? await personRows(client, folded.persons)
        : await readRows<{ id: string }>(client, table, '', []);
    const told: ReadonlyMap<string, object> = folded[table];
    for (const id of [...new Set([...told.keys(), ...rows.keys()])].sort()) {
      const [is, was] = [rows.get(id), told.get(id)];
      if (is === undefined) differences.push({ table, id, code: 'missing' });
      else if (was === undefined) differences.push({ table, id, code: 'unknown' });
      else if (!agree(was, is)) differences.push({ table, id, code: 'differs' });
    }
  }
  return differences;
}

const agree = (told: object, row: object): boolean => {
  const values = Object.entries(row);
  const expected = new Map(Object.entries(told));
  return values.length === expected.size && values.every(([field, value]) => expected.get(field) === value);
};

async function chainsOf(client: Queryable): Promise<readonly ToldChain[]> {
  const { rows } = await client.query<{ chain: string; bodies: string[] }>(
    `SELECT e.chain, array_agg(e.body ORDER BY e.seq) AS bodies FROM entries e JOIN register_chains c ON c.id = e.chain GROUP BY e.chain`,
  );
  return rows.map(({ chain, bodies }) => ({
    chain,
    changes: bodies.flatMap((body) => (JSON.parse(body) as RegisterEntry).changes),
  }));
}

/** Persons as the journal knows them: a row whose data is not what its text holds names no text. */
async function personRows(client: Queryable, told: FoldedRegister['persons']): Promise<ReadonlyMap<string, object>> {
  const { rows } = await client.query<{
    id: string;
    name: string;
    email: string | null;
    phone: string | null;
    generated: boolean;
  }>('SELECT id, name, email, phone, generated FROM persons');
  const texts = await client.query<{ id: string; body: string | null }>(
    'SELECT id, body FROM texts WHERE id = ANY($1)',
    [[...told.values()].map(({ text }) => text)],
  );
  const bodies = new Map(texts.rows.map(({ id, body }) => [id, body]));
  return new Map(
    rows.map(({ id, generated, ...data }) => {
      const text = told.get(id)?.text ?? '';
      const body = bodies.get(text);
      return [id, { id, generated, text: body === null || body === dataIdentity(data) ? text : '' }];
    }),
  );
}
