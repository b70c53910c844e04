/** When is a rule due, counted from a day or an instant, by what is in force in this office; the same JSON as the command line's. */
import type { InForce } from '../cases/office.ts';
import { localDate, localIso, startOfDay } from '../domain/kernel/calendar.ts';
import { explain, ValueMissing } from '../domain/kernel/clock.ts';
import { UnknownRule } from '../domain/rules/index.ts';
import { ApiProblem } from './problem.ts';

export interface DeadlineQuestion {
  readonly rule: string;
  /** `YYYY-MM-DD`, or an ISO instant with an offset. */
  readonly from: string;
  /** The day that chooses the rule's version; the day of `from` when absent. */
  readonly received?: string | undefined;
}

const MIDNIGHT = '起算时刻未给出,按当日0时起算;可写为 --from 2026-09-30T10:00';

/** Throws `rule-not-found`, `no-budget`, `value-missing`, `date-outside-calendar`. */
export function deadlineJson({ rules, calendar }: InForce, { rule: id, from, received }: DeadlineQuestion) {
  const timed = from.length > 10;
  const startedAt = timed ? Date.parse(from) : startOfDay(from);
  const lawOn = received ?? localDate(startedAt);
  try {
    const rule = rules.rule(id, lawOn);
    const clock = { id, rule: id, startedAt, lawOn, stops: [], extensions: [] };
    const { due, regime, moved, calendar: counted, days } = explain(clock, rule, calendar);
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
      calendar: counted,
      note: rule.budget?.unit === 'h' && !timed ? MIDNIGHT : null,
      days,
    };
  } catch (error) {
    if (error instanceof UnknownRule) throw new ApiProblem('rule-not-found');
    if (error instanceof ValueMissing) {
      throw error.policyKey === null
        ? new ApiProblem('no-budget', { details: { rule: id } })
        : new ApiProblem('value-missing', { details: { rule: id, key: error.policyKey } });
    }
    if (error instanceof RangeError) throw new ApiProblem('date-outside-calendar');
    throw error;
  }
}
