/** Which cases an acting person may see: the reach of a right as a condition on `cases c`. Commands and lists share it. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';

export interface Condition {
  /** Safe to be joined by AND; parameters from the number that was asked for. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * A post's own cases: it holds them, was told of them, acted in them, or guarantees their subject. The parameter is the post.
 * Each part finds its rows by an index.
 */
const own = (post: string): string =>
  `(c.holder_post = ${post}
    OR c.id IN (SELECT x.case_id FROM notices x WHERE x.post = ${post})
    OR c.id IN (SELECT e.chain FROM entries e WHERE e.post = ${post})
    OR c.subject_id IN (SELECT b.subject_id FROM bindings b WHERE b.post_id = ${post} AND b.to_on IS NULL))`;

/** A cycle is the whole office's: its scope, its plan's counts and its stage are no secret of any unit. */
const OPEN_TO_ALL = `c.kind = 'cycle'`;

/** The units below one, by their path; the parameter is the unit. */
export const unitsUnder = (unit: string): string =>
  `SELECT below.id FROM units top JOIN units below ON starts_with(below.path, top.path) WHERE top.id = ${unit}`;

/** `first` is the number of the first parameter the condition may take. */
export function visibleCases({ scope, post, unit }: Reach, first: number): Condition {
  const one = `$${String(first)}`;
  const two = `$${String(first + 1)}`;
  switch (scope) {
    case 'district':
      return { sql: 'true', values: [] };
    case 'own':
      return { sql: `(${OPEN_TO_ALL} OR ${own(`${one}::text`)})`, values: [post] };
    case 'own-unit':
      return { sql: `(${OPEN_TO_ALL} OR c.unit_id = ${two}::text OR ${own(`${one}::text`)})`, values: [post, unit] };
    case 'subtree':
      return {
        sql: `(${OPEN_TO_ALL} OR c.unit_id IN (${unitsUnder(`${two}::text`)}) OR ${own(`${one}::text`)})`,
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
