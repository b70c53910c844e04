/** What the office and those above may do to a round: excuse, hand over, urge, watch, extend, pause, end. */
import { HOUR_MS } from '../kernel/civil-day.ts';
import { refused, wrote, type Decision, type Moment, type Refusal } from '../kernel/process.ts';
import { isAbove, isOfficeOver, isSystem, postFact, stampOf, type Place } from '../kernel/acting.ts';
import { extensionOf } from '../kernel/case-clock.ts';
import type { RoundCommand, RoundEvent } from './round-messages.ts';
import { handedOver } from './round-register.ts';
import { hasDefaulted, isPaused, openVisits, periodClock, visitOf, type Round } from './round-state.ts';

export type OfficeCommand = Extract<
  RoundCommand,
  {
    type:
      'excuse' | 'hand-over' | 'urge' | 'watch' | 'unwatch' | 'extend' | 'pause' | 'resume' | 'withdraw' | 'write-off';
  }
>;

/** Nobody rules on their own round; the cycle tells its rounds to pause, resume and withdraw through the system. */
export function refuseOffice(state: Round, command: OfficeCommand, { actor, facts }: Moment): Refusal | null {
  const path = postFact(facts, state.post)?.unitPath ?? null;
  const place: Place = { unit: state.unit, path };
  switch (command.type) {
    case 'pause':
    case 'resume':
    case 'withdraw':
      if (isSystem(actor)) return null;
      break;
    case 'urge':
    case 'watch':
    case 'unwatch':
      if (isAbove(actor, place)) return refuseOwn(state, actor);
      return { code: 'not-office' };
    case 'excuse':
    case 'hand-over':
    case 'extend':
    case 'write-off':
      break;
  }
  return isOfficeOver(actor, place) ? refuseOwn(state, actor) : { code: 'not-office' };
}

const refuseOwn = (state: Round, { post, person }: Moment['actor']): Refusal | null =>
  post === state.post || person === state.person || person === state.deputy ? { code: 'own-round' } : null;

/** The actor has the right; `refuseOffice` was asked before. */
export function decideOffice(state: Round, command: OfficeCommand, at: Moment): Decision<RoundEvent> {
  if (state.end !== null) return refused('round-closed');
  const done = { by: stampOf(at.actor), at: at.now };
  switch (command.type) {
    case 'excuse':
      return excused(state, command, at);
    case 'hand-over':
      return handedOver(state, command, at);
    case 'urge': {
      const everyMs = at.policy.value<number>('supervision.urgeEveryHours') * HOUR_MS;
      if (state.urgedAt !== null && at.now < state.urgedAt + everyMs)
        return refused('urged-recently', undefined, { againAt: state.urgedAt + everyMs });
      return wrote({ type: 'urged', note: command.note, ...done });
    }
    case 'watch':
      return state.watched ? refused('already-watched') : wrote({ type: 'watched', reason: command.reason, ...done });
    case 'unwatch':
      return state.watched ? wrote({ type: 'unwatched', reason: command.reason, ...done }) : refused('not-watched');
    case 'extend': {
      // A vacant round's limit is nobody's own; a deputy's approval was refused before.
      const asked = extensionOf(periodClock(state), command, state.person ?? state.post, at);
      if ('refused' in asked) return asked;
      return wrote({ type: 'extended', extension: asked.extension, reason: command.reason, ...done });
    }
    case 'pause':
      return isPaused(state)
        ? refused('already-paused')
        : wrote({ type: 'paused', document: command.document, ...done });
    case 'resume':
      return isPaused(state) ? wrote({ type: 'resumed', document: command.document, ...done }) : refused('not-paused');
    case 'withdraw':
      return state.touched
        ? refused('already-touched')
        : wrote({ type: 'closed', end: 'withdrawn', reason: command.reason, ...done });
    case 'write-off': {
      const subjects = openVisits(state)
        .filter(hasDefaulted)
        .map(({ subject }) => subject);
      return subjects.length === 0
        ? refused('nothing-to-write-off')
        : wrote({ type: 'written-off', subjects, reason: command.reason, ...done });
    }
  }
}

function excused(
  state: Round,
  { subject, reason, document }: Extract<RoundCommand, { type: 'excuse' }>,
  at: Moment,
): Decision<RoundEvent> {
  const visit = visitOf(state, subject);
  if (visit === undefined) return refused('subject-not-in-round', undefined, { subject });
  if (visit.status === 'done') return refused('subject-already-visited', undefined, { subject });
  if (visit.status === 'excused') return refused('visit-excused', undefined, { subject });
  if (visit.status !== 'due') return refused('visit-handed-over', undefined, { subject });
  if (hasDefaulted(visit)) return refused('already-defaulted', undefined, { subject });
  return wrote({
    type: 'visit-excused',
    subject,
    onSite: visit.onSite,
    cause: 'office',
    reason,
    document: document ?? null,
    by: stampOf(at.actor),
    at: at.now,
  });
}
