/** What a correction knows: where it stands, whose turn it is, its four timestamps and its clocks. Decides nothing. */
import { startOfDay } from '../kernel/civil-day.ts';
import type { Clock } from '../kernel/clock.ts';
import { begun, changed, clockFrom, ended, extended, type Limits } from '../kernel/limits.ts';
import type { CorrectionClock, CorrectionEnd, CorrectionEvent } from './correction-messages.ts';
import type { EvidenceRef, Severity } from './round-messages.ts';
import type { Stamp } from '../kernel/acting.ts';

export type CorrectionStage = 'submitted' | 'claimed' | 'ordered' | 'awaiting-recheck' | 'passed-on' | 'closed';

export interface Correction {
  readonly round: string;
  readonly subject: string;
  readonly unit: string;
  readonly finding: string;
  readonly item: string;
  readonly severity: Severity;
  readonly foundOn: string;
  readonly foundBy: string;
  readonly finder: string;
  readonly text: string;
  readonly stage: CorrectionStage;
  readonly submittedAt: number;
  readonly claimedAt: number | null;
  readonly disposedAt: number | null;
  readonly fedBackAt: number | null;
  /** The regulator's post that handles it, and the person who claimed. */
  readonly handler: string | null;
  readonly claimedBy: string | null;
  readonly reportedBy: Stamp | null;
  readonly reportedInTime: boolean | null;
  readonly evidence: readonly EvidenceRef[];
  /** How often a re-check has failed. */
  readonly failures: number;
  readonly escalated: boolean;
  readonly passedOnTo: string | null;
  readonly passedOnAt: number | null;
  readonly filedAs: string | null;
  readonly limits: Limits<CorrectionClock>;
  readonly end: { readonly as: CorrectionEnd; readonly at: number } | null;
}

const RULES: Readonly<Record<CorrectionClock, string>> = {
  claim: 'BB-06b',
  correction: 'BB-07',
  recheck: 'BB-07b',
  filing: 'BB-08',
};

const CLOCKS: readonly CorrectionClock[] = ['claim', 'correction', 'recheck', 'filing'];

export const clockOf = (state: Correction, id: CorrectionClock): Clock | null =>
  clockFrom(state.limits, id, RULES[id], state.end?.at);

export const correctionClocks = (state: Correction): readonly Clock[] =>
  CLOCKS.map((id) => clockOf(state, id)).filter((clock) => clock !== null);

const withLimits = (state: Correction, limits: Limits<CorrectionClock>): Correction => ({ ...state, limits });

const begins = (state: Correction, id: CorrectionClock, at: number, dueOn: string | null = null): Correction =>
  withLimits(state, begun(state.limits, id, at, { dueOn }));

const ends = (state: Correction, id: CorrectionClock, at: number): Correction =>
  withLimits(state, ended(state.limits, id, at));

/** Whether any limit of the correction's own order was ever missed: it can no longer end in time. */
export const wasLate = (state: Correction): boolean =>
  state.reportedInTime === false || (state.limits.correction?.overdueAt ?? null) !== null;

export function evolveCorrection(state: Correction | undefined, event: CorrectionEvent): Correction {
  if (event.type === 'submitted') return submittedAs(event);
  if (state === undefined) throw new Error(`${event.type} before submitted`);
  const { at, by } = event;
  switch (event.type) {
    case 'claimed':
      return ends({ ...state, stage: 'claimed', claimedAt: at, handler: by.post, claimedBy: by.person }, 'claim', at);
    case 'ordered':
      return begins({ ...state, stage: 'ordered' }, 'correction', at, event.dueOn);
    case 'reported-done': {
      const { evidence, inTime } = event;
      const reported = {
        ...state,
        stage: 'awaiting-recheck' as const,
        reportedBy: by,
        // Once late, late: a second report in time of a second limit does not mend the first.
        reportedInTime: inTime && state.reportedInTime !== false,
        evidence: [...state.evidence, ...evidence],
      };
      return begins(ends(reported, 'correction', at), 'recheck', at);
    }
    case 'recheck-failed': {
      const failed = {
        ...state,
        stage: 'ordered' as const,
        failures: state.failures + 1,
        reportedBy: null,
        evidence: [...state.evidence, ...event.evidence],
      };
      return begins(ends(failed, 'recheck', at), 'correction', at, event.dueOn);
    }
    case 'recheck-passed':
      return ends({ ...state, evidence: [...state.evidence, ...event.evidence] }, 'recheck', at);
    case 'corrected-on-spot':
      return { ...state, evidence: [...state.evidence, ...event.evidence] };
    case 'extended': {
      const extension = { ...event.extension, reason: event.reason.text };
      return withLimits(state, extended(state.limits, event.clock, extension));
    }
    case 'escalated':
      return { ...state, escalated: true };
    case 'passed-on': {
      const stopped = CLOCKS.reduce((folded, id) => ends(folded, id, at), state);
      const passed = { ...stopped, stage: 'passed-on' as const, passedOnTo: event.to, passedOnAt: at };
      return begins(passed, 'filing', at);
    }
    case 'filed':
      return ends({ ...state, filedAs: event.number }, 'filing', at);
    case 'not-filed':
      return ends(state, 'filing', at);
    case 'reassigned':
      return { ...state, handler: event.toPost, claimedBy: null };
    case 'overdue':
      return withLimits(state, changed(state.limits, event.clock, { overdueAt: at }));
    case 'overdue-annulled':
      return withLimits(state, changed(state.limits, event.clock, { overdueAt: null }));
    case 'settled':
      return { ...state, stage: 'closed', disposedAt: at, end: { as: event.end, at } };
    case 'fed-back':
      return { ...state, fedBackAt: at };
  }
}

function submittedAs(event: Extract<CorrectionEvent, { type: 'submitted' }>): Correction {
  const { round, subject, unit, finding, item, severity, foundOn, foundBy, finder, text, at } = event;
  const state: Correction = {
    round,
    subject,
    unit,
    finding,
    item,
    severity,
    foundOn,
    foundBy,
    finder,
    text: text.text,
    stage: 'submitted',
    submittedAt: at,
    claimedAt: null,
    disposedAt: null,
    fedBackAt: null,
    handler: null,
    claimedBy: null,
    reportedBy: null,
    reportedInTime: null,
    evidence: [],
    failures: 0,
    escalated: false,
    passedOnTo: null,
    passedOnAt: null,
    filedAs: null,
    limits: {},
    end: null,
  };
  return begins(state, 'claim', at);
}

/** A day limit that an order may set: after the day of the order. */
export const isAfter = (dueOn: string, now: number): boolean => startOfDay(dueOn) > now;
