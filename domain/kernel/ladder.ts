/** What happens on the way to a deadline and after it: rungs as data, owned by the district. Knows no case. */
import { startOfDay, type WorkCalendar } from './calendar.ts';
import { HOUR_MS } from './civil-day.ts';
import type { Due } from './due.ts';
import type { PostRole } from './process.ts';

/** Where on the clock a rung stands. */
export type RungPlace =
  | { readonly share: number } // of the budget, 0 < share < 1
  | { readonly workingDaysBefore: number }
  | { readonly due: true }
  | { readonly workingDaysAfter: number };

/** Whom a rung tells: the holder of the duty, the holder's superior, or whoever has a role. */
export type RungAddressee = 'holder' | 'superior' | { readonly role: PostRole };

export interface Rung {
  readonly id: string;
  readonly place: RungPlace;
  readonly to: readonly RungAddressee[];
  readonly template: string;
  readonly urgency: 'digest' | 'at-once';
  /** The paper it proposes, in Chinese (催办单, 督办单, 通报); proposing is not issuing. */
  readonly document?: string;
}

export interface Ladder {
  readonly name: string;
  /** Chinese. */
  readonly title?: string;
  readonly version: string;
  readonly owner: string;
  /** First day on which the office uses it. */
  readonly inForceFrom?: string;
  /** The `due` rung fires this long after the due instant. */
  readonly graceMs: number;
  /** Rungs before due are spread over this long, by case. */
  readonly spreadMs: number;
  readonly rungs: readonly Rung[];
}

/** Where the office's hours put a rung; both in milliseconds. */
export interface Placement {
  /** This case's share of `Ladder.spreadMs`, added to rungs before due so that thousands do not fire at once. */
  readonly spreadMs: number;
  /** Start of the district's sending hours after local midnight: policy, 09:00 by default. */
  readonly sendingStartMs?: number;
}

export interface PlacedRung {
  readonly rung: Rung;
  readonly at: number;
}

const NINE_O_CLOCK_MS = 9 * HOUR_MS;

/**
 * The instants of a ladder's rungs, earliest first; rungs of one instant keep the ladder's order.
 * `share`: that share of the time between start and due, stops included, so that a clock prolonged by a stop reminds later.
 * Working days before and after are counted from `dueOn` and stand at the start of sending hours. `due` stands `graceMs`
 * after the due instant. An instant may lie before the start; whoever arms the clock passes such rungs over.
 */
export function rungInstants(
  ladder: Ladder,
  span: { readonly startedAt: number; readonly due: Pick<Due, 'dueAt' | 'dueOn'> },
  calendar: WorkCalendar,
  { spreadMs, sendingStartMs = NINE_O_CLOCK_MS }: Placement = { spreadMs: 0 },
): readonly PlacedRung[] {
  const { startedAt, due } = span;
  const sendingOn = (n: number): number => startOfDay(calendar.addWorkingDays(due.dueOn, n)) + sendingStartMs;
  const instant = ({ place }: Rung): number => {
    if ('share' in place) return startedAt + Math.round((due.dueAt - startedAt) * place.share) + spreadMs;
    if ('workingDaysBefore' in place) return sendingOn(-place.workingDaysBefore) + spreadMs;
    if ('workingDaysAfter' in place) return sendingOn(place.workingDaysAfter);
    return due.dueAt + ladder.graceMs;
  };
  return ladder.rungs.map((rung) => ({ rung, at: instant(rung) })).sort((a, b) => a.at - b.at);
}
