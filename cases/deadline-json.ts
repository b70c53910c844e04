/** An answered deadline as JSON: one shape for the command line and the API. Computes nothing. */
import { localIso } from '../domain/kernel/calendar.ts';
import type { Explanation } from '../domain/kernel/clock.ts';
import type { Rule } from '../domain/kernel/rule.ts';

export interface AnsweredDeadline {
  readonly rule: Rule;
  readonly explanation: Explanation;
  /** The day that chose the version. */
  readonly lawOn: string;
  /** What the reader should know about the question, in Chinese. */
  readonly note: string | null;
}

/** Said of an hour limit that was asked from a day alone. */
export const FROM_MIDNIGHT = '起算时刻未给出,按当日0时起算;可写为 --from 2026-09-30T10:00';

/** Instants are ISO 8601 with the office's offset. */
export function deadlineJson({ rule, explanation, lawOn, note }: AnsweredDeadline) {
  const { due, regime, moved, calendar, days } = explanation;
  if (due === null) throw new Error('a clock without stops stands still');
  return {
    rule: rule.id,
    title: rule.title,
    basis: rule.basis,
    version: rule.version,
    mark: rule.mark,
    isLaw: rule.mark === 'V',
    lawOn,
    unit: due.unit,
    amount: due.amount,
    startedAt: localIso(due.startedAt),
    dueOn: due.dueOn,
    dueOnLenient: due.dueOnLenient,
    dueAt: localIso(due.dueAt),
    dueAtLenient: localIso(due.dueAtLenient),
    provisional: due.provisional,
    regime,
    moved,
    extension: rule.extension ?? null,
    stops: rule.stops,
    calendar,
    note,
    days,
  };
}
