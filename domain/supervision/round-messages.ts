/** What may be said to a round and what is written in it; wire names. Decides nothing. */
import type { Extension } from '../kernel/clock.ts';
import type { TextRef } from '../kernel/text.ts';
import type { Stamp } from '../kernel/acting.ts';

export type Mode = 'on-site' | 'report-meeting' | 'video';
export type Severity = 'minor' | 'general' | 'serious';

export interface Period {
  readonly fromOn: string;
  readonly toOn: string;
}

/** One subject to be visited once in the period. `onSite`: high risk, BB-05. */
export interface PlannedVisit {
  readonly subject: string;
  readonly onSite: boolean;
}

/** One line of the 任务清单, ticked. */
export interface CheckedItem {
  readonly code: string;
  readonly met: boolean;
  /** Present where the item has no object here (不涉及): `met` then says nothing. */
  readonly applies?: false;
  readonly note?: TextRef;
}

export interface Finding {
  /** Made by the client, unique in the round; the last part of the correction's key. */
  readonly finding: string;
  /** Code of the checklist item it belongs to. */
  readonly item: string;
  readonly severity: Severity;
  /** Minor and put right before the cadre left (BB-07): no correction is opened. */
  readonly correctedOnSpot?: boolean;
  readonly text: TextRef;
}

export interface EvidenceRef {
  /** SHA-256 of the stored file, hex. */
  readonly digest: string;
  readonly takenOn: string;
}

/** What a visit's record says. */
export interface VisitRecord {
  readonly visitedOn: string;
  readonly mode: Mode;
  readonly items: readonly CheckedItem[];
  readonly findings: readonly Finding[];
  readonly evidence: readonly EvidenceRef[];
  /** The business confirmed, refused to, or was not asked. */
  readonly confirmedBy: 'business' | 'refused' | null;
  readonly note?: TextRef;
}

export type RoundCommand =
  | {
      readonly type: 'open';
      readonly cycle: string;
      readonly period: Period;
      readonly post: string;
      readonly unit: string;
      readonly person: string | null;
      readonly visits: readonly PlannedVisit[];
      readonly dueOn: string;
      readonly ladder?: string;
    }
  | ({ readonly type: 'record-visit'; readonly visit: string; readonly subject: string } & VisitRecord)
  /** Fields that are absent stay as they were; findings and evidence are added to. */
  | ({ readonly type: 'amend-visit'; readonly visit: string; readonly reason: TextRef } & Partial<VisitRecord>)
  | { readonly type: 'excuse'; readonly subject: string; readonly reason: TextRef; readonly document?: string }
  /** `subjects` absent: every open visit. */
  | {
      readonly type: 'hand-over';
      readonly toPost: string;
      readonly subjects?: readonly string[];
      readonly reason: TextRef;
    }
  | { readonly type: 'take-on'; readonly visits: readonly PlannedVisit[]; readonly fromRound: string }
  | { readonly type: 'holder-changed'; readonly fromPerson: string | null; readonly toPerson: string | null }
  | { readonly type: 'absence-began'; readonly person: string; readonly deputy: string | null }
  | { readonly type: 'absence-ended'; readonly person: string; readonly deputy: string | null }
  | { readonly type: 'subject-closed'; readonly subject: string }
  | { readonly type: 'subject-bound'; readonly subject: string; readonly onSite: boolean }
  /** The binding went to another post (`toPost`) or to nobody. */
  | { readonly type: 'subject-unbound'; readonly subject: string; readonly toPost: string | null }
  | { readonly type: 'subject-risk-changed'; readonly subject: string; readonly onSite: boolean }
  | { readonly type: 'urge'; readonly note: TextRef }
  | { readonly type: 'watch'; readonly reason: TextRef }
  | { readonly type: 'unwatch'; readonly reason: TextRef }
  | { readonly type: 'extend'; readonly amount: number; readonly unit: 'WD'; readonly reason: TextRef }
  | { readonly type: 'pause'; readonly document: string }
  | { readonly type: 'resume'; readonly document: string }
  | { readonly type: 'withdraw'; readonly reason: TextRef }
  /** Ends visits that defaulted and will not be made; the default stays. */
  | { readonly type: 'write-off'; readonly reason: TextRef }
  /** Told by a correction. */
  | { readonly type: 'correction-settled'; readonly finding: string; readonly settledAs: string };

export type RoundEnd = 'completed' | 'completed-late' | 'nothing-to-visit' | 'defaulted' | 'withdrawn';

interface Done {
  readonly by: Stamp;
  readonly at: number;
}

export type RoundEvent =
  | ({
      readonly type: 'opened';
      readonly cycle: string;
      readonly period: Period;
      readonly post: string;
      readonly unit: string;
      readonly person: string | null;
      readonly visits: readonly PlannedVisit[];
      readonly dueOn: string;
      readonly ladder: string | null;
      /** Start of the period, or now where the period has begun. */
      readonly startedAt: number;
    } & Done)
  | ({
      readonly type: 'visit-recorded';
      readonly visit: string;
      readonly subject: string;
      readonly record: VisitRecord;
      readonly receivedAt: number;
      readonly inTime: boolean;
    } & Done)
  | ({
      readonly type: 'visit-amended';
      readonly visit: string;
      readonly subject: string;
      /** The record as it now reads. */
      readonly record: VisitRecord;
      /** Findings that were not in the record before. */
      readonly added: readonly Finding[];
      readonly reason: TextRef;
    } & Done)
  | ({
      readonly type: 'visit-added';
      readonly subject: string;
      readonly onSite: boolean;
      readonly cause: 'bound' | 'taken-on';
      readonly fromRound: string | null;
    } & Done)
  | ({
      readonly type: 'visit-excused';
      readonly subject: string;
      readonly onSite: boolean;
      /** `late-joiner`: bound too near the end; its first visit falls in the next period. */
      readonly cause: 'office' | 'late-joiner';
      readonly reason: TextRef | null;
      readonly document: string | null;
    } & Done)
  | ({
      readonly type: 'visits-handed-over';
      readonly visits: readonly PlannedVisit[];
      readonly toPost: string;
      /** What the receiving round is opened with when there is none yet. */
      readonly toUnit: string;
      readonly toPerson: string | null;
      readonly reason: TextRef | null;
    } & Done)
  | ({ readonly type: 'visit-released'; readonly subject: string } & Done)
  | ({ readonly type: 'visit-void'; readonly subject: string } & Done)
  | ({ readonly type: 'risk-changed'; readonly subject: string; readonly onSite: boolean } & Done)
  | ({ readonly type: 'holder-changed'; readonly fromPerson: string | null; readonly toPerson: string | null } & Done)
  | ({ readonly type: 'absence-began'; readonly person: string; readonly deputy: string | null } & Done)
  | ({ readonly type: 'absence-ended'; readonly person: string; readonly deputy: string | null } & Done)
  | ({ readonly type: 'urged'; readonly note: TextRef } & Done)
  | ({ readonly type: 'watched'; readonly reason: TextRef } & Done)
  | ({ readonly type: 'unwatched'; readonly reason: TextRef } & Done)
  | ({ readonly type: 'extended'; readonly extension: Omit<Extension, 'reason'>; readonly reason: TextRef } & Done)
  | ({ readonly type: 'paused'; readonly document: string } & Done)
  | ({ readonly type: 'resumed'; readonly document: string } & Done)
  /** One a subject not visited when the period's limit ran out. A permanent fact. */
  | ({ readonly type: 'defaulted'; readonly subject: string } & Done)
  /** A later calendar shows that the limit had not run out. `inTime`: of a visit recorded meanwhile, else `null`. */
  | ({ readonly type: 'default-annulled'; readonly subject: string; readonly inTime: boolean | null } & Done)
  | ({ readonly type: 'written-off'; readonly subjects: readonly string[]; readonly reason: TextRef } & Done)
  | ({ readonly type: 'correction-settled'; readonly finding: string; readonly settledAs: string } & Done)
  | ({ readonly type: 'closed'; readonly end: RoundEnd; readonly reason: TextRef | null } & Done)
  | ({ readonly type: 'reopened' } & Done);

/** Every code a round refuses with; the Chinese of each stands in one table at the edge. */
export const ROUND_REFUSALS = [
  'not-open',
  'already-open',
  'not-allowed',
  'not-holder',
  'not-office',
  'own-round',
  'bad-period',
  'round-closed',
  'already-paused',
  'not-paused',
  'subject-not-in-round',
  'duplicate-subject',
  'visit-already-recorded',
  'subject-already-visited',
  'visit-excused',
  'visit-handed-over',
  'subject-closed',
  'visited-in-future',
  'visited-outside-period',
  'must-be-on-site',
  'evidence-missing',
  'evidence-date-implausible',
  'unknown-item',
  'items-missing',
  'duplicate-item',
  'duplicate-finding',
  'on-spot-only-minor',
  'unknown-subject',
  'unknown-visit',
  'amend-too-late',
  'already-defaulted',
  'nothing-to-hand-over',
  'same-post',
  'unknown-post',
  'urged-recently',
  'already-watched',
  'not-watched',
  'already-touched',
  'nothing-to-write-off',
  'unknown-finding',
] as const;
