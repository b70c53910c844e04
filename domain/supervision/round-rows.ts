/** A round's visits as rows for the completion rate. Knows no rate. */
import type { WorkCalendar } from '../kernel/calendar.ts';
import { dueOf, lawDay } from '../kernel/due.ts';
import type { RulePack } from '../kernel/rule.ts';
import type { VisitRow } from './rates.ts';
import { hasDefaulted, isOwed, periodClock, type Round } from './round-state.ts';

export interface CountingWith {
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  /** Epoch ms. */
  readonly now: number;
}

/** One row a visit; `round` is the case id. A withdrawn round owes nothing. */
export function visitRows(round: string, state: Round, { rules, calendar, now }: CountingWith): readonly VisitRow[] {
  if (state.end?.as === 'withdrawn') return [];
  const clock = periodClock(state);
  const rule = rules.rule(clock.rule, lawDay(clock));
  const dueAt = dueOf(clock, rule, calendar, now)?.dueAt ?? null;
  // An extension puts off when a visit not yet made counts against the cadre, never when one that was made counts.
  const plainlyDueAt = dueOf({ ...clock, extensions: [] }, rule, calendar, now)?.dueAt ?? null;
  return state.visits.map((visit) => ({
    round,
    subject: visit.subject,
    unit: state.unit,
    dueAt: visit.status === 'done' ? plainlyDueAt : dueAt,
    defaulted: hasDefaulted(visit),
    done: visit.status === 'done',
    inTime: visit.status === 'done' && visit.inTime === true,
    dropped: !isOwed(visit),
  }));
}
