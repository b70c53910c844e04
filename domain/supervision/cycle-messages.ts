/** What may be said to a cycle and what is written in it; wire names. Decides nothing. */
import type { TextRef } from '../kernel/text.ts';
import type { Stamp } from '../kernel/acting.ts';

export type ScopeKind = 'quarter' | 'unit' | 'class' | 'key-period';

/** Which subjects a cycle covers; the whole district where nothing narrows it. */
export interface CycleScope {
  readonly kind: ScopeKind;
  readonly unit?: string;
  readonly class?: string;
}

export interface CyclePeriod {
  /** Chinese or short code, e.g. `2026-Q4`, `国庆`. */
  readonly name: string;
  readonly fromOn: string;
  readonly toOn: string;
}

/** A frozen rate. `digest`: over the sorted ids of both sets, which stand in the figures table. */
export interface RateFigure {
  readonly numerator: number;
  readonly denominator: number;
  readonly digest: string;
}

export interface UnitFigures {
  readonly unit: string;
  readonly binding: Omit<RateFigure, 'digest'>;
  readonly pledge: Omit<RateFigure, 'digest'>;
  readonly completion: Omit<RateFigure, 'digest'>;
}

export type RateName = 'binding' | 'pledge' | 'completion';

/** What the cycle must have told its rounds, page by page. */
export type ToldRounds = 'pause' | 'resume' | 'withdraw';

export type CycleCommand =
  | {
      readonly type: 'open';
      readonly title: string;
      readonly period: CyclePeriod;
      readonly scope: CycleScope;
      /** Hash of the preview that was confirmed. */
      readonly planHash: string;
      /** Rows of the plan, ordinals 1 … `rounds`. */
      readonly rounds: number;
      readonly visits: number;
      readonly provisional: boolean;
    }
  /** One page, told by the paging activity: counts of this page; `lastOrdinal` is the last row it covered. */
  | {
      readonly type: 'rounds-opened';
      readonly opened: number;
      readonly existing: number;
      readonly failed: number;
      readonly lastOrdinal: number;
    }
  /** Pause, resumption or withdrawal has reached every round of the cycle. */
  | { readonly type: 'rounds-told'; readonly told: ToldRounds; readonly rounds: number }
  | { readonly type: 'pause'; readonly reason: TextRef; readonly document: string }
  | { readonly type: 'resume'; readonly reason: TextRef; readonly document: string }
  /** Late joiners: rows appended to the plan. */
  | {
      readonly type: 'add-late';
      readonly planHash: string;
      readonly rounds: number;
      readonly visits: number;
      readonly reason: TextRef;
    }
  /** `touched`: rounds in which anything was done, counted by the system in the same transaction. */
  | { readonly type: 'withdraw'; readonly reason: TextRef; readonly touched: number }
  | {
      readonly type: 'figures-frozen';
      readonly rates: Readonly<Record<RateName, RateFigure>>;
      readonly coverage: RateFigure;
      readonly byUnit: readonly UnitFigures[];
    }
  | { readonly type: 'close'; readonly note?: TextRef };

interface Done {
  readonly by: Stamp;
  readonly at: number;
}

export type CycleEvent =
  | ({
      readonly type: 'opened';
      readonly title: string;
      readonly period: CyclePeriod;
      readonly scope: CycleScope;
      readonly planHash: string;
      readonly rounds: number;
      readonly visits: number;
      readonly provisional: boolean;
      readonly startedAt: number;
    } & Done)
  | ({
      readonly type: 'page-opened';
      readonly opened: number;
      readonly existing: number;
      readonly failed: number;
      readonly lastOrdinal: number;
    } & Done)
  /** Every row of the plan has its round or its reason. */
  | ({ readonly type: 'running' } & Done)
  | ({ readonly type: 'rounds-told'; readonly told: ToldRounds; readonly rounds: number } & Done)
  | ({ readonly type: 'paused'; readonly reason: TextRef; readonly document: string } & Done)
  | ({ readonly type: 'resumed'; readonly reason: TextRef; readonly document: string } & Done)
  | ({
      readonly type: 'late-added';
      readonly planHash: string;
      readonly rounds: number;
      readonly visits: number;
      readonly reason: TextRef;
    } & Done)
  | ({ readonly type: 'withdrawn'; readonly reason: TextRef } & Done)
  | ({ readonly type: 'period-ended' } & Done)
  /** A later calendar moved the end; figures were not frozen yet. */
  | ({ readonly type: 'period-resumed' } & Done)
  | ({
      readonly type: 'figures-frozen';
      readonly rates: Readonly<Record<RateName, RateFigure>>;
      readonly coverage: RateFigure;
      readonly byUnit: readonly UnitFigures[];
    } & Done)
  /** BB-09: a unit under 100 % is proposed for 督查; proposing is not ordering. */
  | ({ readonly type: 'follow-up-proposed'; readonly unit: string; readonly rates: readonly RateName[] } & Done)
  | ({ readonly type: 'closed'; readonly note: TextRef | null } & Done);

export const CYCLE_REFUSALS = [
  'not-open',
  'already-open',
  'not-allowed',
  'not-office',
  'other-unit',
  'bad-period',
  'empty-plan',
  'cycle-closed',
  'already-paused',
  'not-paused',
  'period-over',
  'nothing-to-add',
  'already-touched',
  'not-freezing',
  'rounds-not-opened',
  'bad-figures',
  'not-reported',
] as const;
