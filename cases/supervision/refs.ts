/**
 * A rate id by id, a page at a time: subjects and their binding, cadres and their pledge, visits. Most readers ask only for
 * what is missing. Lists exactly what `board.ts` counts; a reported cycle lists what it was frozen with.
 */
import type pg from 'pg';
import {
  CYCLES,
  frozenAt,
  ofClass,
  roundsOf,
  SCOPE,
  scopeValues,
  VISITS_DUE,
  VISITS_IN_TIME,
  within,
  withinScope,
  type BoardAsked,
  type BoardRateName,
} from './board-asked.ts';
import { asFewAs } from './few-rounds.ts';
import { FROZEN } from './frozen-refs.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface RateRef {
  /** A subject; `<post>/<person>`; `<round's case id>/<subject>`. */
  readonly ref: string;
  readonly counted: boolean;
  readonly name: string | null;
  readonly unit: string | null;
  readonly unitName: string | null;
  readonly post: string | null;
  readonly person: string | null;
  /** The case that has it done. */
  readonly caseId: string | null;
}

const bindingCase = (subject: string): string =>
  `(SELECT c.id FROM cases c WHERE c.subject_id = ${subject} AND c.kind = 'binding-duty' AND c.closed_at IS NULL LIMIT 1)`;
const pledgeCase = (post: string): string =>
  `(SELECT c.id FROM cases c WHERE c.holder_post = ${post} AND c.kind = 'pledge-duty' AND c.closed_at IS NULL LIMIT 1)`;

/** Parameters a statement has no use for are mentioned, so that the database knows their types. */
const UNUSED = `AND ($5::bigint IS NULL OR true) AND ($6::text IS NULL OR true)`;

const BINDING = (asked: BoardAsked): string => `
SELECT s.id COLLATE "C" AS ref, b.subject_id IS NOT NULL AS counted, s.name, s.unit_id AS unit, NULL AS post, NULL AS person,
       s.id AS "of"
  FROM subjects s LEFT JOIN bindings b ON b.subject_id = s.id AND b.to_on IS NULL
 WHERE s.status = 'active' AND ($3::text IS NULL OR s.class = $3) AND ${within('s.unit_id', asked)}
   AND ${withinScope('s.unit_id', 's.class')} ${UNUSED}`;

const PLEDGE = (asked: BoardAsked): string => `
SELECT (p.id || '/' || t.person_id) COLLATE "C" AS ref, g.post_id IS NOT NULL AS counted, p.title AS name, p.unit_id AS unit,
       p.id AS post, h.name AS person, p.id AS "of"
  FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
  LEFT JOIN pledges g ON g.post_id = p.id AND g.person_id = t.person_id AND g.version = $6
 WHERE p.class IS NOT NULL AND p.to_on IS NULL AND ($3::text IS NULL OR p.class = $3) AND ${within('p.unit_id', asked)}
   AND ${withinScope('p.unit_id', 'p.class')} AND ($5::bigint IS NULL OR true)`;

const DEFAULTED = `(v->>'defaultedAt' IS NOT NULL AND v->>'annulledAt' IS NULL)`;
const OWED = `(v->>'status' IN ('due', 'done') OR ${DEFAULTED})`;

/** Rounds are taken in the order of their refs, which is that of their ids with the slash behind. */
const visits =
  ({
    denominator,
    numerator,
    due,
    counted,
  }: Readonly<Record<'denominator' | 'numerator' | 'due' | 'counted', string>>) =>
  (asked: BoardAsked): string => `
SELECT (r.id || '/' || (v->>'subject')) COLLATE "C" AS ref, ${counted} AS counted, s.name, r.unit_id AS unit, r.post, h.name AS person,
       r.id AS "of"
  FROM (${asFewAs(
    '$9::int',
    `SELECT c.id, c.unit_id, c.state, l.due_at, l.plain_due_at, regexp_replace(c.key, '^.*/', '') AS post,
            CASE WHEN $7::boolean IS NULL THEN ${denominator} WHEN $7 THEN ${numerator} ELSE ${denominator} - ${numerator} END AS visits,
            (c.id || '/') COLLATE "C" AS place
       FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'period'
      WHERE ${roundsOf(CYCLES)} AND ${within('c.unit_id', asked)} AND ${ofClass('c.key')}
        AND ($8::text IS NULL OR (c.id || '/') COLLATE "C" >= regexp_replace($8, '[^/]*$', ''))`,
  )}) r
 CROSS JOIN LATERAL jsonb_array_elements(r.state->'visits') v
  LEFT JOIN tenures t ON t.post_id = r.post AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
  LEFT JOIN subjects s ON s.id = v->>'subject'
 WHERE ${OWED} AND ${due} ${UNUSED}`;

/** Each with the case that has it done: `of` is the subject, the post or the round. */
const LIVE: Readonly<Record<BoardRateName, readonly [sql: (asked: BoardAsked) => string, caseOf: string]>> = {
  binding: [BINDING, bindingCase('x."of"')],
  pledge: [PLEDGE, pledgeCase('x."of"')],
  completion: [
    visits({
      denominator: `(${VISITS_DUE})`,
      numerator: `(${VISITS_IN_TIME})`,
      due: `(${DEFAULTED} OR CASE WHEN v->>'status' = 'done' THEN r.plain_due_at <= $5 ELSE r.due_at <= $5 END)`,
      counted: `coalesce(v->>'status' = 'done' AND (v->>'inTime')::boolean, false)`,
    }),
    'x."of"',
  ],
  coverage: [
    visits({
      denominator: `(c.figures->>'due')::int`,
      numerator: `(c.figures->>'done')::int`,
      due: 'true',
      counted: `v->>'status' = 'done'`,
    }),
    'x."of"',
  ],
};

export interface RefPage {
  /** Only what counts, or only what is missing. */
  readonly counted?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** After the ref `after`, in the order of their code units. */
export async function listRefs(
  db: Queryable,
  rate: BoardRateName,
  asked: BoardAsked,
  { counted, limit, after }: RefPage,
): Promise<readonly RateRef[]> {
  const frozen = await frozenAt(db, asked);
  const page = [counted ?? null, after ?? null, limit];
  if (frozen !== null) {
    const { rows } = await db.query<RateRef>(FROZEN_PAGE, [...scopeValues(asked), frozen, rate, ...page]);
    return rows;
  }
  const [sql, caseOf] = LIVE[rate];
  const { rows } = await db.query<RateRef>(
    `WITH ${SCOPE}
     SELECT x.ref, x.counted, x.name, x.unit, u.name AS "unitName", x.post, x.person, ${caseOf} AS "caseId"
       FROM (SELECT * FROM (${sql(asked)}) y WHERE ($7::boolean IS NULL OR y.counted = $7) AND ($8::text IS NULL OR y.ref > $8 COLLATE "C")
              ORDER BY y.ref LIMIT $9) x
       LEFT JOIN units u ON u.id = x.unit ORDER BY x.ref`,
    [...scopeValues(asked), asked.now, asked.pledgeVersion, ...page],
  );
  return rows;
}

/** Only what is missing. */
export const listMissing = (
  db: Queryable,
  rate: BoardRateName,
  asked: BoardAsked,
  page: Omit<RefPage, 'counted'>,
): Promise<readonly RateRef[]> => listRefs(db, rate, asked, { ...page, counted: false });

const FROZEN_PAGE = `
${FROZEN},
page AS (
  SELECT rate, ref COLLATE "C" AS ref, town, counted FROM refs
   WHERE rate = $6 AND ($7::boolean IS NULL OR counted = $7) AND ($8::text IS NULL OR ref COLLATE "C" > $8) ORDER BY 2 LIMIT $9),
parts AS (
  SELECT page.*, CASE WHEN rate = 'binding' THEN ref WHEN rate = 'pledge' THEN NULL ELSE split_part(ref, '/', -1) END AS subject,
         CASE WHEN rate = 'binding' THEN NULL WHEN rate = 'pledge' THEN split_part(ref, '/', 1) ELSE split_part(ref, '/', -2) END AS post,
         CASE WHEN rate = 'pledge' THEN split_part(ref, '/', 2) END AS person
    FROM page)
SELECT x.ref, x.counted, coalesce(s.name, p.title) AS name, nullif(x.town, '') AS unit, u.name AS "unitName", x.post, h.name AS person,
       CASE x.rate WHEN 'binding' THEN ${bindingCase('x.subject')} WHEN 'pledge' THEN ${pledgeCase('x.post')}
                   ELSE left(x.ref, length(x.ref) - length(x.subject) - 1) END AS "caseId"
  FROM parts x LEFT JOIN subjects s ON s.id = x.subject LEFT JOIN posts p ON p.id = x.post LEFT JOIN units u ON u.id = x.town
  LEFT JOIN persons h ON h.id = coalesce(x.person, (SELECT t.person_id FROM tenures t WHERE t.post_id = x.post AND t.to_on IS NULL LIMIT 1))
 ORDER BY x.ref`;
