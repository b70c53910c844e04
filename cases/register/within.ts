/** Whether rows and changes of the register lie within reach: under the unit of the post acted for. */
import type pg from 'pg';
import { chainsOf, type RegisterChange } from '../../domain/register/change.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { unitOf, unitsUnder } from '../visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;
type Kind = 'unit' | 'post' | 'person' | 'subject';

/** Whoever holds a post elsewhere too is changed from above both: an absence lends every post of theirs. */
const HOLDS_ELSEWHERE = `SELECT 1 FROM tenures t JOIN posts p ON p.id = t.post_id
  WHERE t.person_id = $2 AND t.to_on IS NULL AND p.unit_id NOT IN (${unitsUnder('$1::text')})`;

/** `$1` is the unit of the post acted for, `$2` the ids; answers the ids that lie under it. */
const UNDER: Readonly<Record<Kind, string>> = {
  unit: `SELECT id FROM units WHERE id = ANY($2) AND id IN (${unitsUnder('$1::text')})`,
  post: `SELECT id FROM posts WHERE id = ANY($2) AND unit_id IN (${unitsUnder('$1::text')})`,
  subject: `SELECT id FROM subjects WHERE id = ANY($2) AND unit_id IN (${unitsUnder('$1::text')})`,
  // A person belongs to where they hold a post; somebody new belongs to nobody yet.
  person: `SELECT h.id FROM persons h WHERE h.id = ANY($2) AND (
             EXISTS (SELECT 1 FROM tenures t JOIN posts p ON p.id = t.post_id
                      WHERE t.person_id = h.id AND p.unit_id IN (${unitsUnder('$1::text')}))
             OR NOT EXISTS (SELECT 1 FROM tenures t WHERE t.person_id = h.id))`,
};

/** A department's cadre guarantees subjects of any town, and reads them. */
const GUARANTEED = `SELECT 1 FROM bindings WHERE subject_id = $1 AND post_id = $2 AND to_on IS NULL`;

/** Whether the row may be read: it lies within reach, or is a subject the post guarantees. One that does not exist lies nowhere. */
export async function isWithin(db: Queryable, reach: Reach, kind: Kind, id: string): Promise<boolean> {
  const unit = unitOf(reach);
  if (unit === null || (await liesUnder(db, unit, kind, id))) return true;
  return kind === 'subject' && (await db.query(GUARANTEED, [id, reach.post])).rows.length > 0;
}

async function liesUnder(db: Queryable, unit: string, kind: Kind, id: string): Promise<boolean> {
  const { rows } = await db.query(UNDER[kind], [unit, [id]]);
  return rows.length > 0;
}

/** The first change that touches something out of reach; `null` where none does. */
export async function firstOutside(
  db: Queryable,
  reach: Reach,
  changes: readonly RegisterChange[],
): Promise<number | null> {
  const unit = unitOf(reach);
  if (unit === null) return null;
  const added = new Set(changes.flatMap((change) => (change.type.endsWith('-added') ? chainsOf(change) : [])));
  for (const [index, change] of changes.entries()) {
    const touched = chainsOf(change).filter((chain) => !added.has(chain));
    // What is added lies where the change says; a unit must hang under one of ours.
    const places = 'unit' in change && change.type !== 'unit-added' ? [change.unit] : [];
    const parents = change.type === 'unit-added' ? [change.parent ?? ''] : [];
    const all = [...touched.map((chain) => chain.split('/') as [Kind, string])];
    for (const place of [...places, ...parents]) if (!added.has(`unit/${place}`)) all.push(['unit', place]);
    for (const [kind, id] of all) {
      const known = kind !== 'person' || (await db.query('SELECT 1 FROM persons WHERE id = $1', [id])).rows.length > 0;
      if (known && !(await liesUnder(db, unit, kind, id))) return index;
      if (kind === 'person' && (await db.query(HOLDS_ELSEWHERE, [unit, id])).rows.length > 0) return index;
    }
  }
  return null;
}
