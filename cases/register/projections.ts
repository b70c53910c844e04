/** Writes the rows of the register that a batch changed. Knows no rule; the journal is the truth, these are its tables. */
import type pg from 'pg';
import type { PersonalData } from '../../domain/register/change.ts';
import type { Register } from '../../domain/register/register.ts';

/** Table by table: the row's SQL columns, their types, and the row's values in that order. */
const TABLES = {
  units: {
    columns: 'id text, name text, kind text, parent_id text, path text',
    keys: ['id', 'name', 'kind', 'parent', 'path'],
  },
  posts: {
    columns: 'id text, unit_id text, title text, role text, superior_id text, class text, from_on text, to_on text',
    keys: ['id', 'unit', 'title', 'role', 'superior', 'class', 'fromOn', 'toOn'],
  },
  subjects: {
    columns: `id text, name text, credit_code text, class text, risk text, status text, trade text, unit_id text, address text,
      opened_on text, closed_on text`,
    keys: ['id', 'name', 'creditCode', 'class', 'risk', 'status', 'trade', 'unit', 'address', 'openedOn', 'closedOn'],
  },
  bindings: {
    columns: 'id text, subject_id text, post_id text, from_on text, to_on text',
    keys: ['id', 'subject', 'post', 'fromOn', 'toOn'],
  },
  pledges: {
    columns: 'id text, person_id text, post_id text, version text, signed_on text, with_post text, document text',
    keys: ['id', 'person', 'post', 'version', 'signedOn', 'withPost', 'document'],
  },
  tenures: {
    columns: 'id text, person_id text, post_id text, from_on text, to_on text',
    keys: ['id', 'person', 'post', 'fromOn', 'toOn'],
  },
  absences: {
    columns: 'id text, person_id text, deputy_id text, from_on text, to_on text, cause text',
    keys: ['id', 'person', 'deputy', 'fromOn', 'toOn', 'cause'],
  },
} as const;

type Table = keyof typeof TABLES;

/** The order in which rows are locked and written; the first five as `cases/facts.ts` locks them. */
const ORDER: readonly Table[] = ['units', 'posts', 'subjects', 'bindings', 'pledges', 'tenures', 'absences'];

type Row = Readonly<Record<string, string | null>> & { readonly id: string };

const rowsOf = (register: Register, table: Table) =>
  register[table] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Row>;

const namesOf = (table: Table): readonly string[] =>
  TABLES[table].columns.split(',').map((column) => column.trim().split(' ')[0] ?? '');

/**
 * Locks what commands of cases rest on: posts and subjects the batch is about even where only their tenure or binding
 * changes. A command that has share-locked them is waited for.
 */
export async function lockRows(
  client: pg.ClientBase,
  posts: readonly string[],
  subjects: readonly string[],
): Promise<void> {
  for (const [table, ids] of [['posts', posts] as const, ['subjects', subjects] as const]) {
    if (ids.length === 0) continue;
    await client.query(`SELECT 1 FROM ${table} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`, [ids]);
  }
}

/** Writes every row that is not the same object before and after, and deletes the ones that are gone. */
export async function writeProjections(client: pg.ClientBase, before: Register, after: Register): Promise<void> {
  for (const table of ORDER) {
    const [was, is] = [rowsOf(before, table), rowsOf(after, table)];
    const gone = [...was.keys()].filter((id) => !is.has(id));
    if (gone.length > 0) await client.query(`DELETE FROM ${table} WHERE id = ANY($1)`, [gone]);
    const changed = [...is.values()].filter((row) => was.get(row.id) !== row);
    // What ends is written before what begins: one open tenure a post, one open binding a subject.
    await upsert(
      client,
      table,
      changed.filter(({ id }) => was.has(id)),
    );
    await upsert(
      client,
      table,
      changed.filter(({ id }) => !was.has(id)),
    );
  }
}

async function upsert(client: pg.ClientBase, table: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, keys } = TABLES[table];
  const names = namesOf(table);
  const records = rows.map((row) =>
    Object.fromEntries(keys.map((key, i): [string, string | null] => [names[i] ?? key, row[key] ?? null])),
  );
  const update = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  await client.query(
    `INSERT INTO ${table} (${names.join(', ')})
     SELECT ${names.join(', ')} FROM jsonb_to_recordset($1::jsonb) AS x(${columns}) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET ${update.join(', ')}`,
    [JSON.stringify(records)],
  );
}

export async function writePersons(
  client: pg.ClientBase,
  persons: ReadonlyMap<string, PersonalData & { readonly generated?: boolean }>,
): Promise<void> {
  if (persons.size === 0) return;
  const records = [...persons].map(([id, data]) => ({ id, ...data }));
  await client.query(
    `INSERT INTO persons (id, name, email, phone, generated)
     SELECT id, name, email, phone, coalesce(generated, false)
       FROM jsonb_to_recordset($1::jsonb) AS x(id text, name text, email text, phone text, generated boolean) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone`,
    [JSON.stringify(records)],
  );
}
