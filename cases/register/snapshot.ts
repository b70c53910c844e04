/** The register as a plan looks at it: what holds on a day or later, for one scope, in eight queries. Knows no plan. */
import type pg from 'pg';
import type { PlanRegister } from '../../domain/supervision/plan.ts';
import type { CycleScope } from '../../domain/supervision/cycle-messages.ts';
import type { Absence, Binding, Pledge, Post, Subject, Tenure, Unit } from '../../domain/register/register.ts';
import { readRows } from './slice.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Active subjects whose unit lies in `$1`'s subtree (everywhere for NULL) and whose class is `$2` (any for NULL). */
const IN_SCOPE = `status = 'active' AND ($2::text IS NULL OR class = $2) AND ($1::text IS NULL OR unit_id IN (
  SELECT u.id FROM units u JOIN units top ON top.id = $1 WHERE starts_with(u.path, top.path)))`;

/**
 * Active subjects in scope, and of everything else the rows that hold on `on` or begin later. Call it in one
 * transaction: `REPEATABLE READ` where the plan must be of one moment. 20,000 subjects take well under a second.
 */
export async function registerSnapshot(
  client: Queryable,
  scope: Pick<CycleScope, 'unit' | 'class'>,
  on: string,
): Promise<PlanRegister> {
  const where = [scope.unit ?? null, scope.class ?? null];
  return {
    units: await readRows<Unit>(client, 'units', '', []),
    posts: await readRows<Post>(client, 'posts', 'WHERE to_on IS NULL OR to_on > $1', [on]),
    tenures: await readRows<Tenure>(client, 'tenures', 'WHERE to_on IS NULL OR to_on > $1', [on]),
    absences: await readRows<Absence>(client, 'absences', 'WHERE to_on >= $1', [on]),
    subjects: await readRows<Subject>(client, 'subjects', `WHERE ${IN_SCOPE}`, where),
    bindings: await readRows<Binding>(
      client,
      'bindings',
      `WHERE (to_on IS NULL OR to_on > $3) AND subject_id IN (SELECT id FROM subjects WHERE ${IN_SCOPE})`,
      [...where, on],
    ),
    pledges: await readRows<Pledge>(client, 'pledges', '', []),
  };
}
