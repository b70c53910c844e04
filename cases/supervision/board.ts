/**
 * The board of a cycle: the three rates with what is missing and how much of that is overdue, and visits made against those
 * owed, unit by unit. From counters (the figures of rounds, limits, the register), so that it answers in milliseconds;
 * a cycle that was reported answers the rows it was frozen with. `rates.ts` has every id, `refs.ts` pages them.
 */
import type pg from 'pg';
import {
  BOARD_RATES,
  cyclesOf,
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
import { FROZEN } from './frozen-refs.ts';
import { PUBLISHED } from './published-unit.ts';

export { BOARD_RATES, type BoardAsked } from './board-asked.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface BoardRate {
  readonly numerator: number;
  readonly denominator: number;
  readonly missing: number;
  /** Of those missing, whose own limit has run out. */
  readonly overdue: number;
}

export type BoardRates = Readonly<Record<BoardRateName, BoardRate>>;

export interface Board {
  /** `null` while the figures still move. */
  readonly frozenAt: number | null;
  readonly total: BoardRates;
  readonly units: readonly ({ readonly unit: string; readonly name: string } & BoardRates)[];
}

interface Counted {
  readonly town: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly overdue: string;
}

/** Counted by unit before the towns are joined; a subject has one binding that holds, or none (`bindings_one_open`). */
const BINDING = (asked: BoardAsked): string => `
WITH ${PUBLISHED}, ${SCOPE},
counted AS MATERIALIZED (
  SELECT s.unit_id, count(*) AS denominator, count(b.subject_id) AS numerator,
         count(*) FILTER (WHERE b.subject_id IS NULL AND s.id IN (
           SELECT c.subject_id FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'bind'
            WHERE c.kind = 'binding-duty' AND c.closed_at IS NULL AND c.subject_id IS NOT NULL AND l.due_at <= $5)) AS overdue
    FROM subjects s LEFT JOIN bindings b ON b.subject_id = s.id AND b.to_on IS NULL
   WHERE s.status = 'active' AND ($3::text IS NULL OR s.class = $3) AND ${within('s.unit_id', asked)} AND ${withinScope('s.unit_id', 's.class')}
   GROUP BY 1)
SELECT coalesce(p.town, x.unit_id) AS town, sum(denominator) AS denominator, sum(numerator) AS numerator, sum(overdue) AS overdue
  FROM counted x LEFT JOIN published p ON p.id = x.unit_id GROUP BY 1`;

const PLEDGE = (asked: BoardAsked): string => `
WITH ${PUBLISHED}, ${SCOPE}
SELECT coalesce(u.town, p.unit_id) AS town, count(*) AS denominator, count(*) FILTER (WHERE g.signed) AS numerator,
       count(*) FILTER (WHERE NOT g.signed AND p.id IN (
         SELECT c.holder_post FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.clock = 'sign'
          WHERE c.kind = 'pledge-duty' AND c.closed_at IS NULL AND c.holder_post IS NOT NULL AND l.due_at <= $5)) AS overdue
  FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN published u ON u.id = p.unit_id
 CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM pledges WHERE post_id = p.id AND person_id = t.person_id AND version = $6) AS signed) g
 WHERE p.class IS NOT NULL AND p.to_on IS NULL AND ($3::text IS NULL OR p.class = $3)
   AND ${within('p.unit_id', asked)} AND ${withinScope('p.unit_id', 'p.class')}
 GROUP BY 1`;

/** A round's visits share its limit: all are due when it is; those made as it would be without an extension. */
const VISITS = (asked: BoardAsked): string => `
WITH ${PUBLISHED}
SELECT coalesce(u.town, c.unit_id, '') AS town,
       sum((c.figures->>'due')::int) AS owed, sum((c.figures->>'done')::int) AS done,
       sum(${VISITS_DUE}) AS due, sum(${VISITS_IN_TIME}) AS in_time,
       sum(CASE WHEN l.due_at <= $5 THEN (c.figures->>'due')::int - (c.figures->>'done')::int ELSE 0 END) AS overdue
  FROM cases c CROSS JOIN LATERAL (SELECT * FROM case_limits WHERE case_id = c.id AND clock = 'period' OFFSET 0) l LEFT JOIN published u ON u.id = c.unit_id
 WHERE ${roundsOf('$6::text[]')} AND ($4::text IS NULL OR true) AND ${ofClass('c.key')} AND ${within('c.unit_id', asked)} GROUP BY 1`;

interface CountedVisits {
  readonly town: string;
  readonly owed: string;
  readonly done: string;
  readonly due: string;
  readonly in_time: string;
  readonly overdue: string;
}

type ByRate = Readonly<Record<BoardRateName, readonly Counted[]>>;

/** The same numbers as `countRates`, without the ids; a test holds the two together. */
export async function countBoard(db: Queryable, asked: BoardAsked): Promise<Board> {
  const frozen = await frozenAt(db, asked);
  const counted = frozen === null ? await countLive(db, asked) : await countFrozen(db, asked, frozen);
  const towns = [...new Set(BOARD_RATES.flatMap((name) => counted[name].map(({ town }) => town)))].sort();
  const { rows: named } = await db.query<{ id: string; name: string }>(
    'SELECT id, name FROM units WHERE id = ANY($1)',
    [towns],
  );
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return {
    frozenAt: frozen,
    total: ratesFrom(counted, () => true),
    units: towns.map((unit) => ({
      unit,
      name: names.get(unit) ?? unit,
      ...ratesFrom(counted, ({ town }) => town === unit),
    })),
  };
}

async function countLive(db: Queryable, asked: BoardAsked): Promise<ByRate> {
  const { now, pledgeVersion } = asked;
  const scope = scopeValues(asked);
  const cycles = await cyclesOf(db, asked);
  // A pool answers all three at once.
  const [{ rows: binding }, { rows: pledge }, { rows: visits }] = await Promise.all([
    db.query<Counted>(BINDING(asked), [...scope, now]),
    db.query<Counted>(PLEDGE(asked), [...scope, now, pledgeVersion]),
    db.query<CountedVisits>(VISITS(asked), [...scope, now, cycles]),
  ]);
  return {
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
}

async function countFrozen(db: Queryable, asked: BoardAsked, at: number): Promise<ByRate> {
  const { rows } = await db.query<Counted & { rate: BoardRateName }>(
    `${FROZEN} SELECT rate, town, count(*) AS denominator, count(*) FILTER (WHERE counted) AS numerator,
            count(*) FILTER (WHERE overdue) AS overdue
       FROM refs GROUP BY 1, 2`,
    [...scopeValues(asked), at],
  );
  const of = (name: BoardRateName): readonly Counted[] => rows.filter(({ rate }) => rate === name);
  return { binding: of('binding'), pledge: of('pledge'), completion: of('completion'), coverage: of('coverage') };
}

function ratesFrom(counted: ByRate, belongs: (row: Counted) => boolean): BoardRates {
  const rate = (name: BoardRateName): BoardRate => {
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
