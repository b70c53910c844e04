/** Who may read a file of evidence: whoever brought it, and whoever may see a case, or a pledge, that names it. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';
import { unitOf, unitsUnder, visibleCases } from './visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Exactly where an entry names a file; the index on entries is of those only. */
const NAMES_A_FILE = `e.body LIKE '%"takenOn":"%'`;

export async function mayReadEvidence(db: Queryable, reach: Reach, digest: string): Promise<boolean> {
  if (reach.scope === 'district') return true;
  const visible = visibleCases(reach, 5);
  const { rows } = await db.query(
    `SELECT 1 FROM evidence v WHERE v.digest = $1 AND v.uploaded_by = $2
     UNION ALL
     SELECT 1 FROM pledges g JOIN posts p ON p.id = g.post_id
      WHERE g.document = $1 AND (g.post_id = $3 OR ($4::text IS NOT NULL AND p.unit_id IN (${unitsUnder('$4::text')})))
     UNION ALL
     SELECT 1 FROM entries e JOIN cases c ON c.id = e.chain
      WHERE ${NAMES_A_FILE} AND files_in(e.body) @> ARRAY[$1] AND ${visible.sql}
     LIMIT 1`,
    [digest, reach.person, reach.post, reach.scope === 'own' ? null : unitOf(reach), ...visible.values],
  );
  return rows.length > 0;
}
