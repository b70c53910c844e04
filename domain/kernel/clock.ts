/**
 * When is something due, and why that day: a budget in its own unit and a ledger of stops, never a target instant.
 * Knows no case and no ladder. The counting stands in `due.ts`, the reasons in `explanation.ts`.
 */
export { dueOf, lawDay, remainingOf, type Due, type Remaining } from './due.ts';
export { checkExtension, type ExtensionRequest } from './extension.ts';
export { explain, recomputed, type Explanation } from './explanation.ts';
export { ValueMissing } from './counting.ts';

export type BudgetUnit = 'h' | 'WD' | 'CD' | 'month' | 'year';

export interface Stop {
  readonly cause: string;
  readonly from: number;
  readonly to?: number;
  readonly document: string;
}

export interface Extension {
  readonly amount: number;
  readonly unit: BudgetUnit;
  readonly approvedBy: string;
  readonly approvedAt: number;
  readonly reason: string;
}

/** One running, stopped or ended time limit of a case. Instants are epoch milliseconds, `…On` are `YYYY-MM-DD`. */
export interface Clock {
  readonly id: string;
  readonly rule: string;
  readonly startedAt: number;
  /** The day whose law applies, when it is not the day of `startedAt` (a later clock of a case received earlier). */
  readonly lawOn?: string;
  /** Where the rule leaves the limit to the case: the amount ordered … */
  readonly budget?: { readonly unit: BudgetUnit; readonly amount: number };
  /** … or the last day itself (a period's end, a date in an order). Extensions still add to it. */
  readonly dueOn?: string;
  readonly stops: readonly Stop[];
  readonly extensions: readonly Extension[];
  readonly endedAt?: number;
  /** A ladder other than the rule's (督办 puts a clock on a steeper one). */
  readonly ladder?: string;
  /** How often the budget was restarted (RP-03); part of what makes a new arming. */
  readonly restarts?: number;
}
