/** What a board is asked about: a cycle or all that run, narrowed to a reach, a unit and a class; as SQL parameters. */
import type pg from 'pg';
import type { Reach } from '../../domain/rights/table.ts';
import type { Cycle } from '../../domain/supervision/cycle-state.ts';
import { inUnit, unitOf, unitsUnder } from '../visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export const BOARD_RATES = ['binding', 'pledge', 'completion', 'coverage'] as const;
export type BoardRateName = (typeof BOARD_RATES)[number];

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

export interface BoardCycle {
  readonly title: string;
  readonly stage: string;
  readonly fromOn: string;
  readonly toOn: string;
  /** When its figures were frozen; `null` while they still move. */
  readonly frozenAt: number | null;
}

/** `undefined` for a cycle nobody opened. */
export async function boardCycle(db: Queryable, key: string): Promise<BoardCycle | undefined> {
  const { rows } = await db.query<{ stage: string; title: string; period: Cycle['period']; frozen: string | null }>(
    `SELECT stage, state->>'title' AS title, state->'period' AS period, state->'figures'->>'at' AS frozen
       FROM cases WHERE id = $1`,
    [`cycle/${key}`],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { stage, title, period, frozen } = row;
  return { title, stage, fromOn: period.fromOn, toOn: period.toOn, frozenAt: frozen === null ? null : Number(frozen) };
}

/** When the figures of the cycle asked for were frozen; `null` where they are counted as they stand. */
export async function frozenAt(db: Queryable, { cycle }: BoardAsked): Promise<number | null> {
  return cycle === undefined ? null : ((await boardCycle(db, cycle))?.frozenAt ?? null);
}

/** `$1`: the unit the right reaches, `$2`: the unit asked for, `$3`: the class asked for, `$4`: the cycle's key. */
export const scopeValues = ({ reach, unit, class: level, cycle }: BoardAsked): readonly (string | null)[] => [
  unitOf(reach),
  unit ?? null,
  level ?? null,
  cycle ?? null,
];

export const within = (column: string, { reach, unit }: BoardAsked): string =>
  `${inUnit(column, '$1', unitOf(reach))} AND ${inUnit(column, '$2', unit ?? null)}`;

/** What the register owes to a cycle ends at the cycle's own scope; `SCOPE` is the table it is read from. */
export const SCOPE = `
scope AS MATERIALIZED (
  SELECT max(c.state->'scope'->>'unit') AS unit, max(c.state->'scope'->>'class') AS class FROM cases c WHERE c.id = 'cycle/' || $4)`;

export const withinScope = (unit: string, level: string): string =>
  `((SELECT unit FROM scope) IS NULL OR ${unit} IN (${unitsUnder('(SELECT unit FROM scope)')}))
   AND ((SELECT class FROM scope) IS NULL OR ${level} = (SELECT class FROM scope))`;

/** A round's post, the last part of its key, is of the class asked for. */
export const ofClass = (key: string): string =>
  `($3::text IS NULL OR EXISTS (SELECT 1 FROM posts WHERE id = regexp_replace(${key}, '^.*/', '') AND class = $3))`;

/** Rounds that count: of these cycles, an array of their keys. */
export const roundsOf = (cycles: string): string =>
  `c.kind = 'round' AND coalesce(c.closed_as, '') <> 'withdrawn' AND c.cycle_id = ANY (${cycles})`;

const RUNNING = `SELECT cy.key FROM cases cy WHERE cy.kind = 'cycle' AND cy.closed_at IS NULL`;

/** The cycle asked for, or every running one, within a statement. */
export const CYCLES = `CASE WHEN $4::text IS NOT NULL THEN ARRAY[$4::text] ELSE ARRAY(${RUNNING}) END`;

/** The same, asked before: knowing them, the database knows how few their rounds are. */
export async function cyclesOf(db: Queryable, { cycle }: BoardAsked): Promise<readonly string[]> {
  if (cycle !== undefined) return [cycle];
  const { rows } = await db.query<{ key: string }>(RUNNING);
  return rows.map(({ key }) => key);
}

/**
 * Of a round `c` with the limit `l`, by `$5`: visits that were due, and of those the ones made in time. What was made is due
 * as if there had been no extension; what defaulted was due.
 */
export const VISITS_DUE = `
  CASE WHEN l.due_at <= $5 THEN (c.figures->>'due')::int WHEN l.plain_due_at <= $5 THEN (c.figures->>'done')::int
       ELSE (c.figures->>'defaulted')::int END`;
export const VISITS_IN_TIME = `CASE WHEN l.plain_due_at <= $5 THEN (c.figures->>'inTime')::int ELSE 0 END`;
