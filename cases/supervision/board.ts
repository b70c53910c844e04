/**
 * The board of a cycle: the three rates with what is missing and how much of that is overdue, and visits made against those
 * owed, unit by unit. From counters (the figures of rounds, limits, the register), so that it answers in milliseconds;
 * `rates.ts` has every id, `missing.ts` the ids that are missing.
 */
import type pg from 'pg';
import type { Reach } from '../../domain/rights/table.ts';
import { unitOf, unitsUnder } from '../visible.ts';
import { PUBLISHED } from './published-unit.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface BoardRate {
  readonly numerator: number;
  readonly denominator: number;
  readonly missing: number;
  /** Of those missing, whose own limit has run out. */
  readonly overdue: number;
}

export const BOARD_RATES = ['binding', 'pledge', 'completion', 'coverage'] as const;
export type BoardRates = Readonly<Record<(typeof BOARD_RATES)[number], BoardRate>>;

export interface Board {
  readonly total: BoardRates;
  readonly units: readonly ({ readonly unit: string; readonly name: string } & BoardRates)[];
}

export interface BoardAsked {
  /** A cycle's key; every running cycle otherwise. */
  readonly cycle?: string | undefined;
  readonly unit?: string | undefined;
  readonly class?: string | undefined;
  readonly reach: Reach;
  readonly now: number;
  /** The version of the pledge that counts (`pledge.version`). */
  readonly pledgeVersion: string;
}

/** `$1`: the unit the right reaches, `$2`: the unit asked for, `$3`: the class asked for. */
export const within = (column: string): string =>
  `($1::text IS NULL OR ${column} IN (${unitsUnder('$1::text')})) AND ($2::text IS NULL OR ${column} IN (${unitsUnder('$2::text')}))`;

export const scopeValues = ({ reach, unit, class: level }: BoardAsked): readonly (string | null)[] => [
  unitOf(reach),
  unit ?? null,
  level ?? null,
];

/** Rounds that count: of the cycle, or of every running one; `$4` is the cycle's key. */
export const ROUNDS = `c.kind = 'round' AND coalesce(c.closed_as, '') <> 'withdrawn'
  AND (c.cycle_id = $4 OR ($4::text IS NULL AND c.cycle_id IN (
        SELECT cy.key FROM cases cy WHERE cy.kind = 'cycle' AND cy.closed_at IS NULL)))`;

interface Counted {
  readonly town: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly overdue: string;
}

const BINDING = `
WITH ${PUBLISHED},
late AS (SELECT DISTINCT c.subject_id FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'bind'
          WHERE c.kind = 'binding-duty' AND c.closed_at IS NULL AND l.due_at <= $4)
SELECT coalesce(p.town, s.unit_id) AS town, count(*) AS denominator, count(*) FILTER (WHERE b.n = 1) AS numerator,
       count(*) FILTER (WHERE b.n IS DISTINCT FROM 1 AND late.subject_id IS NOT NULL) AS overdue
  FROM subjects s LEFT JOIN published p ON p.id = s.unit_id
  LEFT JOIN (SELECT subject_id, count(*) AS n FROM bindings WHERE to_on IS NULL GROUP BY 1) b ON b.subject_id = s.id
  LEFT JOIN late ON late.subject_id = s.id
 WHERE s.status = 'active' AND ($3::text IS NULL OR s.class = $3) AND ${within('s.unit_id')} GROUP BY 1`;

const PLEDGE = `
WITH ${PUBLISHED},
late AS (SELECT DISTINCT c.holder_post FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'sign'
          WHERE c.kind = 'pledge-duty' AND c.closed_at IS NULL AND l.due_at <= $4)
SELECT coalesce(u.town, p.unit_id) AS town, count(*) AS denominator, count(*) FILTER (WHERE g.post_id IS NOT NULL) AS numerator,
       count(*) FILTER (WHERE g.post_id IS NULL AND late.holder_post IS NOT NULL) AS overdue
  FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN published u ON u.id = p.unit_id
  LEFT JOIN pledges g ON g.post_id = p.id AND g.person_id = t.person_id AND g.version = $5
  LEFT JOIN late ON late.holder_post = p.id
 WHERE p.class IS NOT NULL AND p.to_on IS NULL AND ($3::text IS NULL OR p.class = $3) AND ${within('p.unit_id')} GROUP BY 1`;

/** A round's visits share its limit: all are due when it is; those made as it would be without an extension. */
const VISITS = `
WITH ${PUBLISHED}
SELECT coalesce(u.town, c.unit_id, '') AS town,
       sum((c.figures->>'due')::int) AS owed, sum((c.figures->>'done')::int) AS done,
       sum(CASE WHEN l.due_at <= $5 THEN (c.figures->>'due')::int WHEN l.plain_due_at <= $5 THEN (c.figures->>'done')::int
                ELSE (c.figures->>'defaulted')::int END) AS due,
       sum(CASE WHEN l.plain_due_at <= $5 THEN (c.figures->>'inTime')::int ELSE 0 END) AS in_time,
       sum(CASE WHEN l.due_at <= $5 THEN (c.figures->>'due')::int - (c.figures->>'done')::int ELSE 0 END) AS overdue
  FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'period' LEFT JOIN published u ON u.id = c.unit_id
  LEFT JOIN posts p ON p.id = regexp_replace(c.key, '^.*/', '')
 WHERE ${ROUNDS} AND ($3::text IS NULL OR p.class = $3) AND ${within('c.unit_id')} GROUP BY 1`;

/** The same numbers as `countRates`, without the ids; a test holds the two together. */
export async function countBoard(db: Queryable, asked: BoardAsked): Promise<Board> {
  const { cycle, now, pledgeVersion } = asked;
  const scope = scopeValues(asked);
  const { rows: binding } = await db.query<Counted>(BINDING, [...scope, now]);
  const { rows: pledge } = await db.query<Counted>(PLEDGE, [...scope, now, pledgeVersion]);
  const { rows: visits } = await db.query<{
    town: string;
    owed: string;
    done: string;
    due: string;
    in_time: string;
    overdue: string;
  }>(VISITS, [...scope, cycle ?? null, now]);
  const counted: Readonly<Record<keyof BoardRates, readonly Counted[]>> = {
    binding,
    pledge,
    completion: visits.map(({ town, in_time, due, overdue }) => ({
      town,
      numerator: in_time,
      denominator: due,
      overdue,
    })),
    coverage: visits.map(({ town, done, owed, overdue }) => ({ town, numerator: done, denominator: owed, overdue })),
  };
  const towns = [...new Set(BOARD_RATES.flatMap((name) => counted[name].map(({ town }) => town)))].sort();
  const { rows: named } = await db.query<{ id: string; name: string }>(
    'SELECT id, name FROM units WHERE id = ANY($1)',
    [towns],
  );
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return {
    total: ratesFrom(counted, () => true),
    units: towns.map((unit) => ({
      unit,
      name: names.get(unit) ?? unit,
      ...ratesFrom(counted, ({ town }) => town === unit),
    })),
  };
}

function ratesFrom(
  counted: Readonly<Record<keyof BoardRates, readonly Counted[]>>,
  belongs: (row: Counted) => boolean,
): BoardRates {
  const rate = (name: keyof BoardRates): BoardRate => {
    const rows = counted[name].filter(belongs);
    const sum = (of: (row: Counted) => string): number => rows.reduce((total, row) => total + Number(of(row)), 0);
    const [numerator, denominator] = [sum((row) => row.numerator), sum((row) => row.denominator)];
    return { numerator, denominator, missing: denominator - numerator, overdue: sum((row) => row.overdue) };
  };
  return {
    binding: rate('binding'),
    pledge: rate('pledge'),
    completion: rate('completion'),
    coverage: rate('coverage'),
  };
}
