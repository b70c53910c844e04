/** Which cases an acting person may see: the reach of a right as a condition on `cases c`. Commands and lists share it. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';

export interface Condition {
  /** Safe to be joined by AND; parameters from the number that was asked for. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * A post's own cases: it holds them, was told of them, acted in them, or guarantees their subject; and the cycles, which are
 * the whole office's: their scope, their plan's counts and their stage are no secret of any unit. The parameter is the post.
 */
const own = (post: string): string =>
  `c.id IN (SELECT h.id FROM cases h WHERE h.holder_post = ${post}
    UNION SELECT x.case_id FROM notices x WHERE x.post = ${post}
    UNION SELECT e.chain FROM entries e WHERE e.post = ${post}
    UNION SELECT g.id FROM bindings b JOIN cases g ON g.subject_id = b.subject_id WHERE b.post_id = ${post} AND b.to_on IS NULL
    UNION SELECT y.id FROM cases y WHERE y.kind = 'cycle')`;

/** The same asked of one row after another: where most rows are visible for another reason, few need to be asked. */
const ownOneByOne = (post: string): string =>
  `(c.kind = 'cycle' OR c.holder_post = ${post}
    OR EXISTS (SELECT 1 FROM notices x WHERE x.post = ${post} AND x.case_id = c.id)
    OR EXISTS (SELECT 1 FROM entries e WHERE e.chain = c.id AND e.post = ${post})
    OR EXISTS (SELECT 1 FROM bindings b WHERE b.post_id = ${post} AND b.subject_id = c.subject_id AND b.to_on IS NULL))`;

/** The units below one, by their path; the parameter is the unit. */
export const unitsUnder = (unit: string): string =>
  `SELECT below.id FROM units top JOIN units below ON starts_with(below.path, top.path) WHERE top.id = ${unit}`;

/**
 * The column lies in a unit, as a condition; `null` narrows nothing. Said only where it narrows: hidden behind an OR, the
 * database could not begin with the unit. The parameter is used either way.
 */
export const inUnit = (column: string, parameter: string, unit: string | null): string =>
  unit === null ? `${parameter}::text IS NULL` : `${column} IN (${unitsUnder(`${parameter}::text`)})`;

/** `first` is the number of the first parameter the condition may take. */
export function visibleCases({ scope, post, unit }: Reach, first: number): Condition {
  const one = `$${String(first)}`;
  const two = `$${String(first + 1)}`;
  switch (scope) {
    case 'district':
      return { sql: 'true', values: [] };
    case 'own':
      return { sql: own(`${one}::text`), values: [post] };
    case 'subtree':
      // Whatever lies in the units, and whatever a post of theirs holds of elsewhere: colleagues go on with it.
      return {
        sql: `(c.unit_id IN (${unitsUnder(`${two}::text`)})
    OR c.holder_post IN (SELECT p.id FROM posts p WHERE p.unit_id IN (${unitsUnder(`${two}::text`)}))
    OR ${ownOneByOne(`${one}::text`)})`,
        values: [post, unit],
      };
  }
}

/** Whether the case exists and may be seen. */
export async function maySeeCase(db: Pick<pg.ClientBase, 'query'>, reach: Reach, caseId: string): Promise<boolean> {
  const { sql, values } = visibleCases(reach, 2);
  const { rows } = await db.query(`SELECT 1 FROM cases c WHERE c.id = $1 AND ${sql}`, [caseId, ...values]);
  return rows.length > 0;
}

/** The unit to which lists of the register are narrowed; `null`: none is. */
export const unitOf = ({ scope, unit }: Reach): string | null => (scope === 'district' ? null : unit);

/** The ids of the units a right goes to; `null`: all. */
export async function unitsWithin(db: Pick<pg.ClientBase, 'query'>, reach: Reach): Promise<ReadonlySet<string> | null> {
  const unit = unitOf(reach);
  if (unit === null) return null;
  const { rows } = await db.query<{ id: string }>(unitsUnder('$1::text'), [unit]);
  return new Set(rows.map(({ id }) => id));
}
