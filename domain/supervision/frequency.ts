/**
 * How often must a subject be visited: district policy `supervision.frequency`, class × level, since when. A value nobody
 * has entered is `null`, never a guess (rules-addenda.md §3.2). Knows no cadre and no plan.
 */
import { addMonths, civilDate, dayNumber } from '../kernel/civil-day.ts';
import type { Policy } from '../kernel/process.ts';
import type { UnitKind } from '../register/register.ts';

export type Level = 'city' | 'district' | 'town' | 'community';

/** One state of the table. Aliases, not interfaces: only aliases are assignable to `Json`. */
export type FrequencyTable = {
  readonly validFrom: string;
  /** Last day, inclusive. */
  readonly validTo?: string;
  readonly owner: string;
  /** `false`: the row stands for a period whose figures the district has still to enter. */
  readonly entered: boolean;
  readonly visitsPerYear: { readonly [subjectClass: string]: { readonly [level: string]: number | null } };
};

/** The level at which a post guarantees: that of its unit; departments belong to the district. */
export function levelOf(kind: UnitKind): Level {
  return kind === 'department' ? 'district' : kind;
}

/** Visits a year in force on the day `on`; `null` where nobody has entered a figure. */
export function visitsPerYear(policy: Policy, subjectClass: string, level: Level, on: string): number | null {
  const tables = policy.value<readonly FrequencyTable[]>('supervision.frequency');
  const table = tables.find(({ validFrom, validTo }) => validFrom <= on && (validTo === undefined || on <= validTo));
  if (table === undefined || !table.entered) return null;
  return table.visitsPerYear[subjectClass]?.[level] ?? null;
}

/**
 * Whether a subject's next visit falls in a quarter ending on `toOn`: always at four a year or more, otherwise when the
 * interval since its last visit has run out by then; a subject never visited is due at once.
 */
export function fallsDue(perYear: number, lastVisitedOn: string | undefined, toOn: string): boolean {
  if (perYear <= 0) return false;
  if (perYear >= 4 || lastVisitedOn === undefined) return true;
  return civilDate(addMonths(dayNumber(lastVisitedOn), Math.floor(12 / perYear))) <= toOn;
}
