/** What processes ask of a clock of theirs: the instant of due, an extension to write. Knows no process. */
import { dueOf, lawDay } from './due.ts';
import { checkExtension } from './extension.ts';
import type { BudgetUnit, Clock, Extension, Stop } from './clock.ts';
import type { Moment, Refusal } from './process.ts';

/** The one cause for which the office stops a supervision clock: 经批准的客观情况, with its document. */
export const PAUSE_CAUSE = 'circumstance';

/** When the clock runs out by the calendar of the moment; `null` while it is stopped before that. */
export function dueAtOf(clock: Clock, { rules, calendar, now }: Moment): number | null {
  return dueOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar, now)?.dueAt ?? null;
}

/** The stops with the open one ended at `at`. */
export const resumed = (stops: readonly Stop[], at: number): readonly Stop[] =>
  stops.map((stop) => (stop.to === undefined ? { ...stop, to: at } : stop));

/** Codes with which `checkExtension` may refuse. */
export const EXTENSION_REFUSALS = [
  'extension-not-provided',
  'extension-unset',
  'extension-amount',
  'extension-by-handler',
  'extension-used-up',
  'extension-too-long',
  'extension-after-expiry',
] as const;

export interface ExtensionAsked {
  readonly amount: number;
  readonly unit: BudgetUnit;
}

/** The extension to write, or why the rule refuses it. `handler` is the person whose limit it is. */
export function extensionOf(
  clock: Clock,
  { amount, unit }: ExtensionAsked,
  handler: string,
  moment: Moment,
): { readonly extension: Omit<Extension, 'reason'> } | { readonly refused: Refusal } {
  const { rules, calendar, now, actor } = moment;
  const asked = { amount, unit, approvedBy: actor.person, handler, at: now };
  const refused = checkExtension(clock, rules.rule(clock.rule, lawDay(clock)), calendar, asked);
  return refused === null ? { extension: { amount, unit, approvedBy: actor.person, approvedAt: now } } : { refused };
}
