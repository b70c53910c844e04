/**
 * The three rates the office keeps at 100 % (BB-10), down to the ids behind numerator and denominator; rules.md §2.2.
 * Knows plain rows only, no register and no case.
 */

/** Sorted ids. `rate` is `null` where nothing is due (无应计): 0 of 0 is neither 0 % nor 100 %. */
export interface Rate {
  readonly numerator: readonly string[];
  readonly denominator: readonly string[];
  /** In the denominator, not in the numerator. */
  readonly missing: readonly string[];
  /** 0 … 1. */
  readonly rate: number | null;
}

/** A row of the denominator: its id, its unit, and whether it counts. */
export interface Counted {
  readonly id: string;
  readonly unit: string;
  readonly counts: boolean;
}

export interface SubjectRow {
  readonly subject: string;
  readonly unit: string;
  readonly status: string;
  /** How many bindings hold on the day. */
  readonly bindings: number;
}

/** One post of a cadre and the person who holds it on the day. */
export interface CadreRow {
  readonly post: string;
  readonly unit: string;
  readonly person: string | null;
  /** A signed and uploaded pledge of the version that counts now. */
  readonly pledged: boolean;
}

/** One visit owed by a round. */
export interface VisitRow {
  /** Case id of the round. */
  readonly round: string;
  readonly subject: string;
  readonly unit: string;
  /** When its limit ran or runs out; `null` while the round is paused before that. */
  readonly dueAt: number | null;
  readonly defaulted: boolean;
  readonly done: boolean;
  readonly inTime: boolean;
  /** Excused, handed over, released or void, and not defaulted before. */
  readonly dropped: boolean;
}

/** Ids are compared by UTF-16 code unit, so that a digest over them is the same everywhere. */
export function rateOf(rows: readonly Counted[]): Rate {
  const ids = (some: readonly Counted[]): readonly string[] => some.map(({ id }) => id).sort(byCodeUnit);
  const numerator = ids(rows.filter(({ counts }) => counts));
  const denominator = ids(rows);
  return {
    numerator,
    denominator,
    missing: ids(rows.filter(({ counts }) => !counts)),
    rate: denominator.length === 0 ? null : numerator.length / denominator.length,
  };
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** 包保关系建立率: active subjects with exactly one binding ÷ active subjects. Two bindings are no binding. */
export const bindingCounted = (subjects: readonly SubjectRow[]): readonly Counted[] =>
  subjects
    .filter(({ status }) => status === 'active')
    .map(({ subject, unit, bindings }) => ({ id: subject, unit, counts: bindings === 1 }));

/** 承诺书签订率: cadres with a pledge of the current version ÷ cadres. A vacant post owes none. */
export const pledgeCounted = (cadres: readonly CadreRow[]): readonly Counted[] =>
  cadres
    .filter(({ person }) => person !== null)
    .map(({ post, unit, person, pledged }) => ({ id: `${post}/${person ?? ''}`, unit, counts: pledged }));

/** 督导完成率: visits due by `now` and made in time ÷ visits due by `now`. */
export const completionCounted = (visits: readonly VisitRow[], now: number): readonly Counted[] =>
  visits
    .filter((visit) => !visit.dropped && isDueBy(visit, now))
    .map(({ round, subject, unit, inTime }) => ({ id: `${round}/${subject}`, unit, counts: inTime }));

/** Period to date, beside the completion rate: visits made, in time or late, ÷ visits owed in the period. */
export const coverageCounted = (visits: readonly VisitRow[]): readonly Counted[] =>
  visits
    .filter(({ dropped }) => !dropped)
    .map(({ round, subject, unit, done }) => ({ id: `${round}/${subject}`, unit, counts: done }));

/** A visit that defaulted was due, whatever a later extension says. */
const isDueBy = ({ dueAt, defaulted }: VisitRow, now: number): boolean => defaulted || (dueAt !== null && dueAt <= now);

/** The same rows unit by unit, units in order; a unit without a row has no rate. */
export function byUnit(rows: readonly Counted[]): readonly { readonly unit: string; readonly rate: Rate }[] {
  const groups = new Map<string, Counted[]>();
  for (const row of rows) {
    const group = groups.get(row.unit);
    if (group === undefined) groups.set(row.unit, [row]);
    else group.push(row);
  }
  return [...groups].sort(([a], [b]) => byCodeUnit(a, b)).map(([unit, group]) => ({ unit, rate: rateOf(group) }));
}

export const bindingRate = (subjects: readonly SubjectRow[]): Rate => rateOf(bindingCounted(subjects));
export const pledgeRate = (cadres: readonly CadreRow[]): Rate => rateOf(pledgeCounted(cadres));
export const completionRate = (visits: readonly VisitRow[], now: number): Rate =>
  rateOf(completionCounted(visits, now));
export const coverage = (visits: readonly VisitRow[]): Rate => rateOf(coverageCounted(visits));
