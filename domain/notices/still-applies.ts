/** Does a queued notice still say something true and useful, or was it overtaken? Knows no database. */
import { dueOf, lawDay, type Clock } from '../kernel/clock.ts';
import type { WorkCalendar } from '../kernel/calendar.ts';
import type { RulePack } from '../kernel/rule.ts';
import type { Json } from '../kernel/process.ts';
import { templateOf } from './templates.ts';

/** Why a notice is not sent; written into the ledger. */
export type Overtaken = 'case-closed' | 'clock-ended' | 'clock-stopped' | 'date-moved' | 'later-rung';

export interface QueuedNotice {
  readonly template: string;
  readonly details: { readonly [key: string]: Json };
}

export interface CaseNow {
  readonly closed: boolean;
  /** `null` where the state was written by another build and cannot be read here: then clocks silence nothing. */
  readonly clocks: readonly Clock[] | null;
  /** A later rung of the notice's clock has been queued for the same post. */
  readonly laterRung: boolean;
}

/**
 * `null` while the notice applies. Reports of what happened always apply; calls to act end with the case; rungs of a
 * ladder end with their clock, with a stop, with a later rung to the same post, and with a date that moved past `now`
 * after the rung said it was over.
 */
export function overtakenBy(
  notice: QueuedNotice,
  { closed, clocks, laterRung }: CaseNow,
  env: { readonly rules: RulePack; readonly calendar: WorkCalendar; readonly now: number },
): Overtaken | null {
  const { clock: clockId, rung, dueAt } = notice.details;
  const isRung = typeof rung === 'string' && typeof clockId === 'string';
  if (!isRung) return closed && templateOf(notice.template).ends === 'with-case' ? 'case-closed' : null;
  if (closed) return 'case-closed';
  const clock = clocks?.find(({ id }) => id === clockId);
  if (clock?.endedAt !== undefined) return 'clock-ended';
  if (laterRung) return 'later-rung';
  if (clock === undefined) return null;
  const due = dueOf(clock, env.rules.rule(clock.rule, lawDay(clock)), env.calendar, env.now);
  if (due === null) return 'clock-stopped';
  return typeof dueAt === 'number' && dueAt <= env.now && env.now < due.dueAt ? 'date-moved' : null;
}
