/** A time limit as data: what the law or the district says, and since when. Knows no case. */
import type { BudgetUnit } from './clock.ts';

/** How far a figure is to be trusted; rules.md §0. Only `V` is law; the rest is district policy. */
export type TrustMark = 'V' | 'S' | 'U' | 'D';

/**
 * How days are counted; the regime belongs to the rule, never inferred from the number (rules.md §9.1).
 * `SILENT`: the regulation says nothing about counting. What each means: `regime.ts`.
 */
export type RegimeId = 'O121' | 'APR' | 'APL' | 'CPL' | 'R310' | 'SILENT' | 'POLICY';

export interface Budget {
  readonly unit: BudgetUnit;
  readonly amount: number;
}

export interface ExtensionRight {
  readonly amount: number;
  readonly unit: BudgetUnit;
  /** How often it may be granted. */
  readonly times: number;
  /** Who approves, in the law's words; always before expiry and never the handler. */
  readonly approver: string;
  readonly article: string;
}

/** One version of one rule id. Two regulations that answer the same id in turn (O20, O121) are two rules with dates. */
export interface Rule {
  readonly id: string;
  /** Regulation version, e.g. `O121`, `O20`, `XH-POLICY-2026`. */
  readonly version: string;
  /** Chinese, as an officer reads it. */
  readonly title: string;
  /** Regulation and article, e.g. `O121 §15`. */
  readonly basis: string;
  readonly mark: TrustMark;
  readonly inForceFrom: string;
  /** Last day in force, inclusive. */
  readonly inForceTo?: string;
  /** `null`: the limit is set case by case in the document that starts the clock. */
  readonly budget: Budget | null;
  readonly regime: RegimeId;
  /** What starts the clock, who must act, what happens if it is missed, which record proves it. Chinese. */
  readonly starts: string;
  readonly actor: string;
  readonly missed: string;
  readonly record: string;
  /** Causes that stop this clock and no other (e.g. `testing`, `appraisal`, `recusal`, `suspension`). */
  readonly stops: readonly string[];
  readonly extension?: ExtensionRight;
  /** New facts restart the whole budget (RP-03). */
  readonly restarts?: boolean;
  /** Default ladder; a case may put a clock on another one. */
  readonly ladder: string;
  /** Where the amount is district policy: the policy key that holds it. */
  readonly policyKey?: string;
  /** Where the bound of the extension is district policy: the policy key that holds its amount and unit. */
  readonly extensionKey?: string;
}

/** Rules of one content hash, with district policy values already filled in. */
export interface RulePack {
  readonly hash: string;
  /** The version of `id` in force on the day `on` (`YYYY-MM-DD`). Throws `UnknownRule` for an id or a day without one. */
  rule(id: string, on: string): Rule;
  readonly rules: readonly Rule[];
}
