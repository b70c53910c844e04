/**
 * The ids a cycle was reported with: whatever the register or a round says later, they read as they were frozen. A unit
 * below the town figures are published by sees those of its own subjects and posts.
 */
import { unitsUnder } from '../visible.ts';
import { PUBLISHED } from './published-unit.ts';

const inside = (unit: string): string => `
  (${unit} IS NULL OR f.unit_id IN (${unitsUnder(unit)})
   OR (f.unit_id = (SELECT town FROM published WHERE id = ${unit}) AND coalesce(s.unit_id, p.unit_id) IN (${unitsUnder(unit)})))`;

/**
 * `refs(rate, ref, town, counted, overdue)`. Parameters 1 to 4 as in `scopeValues`, `$5`: when they were frozen. By then the
 * limit of every round had run out; a binding or a pledge was overdue where its own limit had.
 */
export const FROZEN = `
WITH ${PUBLISHED},
late AS (
  SELECT DISTINCT CASE WHEN c.kind = 'binding-duty' THEN 'binding' ELSE 'pledge' END AS rate,
         CASE WHEN c.kind = 'binding-duty' THEN c.subject_id ELSE (c.state->>'post') || '/' || (c.state->>'person') END AS ref
    FROM case_limits l JOIN cases c ON c.id = l.case_id
   WHERE (l.kind, l.clock) IN (('binding-duty', 'bind'), ('pledge-duty', 'sign'))
     AND l.due_at <= $5 AND (l.ended_at IS NULL OR l.ended_at > $5)),
refs AS (
  SELECT f.rate, f.ref, coalesce(f.unit_id, '') AS town, f.counted,
         NOT f.counted AND CASE f.rate
           WHEN 'coverage' THEN true
           WHEN 'completion' THEN EXISTS (SELECT 1 FROM figures v WHERE v.cycle_id = f.cycle_id AND v.rate = 'coverage'
                                             AND v.ref = f.ref AND NOT v.counted)
           ELSE EXISTS (SELECT 1 FROM late WHERE late.rate = f.rate AND late.ref = f.ref) END AS overdue
    FROM figures f
    LEFT JOIN subjects s ON f.rate = 'binding' AND s.id = f.ref
    LEFT JOIN posts p ON p.id = CASE f.rate WHEN 'pledge' THEN split_part(f.ref, '/', 1)
                                            WHEN 'binding' THEN NULL ELSE split_part(f.ref, '/', -2) END
   WHERE f.cycle_id = 'cycle/' || $4 AND ($3::text IS NULL OR coalesce(s.class, p.class) = $3)
     AND ${inside('$1::text')} AND ${inside('$2::text')})`;
