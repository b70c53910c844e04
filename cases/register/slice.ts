/** The rows of the register that a batch of changes rests on, read set-based. Knows no rule. */
import type pg from 'pg';
import { dataIdentity } from '../../domain/register/amend-people.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import type {
  Absence,
  Binding,
  Pledge,
  Post,
  Register,
  Subject,
  Tenure,
  Unit,
} from '../../domain/register/register.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

const COLUMNS = {
  units: 'id, name, kind, parent_id AS parent, path',
  posts: 'id, unit_id AS unit, title, role, superior_id AS superior, class, from_on AS "fromOn", to_on AS "toOn"',
  tenures: 'id, person_id AS person, post_id AS post, from_on AS "fromOn", to_on AS "toOn"',
  absences: 'id, person_id AS person, deputy_id AS deputy, from_on AS "fromOn", to_on AS "toOn", cause',
  subjects: `id, name, credit_code AS "creditCode", class, risk, status, trade, unit_id AS unit, address,
    opened_on AS "openedOn", closed_on AS "closedOn"`,
  bindings: 'id, subject_id AS subject, post_id AS post, from_on AS "fromOn", to_on AS "toOn"',
  pledges:
    'id, person_id AS person, post_id AS post, version, signed_on AS "signedOn", with_post AS "withPost", document',
} as const;

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

/** Rows of a table by id, in the domain's shape. `where` is SQL of this folder's own. */
export async function readRows<Row extends { readonly id: string }>(
  client: Queryable,
  table: keyof typeof COLUMNS,
  where: string,
  values: readonly (string | null | readonly string[])[],
): Promise<Map<string, Row>> {
  const { rows } = await client.query<Row>(`SELECT ${COLUMNS[table]} FROM ${table} ${where}`, [...values]);
  return byId(rows);
}

/** What a batch names, by kind, each id once. */
export interface NamedIds {
  readonly posts: readonly string[];
  readonly persons: readonly string[];
  readonly subjects: readonly string[];
  readonly codes: readonly string[];
}

export function namedIds(changes: readonly RegisterChange[]): NamedIds {
  const posts = new Set<string>();
  const persons = new Set<string>();
  const subjects = new Set<string>();
  const codes = new Set<string>();
  for (const change of changes) {
    if ('post' in change) posts.add(change.post);
    if ('superior' in change && change.superior !== null) posts.add(change.superior);
    if ('withPost' in change) posts.add(change.withPost);
    if ('person' in change) persons.add(change.person);
    if ('deputy' in change && change.deputy !== null) persons.add(change.deputy);
    if ('subject' in change) subjects.add(change.subject);
    if ('creditCode' in change && change.creditCode !== undefined && change.creditCode !== null)
      codes.add(change.creditCode);
  }
  return { posts: [...posts], persons: [...persons], subjects: [...subjects], codes: [...codes] };
}

/**
 * Reads the slice: all units (a few hundred); the named posts with everybody above them, the offices, and the posts
 * that guarantee the named subjects; tenures, pledges and open bindings of those posts; what the named persons hold.
 */
export async function readSlice(client: Queryable, ids: NamedIds): Promise<Register> {
  const { persons, subjects, codes } = ids;
  const units = await readRows<Unit>(client, 'units', '', []);
  const bindings = await readRows<Binding>(
    client,
    'bindings',
    'WHERE subject_id = ANY($1) OR (to_on IS NULL AND post_id = ANY($2))',
    [subjects, ids.posts],
  );
  const tenures = await readRows<Tenure>(client, 'tenures', 'WHERE post_id = ANY($1) OR person_id = ANY($2)', [
    ids.posts,
    persons,
  ]);
  const near = new Set([...ids.posts, ...[...bindings.values(), ...tenures.values()].map(({ post }) => post)]);
  const posts = await readRows<Post>(
    client,
    'posts',
    `WHERE role IN ('town-office', 'district-office') OR id IN (
       WITH RECURSIVE up AS (
         SELECT id, superior_id FROM posts WHERE id = ANY($1)
         UNION SELECT p.id, p.superior_id FROM posts p JOIN up ON p.id = up.superior_id)
       SELECT id FROM up)`,
    [[...near]],
  );
  const bound = [...bindings.values()].map(({ subject }) => subject);
  const named = [...new Set([...subjects, ...bound])];
  return {
    units,
    posts,
    bindings,
    tenures,
    subjects: await readRows<Subject>(client, 'subjects', 'WHERE id = ANY($1) OR credit_code = ANY($2)', [
      named,
      codes,
    ]),
    absences: await readRows<Absence>(client, 'absences', 'WHERE person_id = ANY($1)', [persons]),
    pledges: await readRows<Pledge>(client, 'pledges', 'WHERE post_id = ANY($1)', [ids.posts]),
    persons: await readPersons(client, [
      ...new Set([...persons, ...[...tenures.values()].map(({ person }) => person)]),
    ]),
  };
}

async function readPersons(client: Queryable, ids: readonly string[]): Promise<Register['persons']> {
  const { rows } = await client.query<{ id: string; name: string; email: string | null; phone: string | null }>(
    'SELECT id, name, email, phone FROM persons WHERE id = ANY($1)',
    [ids],
  );
  return new Map(rows.map(({ id, ...data }) => [id, { id, data: dataIdentity(data) }]));
}
