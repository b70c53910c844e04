/** What an officer must know before confirming a plan, worst first. Knows no register. */

/**
 * Of a round: `vacancy` (nobody holds the post), `absence` (the holder is away in the period), `no-pledge` (BB-03),
 * `no-superior` (an escalation would have no addressee but the office), `already-in-period` (the round exists).
 * Of the plan: `unbound` (BB-02), `frequency-unset`, `more-than-one-a-period`, `provisional-calendar`.
 */
export const PLAN_PROBLEMS = [
  'vacancy',
  'absence',
  'unbound',
  'frequency-unset',
  'no-pledge',
  'already-in-period',
  'more-than-one-a-period',
  'no-superior',
  'provisional-calendar',
] as const;

export type PlanProblemCode = (typeof PLAN_PROBLEMS)[number];

/** Ids, codes, dates and numbers; names are joined where it is shown. */
export interface PlanProblem {
  readonly code: PlanProblemCode;
  readonly details: { readonly [key: string]: string | number | null };
}

/** 0 is worst. */
export const rankOf = ({ code }: PlanProblem): number => PLAN_PROBLEMS.indexOf(code);

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Worst first, then by details: the same problems in the same order whatever order they were found in. */
export const sorted = (problems: readonly PlanProblem[]): readonly PlanProblem[] =>
  problems
    .map((problem) => ({ problem, rank: rankOf(problem), text: JSON.stringify(problem.details) }))
    .sort((a, b) => a.rank - b.rank || byCodeUnit(a.text, b.text))
    .map(({ problem }) => problem);
