/** When is a rule due, counted from a day or an instant, by what is in force in this office; the same JSON as the command line's. */
import { deadlineJson, FROM_MIDNIGHT } from '../cases/deadline-json.ts';
import type { InForce } from '../cases/office.ts';
import { localDate, startOfDay } from '../domain/kernel/calendar.ts';
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

/** Throws `rule-not-found`, `no-budget`, `value-missing`, `date-outside-calendar`. */
export function answeredDeadline({ rules, calendar }: InForce, { rule: id, from, received }: DeadlineQuestion) {
  const timed = from.length > 10;
  const startedAt = timed ? Date.parse(from) : startOfDay(from);
  const lawOn = received ?? localDate(startedAt);
  try {
    const rule = rules.rule(id, lawOn);
    const clock = { id, rule: id, startedAt, lawOn, stops: [], extensions: [] };
    const note = rule.budget?.unit === 'h' && !timed ? FROM_MIDNIGHT : null;
    return deadlineJson({ rule, explanation: explain(clock, rule, calendar), lawOn, note });
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
