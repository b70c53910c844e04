/** What a rate lacks, id by id, a page at a time: subjects without one binding, cadres without a pledge, visits not made. */
import type pg from 'pg';
import { ROUNDS, scopeValues, within, type BoardAsked, type BoardRates } from './board.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface MissingRef {
  /** A subject; `<post>/<person>`; `<round's case id>/<subject>`. */
  readonly ref: string;
  readonly name: string | null;
  readonly unit: string | null;
  readonly unitName: string | null;
  readonly post: string | null;
  readonly person: string | null;
  /** The case that has it done. */
  readonly caseId: string | null;
}

const BINDING = `
SELECT s.id COLLATE "C" AS ref, s.name, s.unit_id AS unit, NULL AS post, NULL AS person,
       (SELECT c.id FROM cases c WHERE c.subject_id = s.id AND c.kind = 'binding-duty' AND c.closed_at IS NULL LIMIT 1) AS "caseId"
  FROM subjects s LEFT JOIN (SELECT subject_id, count(*) AS n FROM bindings WHERE to_on IS NULL GROUP BY 1) b ON b.subject_id = s.id
 WHERE s.status = 'active' AND b.n IS DISTINCT FROM 1 AND ($3::text IS NULL OR s.class = $3) AND ${within('s.unit_id')}
   AND ($4::text IS NULL OR true) AND ($5::bigint IS NULL OR true) AND ($6::text IS NULL OR true)`;

const PLEDGE = `
SELECT (p.id || '/' || t.person_id) COLLATE "C" AS ref, p.title AS name, p.unit_id AS unit, p.id AS post, h.name AS person,
       (SELECT c.id FROM cases c WHERE c.holder_post = p.id AND c.kind = 'pledge-duty' AND c.closed_at IS NULL LIMIT 1) AS "caseId"
  FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
 WHERE p.class IS NOT NULL AND p.to_on IS NULL AND ($3::text IS NULL OR p.class = $3) AND ${within('p.unit_id')}
   AND ($4::text IS NULL OR true) AND ($5::bigint IS NULL OR true)
   AND NOT EXISTS (SELECT 1 FROM pledges g WHERE g.post_id = p.id AND g.person_id = t.person_id AND g.version = $6)`;

/** `made`: what counts a visit as done for this rate; rounds that lack nothing are passed over unread. */
const visits = (open: string, lacking: string): string => `
SELECT (c.id || '/' || (v->>'subject')) COLLATE "C" AS ref, s.name, c.unit_id AS unit, regexp_replace(c.key, '^.*/', '') AS post,
       h.name AS person, c.id AS "caseId"
  FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'period'
  LEFT JOIN posts p ON p.id = regexp_replace(c.key, '^.*/', '')
  LEFT JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
 CROSS JOIN LATERAL jsonb_array_elements(c.state->'visits') v
  LEFT JOIN subjects s ON s.id = v->>'subject'
 WHERE ${ROUNDS} AND ($3::text IS NULL OR p.class = $3) AND ${within('c.unit_id')} AND ($6::text IS NULL OR true)
   AND ${open} AND ${lacking}
   AND (v->>'status' IN ('due', 'done') OR (v->>'defaultedAt' IS NOT NULL AND v->>'annulledAt' IS NULL))`;

const DEFAULTED = `(v->>'defaultedAt' IS NOT NULL AND v->>'annulledAt' IS NULL)`;

const SQL: Readonly<Record<keyof BoardRates, string>> = {
  binding: BINDING,
  pledge: PLEDGE,
  completion: visits(
    `(l.plain_due_at <= $5 OR (c.figures->>'defaulted')::int > 0)`,
    `(v->>'inTime')::boolean IS DISTINCT FROM true
     AND (${DEFAULTED} OR CASE WHEN v->>'status' = 'done' THEN l.plain_due_at <= $5 ELSE l.due_at <= $5 END)`,
  ),
  coverage: visits(
    `(c.figures->>'due')::int > (c.figures->>'done')::int AND $5::bigint IS NOT NULL`,
    `v->>'status' <> 'done'`,
  ),
};

/** After the ref `after`, in the order of their code units. */
export async function listMissing(
  db: Queryable,
  rate: keyof BoardRates,
  asked: BoardAsked,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<readonly MissingRef[]> {
  const { rows } = await db.query<MissingRef>(
    `SELECT x.ref, x.name, x.unit, u.name AS "unitName", x.post, x.person, x."caseId"
       FROM (${SQL[rate]}) x LEFT JOIN units u ON u.id = x.unit
      WHERE ($7::text IS NULL OR x.ref > $7 COLLATE "C") ORDER BY x.ref LIMIT $8`,
    [...scopeValues(asked), asked.cycle ?? null, asked.now, asked.pledgeVersion, after ?? null, limit],
  );
  return rows;
}
