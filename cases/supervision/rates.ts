/** The three rates from the register and the rounds, as rows that can be drilled into (BB-10). Freezes nothing. */
import type pg from 'pg';
import {
  bindingCounted,
  byUnit,
  completionCounted,
  coverageCounted,
  pledgeCounted,
  rateOf,
  type CadreRow,
  type Counted,
  type Rate,
  type SubjectRow,
  type VisitRow,
} from '../../domain/supervision/rates.ts';
import { visitRows } from '../../domain/supervision/round-rows.ts';
import type { Round } from '../../domain/supervision/round-state.ts';
import type { CycleScope, RateName } from '../../domain/supervision/cycle-messages.ts';
import type { InForce } from '../office.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Units are towns and departments: what the office publishes by. */
export type CountedRates = Readonly<Record<RateName | 'coverage', readonly Counted[]>>;

/** The unit figures are published by: the town or department a unit lies in, or the unit itself above those. */
const PUBLISHED_UNIT = `(SELECT up.id FROM units up WHERE starts_with(u.path, up.path) AND up.kind IN ('town', 'department')
  ORDER BY length(up.path) LIMIT 1)`;

const SUBJECTS = `
SELECT s.id AS subject, coalesce(${PUBLISHED_UNIT}, s.unit_id) AS unit, s.status,
       (SELECT count(*)::int FROM bindings b WHERE b.subject_id = s.id AND b.to_on IS NULL) AS bindings
  FROM subjects s JOIN units u ON u.id = s.unit_id
 WHERE s.status = 'active' AND ($2::text IS NULL OR s.class = $2)
   AND ($1::text IS NULL OR EXISTS (SELECT 1 FROM units top WHERE top.id = $1 AND starts_with(u.path, top.path)))`;

/** Cadres are the posts that may guarantee: those with a class. */
const CADRES = `
SELECT p.id AS post, coalesce(${PUBLISHED_UNIT}, p.unit_id) AS unit, t.person_id AS person,
       EXISTS (SELECT 1 FROM pledges g WHERE g.post_id = p.id AND g.person_id = t.person_id AND g.version = $3) AS pledged
  FROM posts p JOIN units u ON u.id = p.unit_id LEFT JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
 WHERE p.class IS NOT NULL AND p.to_on IS NULL AND ($2::text IS NULL OR p.class = $2)
   AND ($1::text IS NULL OR EXISTS (SELECT 1 FROM units top WHERE top.id = $1 AND starts_with(u.path, top.path)))`;

const ROUNDS = `
SELECT c.id, c.state, coalesce(${PUBLISHED_UNIT}, c.unit_id) AS unit
  FROM cases c LEFT JOIN units u ON u.id = c.unit_id
 WHERE c.kind = 'round' AND (c.cycle_id = $1 OR ($1::text IS NULL AND c.cycle_id IN (
         SELECT cy.key FROM cases cy WHERE cy.kind = 'cycle' AND cy.closed_at IS NULL)
       AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM units top WHERE top.id = $2 AND starts_with(u.path, top.path)))
       AND ($3::text IS NULL OR $3 = (SELECT p.class FROM posts p WHERE p.id = regexp_replace(c.key, '^.*/', '')))))`;

/**
 * Rows of every rate; `cycle` is a cycle's key, or absent for all cycles that run. A cycle's rounds all count, whatever has
 * become of their posts; of the running ones, those in scope.
 */
export async function countRates(
  client: Queryable,
  inForce: InForce,
  {
    scope = {},
    cycle,
    now,
  }: { readonly scope?: Pick<CycleScope, 'unit' | 'class'>; readonly cycle?: string; readonly now: number },
): Promise<CountedRates> {
  const within = [scope.unit ?? null, scope.class ?? null];
  const { rows: subjects } = await client.query<SubjectRow>(SUBJECTS, within);
  const { rows: cadres } = await client.query<CadreRow>(CADRES, [
    ...within,
    inForce.policy.value<string>('pledge.version'),
  ]);
  const { rows: rounds } = await client.query<{ id: string; state: Round; unit: string }>(ROUNDS, [
    cycle ?? null,
    ...within,
  ]);
  const counting = { rules: inForce.rules, calendar: inForce.calendar, now };
  const visits: VisitRow[] = rounds.flatMap(({ id, state, unit }) =>
    visitRows(id, state, counting).map((row) => ({ ...row, unit })),
  );
  return {
    binding: bindingCounted(subjects),
    pledge: pledgeCounted(cadres),
    completion: completionCounted(visits, now),
    coverage: coverageCounted(visits),
  };
}

export interface RatesByUnit {
  readonly total: Readonly<Record<RateName | 'coverage', Rate>>;
  readonly units: readonly { readonly unit: string; readonly rates: Readonly<Record<RateName | 'coverage', Rate>> }[];
}

const NAMES = ['binding', 'pledge', 'completion', 'coverage'] as const;

/** The rates over everything and unit by unit, each down to its ids. */
export function ratesOf(counted: CountedRates): RatesByUnit {
  const record = (of: (name: RateName | 'coverage') => Rate) =>
    Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<RateName | 'coverage', Rate>;
  const grouped = new Map(
    NAMES.map((name) => [name, new Map(byUnit(counted[name]).map(({ unit, rate }) => [unit, rate]))]),
  );
  const units = [...new Set(NAMES.flatMap((name) => counted[name].map(({ unit }) => unit)))].sort();
  return {
    total: record((name) => rateOf(counted[name])),
    units: units.map((unit) => ({ unit, rates: record((name) => grouped.get(name)?.get(unit) ?? rateOf([])) })),
  };
}
