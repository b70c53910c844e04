/** May this limit be extended by that much, by that person, now: the bounds a rule sets. Knows no case and no post. */
import type { WorkCalendar } from './calendar.ts';
import type { BudgetUnit, Clock } from './clock.ts';
import { dueOf } from './due.ts';
import type { Refusal } from './process.ts';
import type { Rule } from './rule.ts';

export interface ExtensionRequest {
  readonly amount: number;
  readonly unit: BudgetUnit;
  readonly approvedBy: string;
  /** Who handles the matter; may never be the approver (rules.md 9.1, trap 5). */
  readonly handler: string;
  /** When the approval is given, epoch ms. */
  readonly at: number;
}

/**
 * Why an extension is refused, or `null`. Codes: `extension-not-provided`, `extension-unset` (the district has not entered
 * the bound), `clock-ended`, `extension-amount`, `extension-by-handler`, `extension-used-up`, `extension-too-long`,
 * `extension-after-expiry`. A stopped clock has not expired.
 */
export function checkExtension(
  clock: Clock,
  rule: Rule,
  calendar: WorkCalendar,
  { amount, unit, approvedBy, handler, at }: ExtensionRequest,
): Refusal | null {
  const right = rule.extension;
  if (right === undefined) return { code: 'extension-not-provided', article: rule.basis, details: { rule: rule.id } };
  const refuse = (code: string, details: Refusal['details'] = {}): Refusal => ({
    code,
    article: right.article,
    details: { rule: rule.id, ...details },
  });
  if (right.amount === 0) return refuse('extension-unset', { key: rule.extensionKey ?? '' });
  if (clock.endedAt !== undefined) return refuse('clock-ended');
  if (!Number.isSafeInteger(amount) || amount <= 0) return refuse('extension-amount', { amount });
  if (approvedBy === handler) return refuse('extension-by-handler', { approver: right.approver });
  if (clock.extensions.length >= right.times) return refuse('extension-used-up', { times: right.times });
  if (unit !== right.unit || amount > right.amount)
    return refuse('extension-too-long', { amount, unit, most: right.amount, mostUnit: right.unit });
  const due = dueOf(clock, rule, calendar, at);
  if (due !== null && at >= due.dueAt) return refuse('extension-after-expiry', { dueOn: due.dueOn });
  return null;
}
