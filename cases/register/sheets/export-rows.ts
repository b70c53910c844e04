/** The register's rows as sheets show them: Chinese for codes, days as text. Everything that was ever in it, in id order. */
import type pg from 'pg';
import { sheetShape, type Column, type SheetId } from './columns.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Column keys in SQL; the order of rows keeps what stands above before what stands below where a reader cares. */
const QUERIES: Readonly<Record<SheetId, string>> = {
  units: 'SELECT id AS unit, name, kind, parent_id AS parent FROM units ORDER BY path',
  posts: `SELECT id AS post, unit_id AS unit, title, role, superior_id AS superior, class, from_on AS "fromOn", to_on AS "toOn"
            FROM posts ORDER BY id`,
  persons: 'SELECT id AS person, name, email, phone FROM persons ORDER BY id',
  tenures: `SELECT post_id AS post, person_id AS person, from_on AS "fromOn", to_on AS "toOn"
              FROM tenures ORDER BY post_id, from_on, person_id`,
  subjects: `SELECT id AS subject, name, credit_code AS "creditCode", class, risk, status, trade, unit_id AS unit, address,
               opened_on AS "openedOn", closed_on AS "closedOn" FROM subjects ORDER BY id`,
  bindings: `SELECT subject_id AS subject, post_id AS post, from_on AS "fromOn", to_on AS "toOn"
               FROM bindings ORDER BY subject_id, from_on, post_id`,
  pledges: `SELECT post_id AS post, person_id AS person, version, signed_on AS "signedOn", with_post AS "withPost", document
              FROM pledges ORDER BY post_id, person_id, version`,
};

export async function exportRows(client: Queryable, sheet: SheetId): Promise<readonly (readonly (string | null)[])[]> {
  const { columns } = sheetShape(sheet);
  const { rows } = await client.query<Record<string, string | null>>(QUERIES[sheet]);
  return rows.map((row) => columns.map((column) => shown(column, row[column.key] ?? null)));
}

function shown({ choices }: Column, value: string | null): string | null {
  if (choices === undefined || value === null) return value;
  return Object.entries(choices).find(([, code]) => code === value)?.[0] ?? value;
}
