/**
 * One finding, from the cadre's visit until it is struck off the list (整改、销号; INS §33) or passed on (BB-06 … BB-08).
 * Knows no penalty: what the enforcement bureau makes of a clue stands in its own system, by its number.
 */
import { dayNumber, isCivilDate, localDate } from '../kernel/civil-day.ts';
import {
  ANNULLED,
  refused,
  wrote,
  type Decision,
  type Lapse,
  type Moment,
  type Need,
  type Process,
  type Refusal,
} from '../kernel/process.ts';
import { isSystem, postFact, stampOf } from '../kernel/acting.ts';
import type { CorrectionClock, CorrectionCommand, CorrectionEnd, CorrectionEvent } from './correction-messages.ts';
import { correctionConsequences } from './correction-notices.ts';
import { clockOf, correctionClocks, evolveCorrection, isAfter, wasLate, type Correction } from './correction-state.ts';
import { handlerOf, refuseActor } from './correction-rights.ts';
import { dueAtOf, extensionOf } from '../kernel/case-clock.ts';
import type { EvidenceRef } from './round-messages.ts';

export const correction: Process<Correction, CorrectionCommand, CorrectionEvent> = {
  kind: 'correction',
  revision: 1,
  stateVersion: 1,
  texts: ['text', 'note', 'reason', 'requirement', 'clue'],
  needs,
  decide,
  evolve: evolveCorrection,
  clocks: correctionClocks,
  consequences: correctionConsequences,
  summary: (state) => ({
    stage: state.stage,
    holder: state.end === null ? (state.passedOnTo ?? state.handler) : null,
    unit: state.unit,
    subject: state.subject,
    cycle: cycleOf(state.round),
    ...(state.end === null ? {} : { closedAs: state.end.as }),
    figures: { failures: state.failures, late: wasLate(state) ? 1 : 0, escalated: state.escalated ? 1 : 0 },
  }),
};

/** `round/<cycle key>/<post>` names its cycle. */
const cycleOf = (roundId: string): string => roundId.slice('round/'.length, roundId.lastIndexOf('/'));

function needs(state: Correction | undefined, command: CorrectionCommand | Lapse): readonly Need[] {
  if (state === undefined || command.type === 'lapse' || command.type === 'subject-closed') return [];
  const place: Need = { of: 'unit', id: state.unit };
  switch (command.type) {
    case 'reassign':
      return [place, { of: 'post', id: command.toPost }];
    case 'pass-on':
      return [place, { of: 'post', id: command.to }];
    case 'filed':
    case 'not-filed':
    case 'extend':
      return state.passedOnTo === null ? [place] : [place, { of: 'post', id: state.passedOnTo }];
    case 'open':
    case 'claim':
    case 'order':
    case 'correct-on-spot':
    case 'report-done':
    case 'recheck':
    case 'escalate':
      return [place];
  }
}

function decide(
  state: Correction | undefined,
  command: CorrectionCommand | Lapse,
  at: Moment,
): Decision<CorrectionEvent> {
  const done = { by: stampOf(at.actor), at: at.now };
  if (command.type === 'open') {
    if (state !== undefined) return refused('already-open');
    // Opened by the entry that records the visit, under the name of whoever recorded it.
    return wrote({ ...command, type: 'submitted', ...done });
  }
  if (state === undefined) return refused('not-open');
  if (command.type === 'lapse') return isSystem(at.actor) ? lapsed(state, command, at) : refused('not-allowed');
  if (command.type === 'subject-closed') {
    if (!isSystem(at.actor)) return refused('not-allowed');
    return state.end === null ? settledWith('subject-closed', [], at) : wrote();
  }
  if (state.end !== null) return refused('correction-closed', undefined, { as: state.end.as });
  const refusal = refuseActor(state, command, at);
  if (refusal !== null) return { refused: refusal };
  switch (command.type) {
    case 'claim':
      if (state.stage === 'submitted') return wrote({ type: 'claimed', ...done });
      // A reassigned correction is waiting for its new handler to take it.
      if (state.handler === at.actor.post && state.claimedBy === null) return wrote({ type: 'claimed', ...done });
      return refused('already-claimed');
    case 'order':
      return ordered(state, command, at);
    case 'correct-on-spot':
      return correctedOnSpot(state, command, at);
    case 'report-done':
      return reportedDone(state, command, at);
    case 'recheck':
      return rechecked(state, command, at);
    case 'extend': {
      const clock = clockOf(state, command.clock);
      if (clock?.endedAt !== undefined || clock === null)
        return refused('clock-not-running', undefined, { clock: command.clock });
      const asked = extensionOf(clock, command, handlerOf(state, at.actor), at);
      if ('refused' in asked) return asked;
      return wrote({
        type: 'extended',
        clock: command.clock,
        extension: asked.extension,
        reason: command.reason,
        ...done,
      });
    }
    case 'escalate':
      return state.escalated
        ? refused('already-escalated')
        : wrote({ type: 'escalated', reason: command.reason, ...done });
    case 'pass-on':
      if (state.stage === 'passed-on') return refused('already-passed-on');
      if (postFact(at.facts, command.to) === null) return refused('unknown-post', undefined, { post: command.to });
      return wrote({ type: 'passed-on', to: command.to, clue: command.clue, ...done });
    case 'filed':
      return filed(state, command, at);
    case 'not-filed':
      if (state.stage !== 'passed-on') return refused('not-passed-on');
      return settledWith('not-filed', [{ type: 'not-filed', reason: command.reason, ...done }], at);
    case 'reassign':
      if (state.stage === 'submitted') return refused('not-claimed');
      if (command.toPost === state.handler) return refused('same-post');
      if (postFact(at.facts, command.toPost) === null)
        return refused('unknown-post', undefined, { post: command.toPost });
      return wrote({ type: 'reassigned', toPost: command.toPost, reason: command.reason, ...done });
  }
}

function ordered(
  state: Correction,
  { dueOn, requirement }: Extract<CorrectionCommand, { type: 'order' }>,
  at: Moment,
): Decision<CorrectionEvent> {
  if (state.stage === 'passed-on') return refused('already-passed-on');
  if (state.stage !== 'claimed') return refused('already-ordered');
  if (!isCivilDate(dueOn) || !isAfter(dueOn, at.now)) return refused('due-in-past', 'INS §33', { dueOn });
  return wrote({ type: 'ordered', dueOn, requirement, by: stampOf(at.actor), at: at.now });
}

function correctedOnSpot(
  state: Correction,
  { evidence, note }: Extract<CorrectionCommand, { type: 'correct-on-spot' }>,
  at: Moment,
): Decision<CorrectionEvent> {
  if (state.severity !== 'minor') return refused('not-minor', 'INS §33', { severity: state.severity });
  if (state.stage === 'passed-on') return refused('already-passed-on');
  if (state.stage !== 'claimed') return refused('already-ordered');
  if (at.actor.person === state.finder) return refused('own-work', 'INS §33');
  const refusal = refuseEvidence(state.foundOn, evidence, at);
  if (refusal !== null) return { refused: refusal };
  const event = { type: 'corrected-on-spot', evidence, note: note ?? null, by: stampOf(at.actor), at: at.now } as const;
  return settledWith('corrected-on-spot', [event], at);
}

/** The business reported; whoever received it writes it down and may not be the one who re-checks. */
function reportedDone(
  state: Correction,
  { evidence, note }: Extract<CorrectionCommand, { type: 'report-done' }>,
  at: Moment,
): Decision<CorrectionEvent> {
  if (state.stage !== 'ordered') return refused('not-ordered');
  const refusal = refuseEvidence(state.foundOn, evidence, at);
  if (refusal !== null) return { refused: refusal };
  const clock = clockOf(state, 'correction');
  const dueAt = clock === null ? null : dueAtOf(clock, at);
  return wrote({
    type: 'reported-done',
    evidence,
    note: note ?? null,
    receivedAt: at.received,
    inTime: (dueAt === null || at.received <= dueAt) && (state.limits.correction?.overdueAt ?? null) === null,
    by: stampOf(at.actor),
    at: at.now,
  });
}

function rechecked(
  state: Correction,
  { passed, reason, evidence, dueOn }: Extract<CorrectionCommand, { type: 'recheck' }>,
  at: Moment,
): Decision<CorrectionEvent> {
  if (state.stage !== 'awaiting-recheck') return refused('not-reported');
  if (at.actor.person === state.reportedBy?.person) return refused('own-work', 'INS §33');
  const refusal = refuseEvidence(state.foundOn, evidence, at);
  if (refusal !== null) return { refused: refusal };
  const done = { by: stampOf(at.actor), at: at.now };
  if (passed) {
    const event = { type: 'recheck-passed', reason, evidence, ...done } as const;
    return settledWith(wasLate(state) ? 'struck-off-late' : 'struck-off', [event], at);
  }
  if (dueOn === undefined) return refused('due-missing', 'INS §33');
  if (!isCivilDate(dueOn) || !isAfter(dueOn, at.now)) return refused('due-in-past', 'INS §33', { dueOn });
  return wrote({ type: 'recheck-failed', reason, evidence, dueOn, ...done });
}

function filed(
  state: Correction,
  { number, filedOn }: Extract<CorrectionCommand, { type: 'filed' }>,
  at: Moment,
): Decision<CorrectionEvent> {
  if (state.stage !== 'passed-on') return refused('not-passed-on');
  if (filedOn > localDate(at.received)) return refused('filed-in-future', 'APR §18', { filedOn });
  if (state.passedOnAt !== null && filedOn < localDate(state.passedOnAt))
    return refused('filed-before-passed-on', 'APR §18', { filedOn });
  const event = { type: 'filed', number, filedOn, by: stampOf(at.actor), at: at.now } as const;
  return settledWith('passed-on', [event], at);
}

/** Evidence of a correction is taken between the finding and today. */
function refuseEvidence(foundOn: string, evidence: readonly EvidenceRef[], { received }: Moment): Refusal | null {
  if (evidence.length === 0) return { code: 'evidence-missing' };
  const today = localDate(received);
  const odd = evidence.find(({ takenOn }) => takenOn > today || dayNumber(takenOn) < dayNumber(foundOn));
  return odd === undefined ? null : { code: 'evidence-date-implausible', details: { takenOn: odd.takenOn, foundOn } };
}

/** The end of a correction and the feedback to its finder are one entry. */
function settledWith(end: CorrectionEnd, before: readonly CorrectionEvent[], at: Moment): Decision<CorrectionEvent> {
  const done = { by: stampOf(at.actor), at: at.now };
  return wrote(...before, { type: 'settled', end, ...done }, { type: 'fed-back', ...done });
}

const isClock = (id: string): id is CorrectionClock =>
  id === 'claim' || id === 'correction' || id === 'recheck' || id === 'filing';

function lapsed(state: Correction, { clock, rung }: Lapse, at: Moment): Decision<CorrectionEvent> {
  if (!isClock(clock) || state.end !== null) return wrote();
  const limit = state.limits[clock];
  if (limit === undefined || limit.endedAt !== null) return wrote();
  const done = { by: stampOf(at.actor), at: at.now };
  if (rung === ANNULLED)
    return limit.overdueAt === null ? wrote() : wrote({ type: 'overdue-annulled', clock, ...done });
  return rung === 'due' && limit.overdueAt === null ? wrote({ type: 'overdue', clock, ...done }) : wrote();
}
