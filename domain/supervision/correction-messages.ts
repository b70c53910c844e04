/** What may be said to a correction and what is written in it; wire names. Decides nothing. */
import type { BudgetUnit, Extension } from '../kernel/clock.ts';
import type { TextRef } from '../kernel/text.ts';
import type { Stamp } from '../kernel/acting.ts';
import type { EvidenceRef, Severity } from './round-messages.ts';

export type CorrectionClock = 'claim' | 'correction' | 'recheck' | 'filing';

export type CorrectionCommand =
  | {
      readonly type: 'open';
      /** Case id of the round, `round/…`. */
      readonly round: string;
      readonly subject: string;
      readonly unit: string;
      readonly finding: string;
      readonly item: string;
      readonly severity: Severity;
      /** The day of the visit. */
      readonly foundOn: string;
      /** The cadre's post, and who visited. */
      readonly foundBy: string;
      readonly finder: string;
      readonly text: TextRef;
    }
  | { readonly type: 'claim' }
  /** 责令改正 with its limit, set per case (INS §33). */
  | { readonly type: 'order'; readonly dueOn: string; readonly requirement: TextRef }
  | { readonly type: 'correct-on-spot'; readonly evidence: readonly EvidenceRef[]; readonly note?: TextRef }
  | { readonly type: 'report-done'; readonly evidence: readonly EvidenceRef[]; readonly note?: TextRef }
  /** `dueOn`: the new limit, required when the re-check fails. */
  | {
      readonly type: 'recheck';
      readonly passed: boolean;
      readonly reason: TextRef;
      readonly evidence: readonly EvidenceRef[];
      readonly dueOn?: string;
    }
  | {
      readonly type: 'extend';
      readonly clock: CorrectionClock;
      readonly amount: number;
      readonly unit: BudgetUnit;
      readonly reason: TextRef;
    }
  | { readonly type: 'escalate'; readonly reason: TextRef }
  /** A serious clue goes to the enforcement bureau (BB-08). */
  | { readonly type: 'pass-on'; readonly to: string; readonly clue: TextRef }
  /** 立案: the number the bureau's own system gave it. */
  | { readonly type: 'filed'; readonly number: string; readonly filedOn: string }
  | { readonly type: 'not-filed'; readonly reason: TextRef }
  | { readonly type: 'reassign'; readonly toPost: string; readonly reason: TextRef }
  | { readonly type: 'subject-closed' };

export type CorrectionEnd =
  'struck-off' | 'struck-off-late' | 'corrected-on-spot' | 'passed-on' | 'not-filed' | 'subject-closed';

interface Done {
  readonly by: Stamp;
  readonly at: number;
}

export type CorrectionEvent =
  | ({
      readonly type: 'submitted';
      readonly round: string;
      readonly subject: string;
      readonly unit: string;
      readonly finding: string;
      readonly item: string;
      readonly severity: Severity;
      readonly foundOn: string;
      readonly foundBy: string;
      readonly finder: string;
      readonly text: TextRef;
    } & Done)
  | ({ readonly type: 'claimed' } & Done)
  | ({ readonly type: 'ordered'; readonly dueOn: string; readonly requirement: TextRef } & Done)
  | ({
      readonly type: 'reported-done';
      readonly evidence: readonly EvidenceRef[];
      readonly note: TextRef | null;
      readonly receivedAt: number;
      readonly inTime: boolean;
    } & Done)
  | ({
      readonly type: 'recheck-failed';
      readonly reason: TextRef;
      readonly evidence: readonly EvidenceRef[];
      readonly dueOn: string;
    } & Done)
  | ({ readonly type: 'recheck-passed'; readonly reason: TextRef; readonly evidence: readonly EvidenceRef[] } & Done)
  | ({
      readonly type: 'corrected-on-spot';
      readonly evidence: readonly EvidenceRef[];
      readonly note: TextRef | null;
    } & Done)
  | ({
      readonly type: 'extended';
      readonly clock: CorrectionClock;
      readonly extension: Omit<Extension, 'reason'>;
      readonly reason: TextRef;
    } & Done)
  | ({ readonly type: 'escalated'; readonly reason: TextRef } & Done)
  | ({ readonly type: 'passed-on'; readonly to: string; readonly clue: TextRef } & Done)
  | ({ readonly type: 'filed'; readonly number: string; readonly filedOn: string } & Done)
  | ({ readonly type: 'not-filed'; readonly reason: TextRef } & Done)
  | ({ readonly type: 'reassigned'; readonly toPost: string; readonly reason: TextRef } & Done)
  /** A limit ran out; permanent. */
  | ({ readonly type: 'overdue'; readonly clock: CorrectionClock } & Done)
  /** A later calendar shows that it had not: both facts stay in the journal. */
  | ({ readonly type: 'overdue-annulled'; readonly clock: CorrectionClock } & Done)
  | ({ readonly type: 'settled'; readonly end: CorrectionEnd } & Done)
  /** The finder's post is told how it ended: the fourth of 提交、认领、处置、反馈. */
  | ({ readonly type: 'fed-back' } & Done);

export const CORRECTION_REFUSALS = [
  'not-open',
  'already-open',
  'not-allowed',
  'not-regulator',
  'not-claimant',
  'correction-closed',
  'already-claimed',
  'not-claimed',
  'already-ordered',
  'not-ordered',
  'not-reported',
  'due-in-past',
  'due-missing',
  'not-minor',
  'evidence-missing',
  'evidence-date-implausible',
  'own-work',
  'already-escalated',
  'already-passed-on',
  'not-passed-on',
  'filed-in-future',
  'filed-before-passed-on',
  'unknown-post',
  'same-post',
  'clock-not-running',
] as const;
