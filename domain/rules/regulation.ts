/** How a rule file is written: the parts that rules of one regulation share, and budgets as short words. Knows no rule. */
import type { Budget, ExtensionRight, RegimeId, Rule, TrustMark } from '../kernel/rule.ts';

export const hours = (amount: number): Budget => ({ unit: 'h', amount });
export const workingDays = (amount: number): Budget => ({ unit: 'WD', amount });
export const calendarDays = (amount: number): Budget => ({ unit: 'CD', amount });
export const months = (amount: number): Budget => ({ unit: 'month', amount });
export const years = (amount: number): Budget => ({ unit: 'year', amount });

/** The limit stands in each case's own document. */
export const PER_CASE = null;

/** The version under which figures of the district's own policy are kept. */
export const DISTRICT_POLICY = 'XH-POLICY-2026';

/** First day of the district document that set the supervision system up (杭西食药安办〔2023〕5号). */
export const DISTRICT_SINCE = '2023-03-21';

/** What all rules of one version of a regulation share. */
export interface Regulation {
  readonly version: string;
  readonly inForceFrom: string;
  readonly inForceTo?: string;
  readonly regime: RegimeId;
  readonly ladder: string;
  readonly mark: TrustMark;
}

/** One rule's own words, all in Chinese. */
export interface Wording {
  readonly starts: string;
  readonly actor: string;
  readonly missed: string;
  readonly record: string;
}

export interface Particulars extends Partial<Regulation> {
  readonly stops?: readonly string[];
  readonly extension?: ExtensionRight;
  readonly extensionKey?: string;
  readonly restarts?: boolean;
}

/** What a rule rests on: an article's own figure, or a policy key where the figure is the district's. */
type Amount = Budget | null | { readonly policy: string };

/** A rule of `regulation`: id, Chinese title, article, amount, its wording and what sets it apart. */
export type Written = (
  id: string,
  title: string,
  basis: string,
  amount: Amount,
  wording: Wording,
  particulars?: Particulars,
) => Rule;

export const rulesOf =
  (regulation: Regulation): Written =>
  (id, title, basis, amount, wording, particulars = {}) => ({
    ...regulation,
    id,
    title,
    basis,
    budget: amount !== null && 'policy' in amount ? null : amount,
    ...(amount !== null && 'policy' in amount ? { policyKey: amount.policy } : {}),
    ...wording,
    stops: [],
    ...particulars,
  });

/** What the four words of a wording are called, in the order in which rule files write them. */
export const wording = (starts: string, actor: string, missed: string, record: string): Wording => ({
  starts,
  actor,
  missed,
  record,
});

/** An extension the law bounds itself. */
export const mayExtend = ({ unit, amount }: Budget, approver: string, article: string, times = 1): ExtensionRight => ({
  amount,
  unit,
  times,
  approver,
  article,
});

/** An extension the law grants without a figure, or that is the district's own: its bound is a policy value. */
export const boundedByPolicy = (approver: string, article: string, times = 1): ExtensionRight => ({
  amount: 0,
  unit: 'WD',
  times,
  approver,
  article,
});
