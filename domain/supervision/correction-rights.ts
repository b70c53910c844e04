/** Who may do what to a correction: the station, its head, the office, the receiver of a clue. Decides nothing else. */
import type { Actor, Facts, Moment, Refusal } from '../kernel/process.ts';
import { isOfficeOver, isRegulatorOf, postFact, unitFact, type Place } from '../kernel/acting.ts';
import type { CorrectionCommand } from './correction-messages.ts';
import type { Correction } from './correction-state.ts';

/** Whose limit it is, as a person where one is known: nobody approves their own. */
export const handlerOf = ({ passedOnTo, claimedBy, handler, unit }: Correction, actor: Actor): string =>
  passedOnTo === null ? (claimedBy ?? handler ?? unit) : actor.post === passedOnTo ? actor.person : passedOnTo;

/** What persons say; the rest comes from other cases and alarms. */
export type ActedCommand = Exclude<CorrectionCommand, { type: 'open' | 'subject-closed' }>;

/** Why the acting person may not say this, or `null`. */
export function refuseActor(state: Correction, command: ActedCommand, { actor, facts }: Moment): Refusal | null {
  const place: Place = { unit: state.unit, path: unitFact(facts, state.unit)?.path ?? null };
  const asRegulator = isRegulatorOf(actor, place) ? null : { code: 'not-regulator', article: 'INS §33' };
  switch (command.type) {
    case 'claim':
    case 'recheck':
      return asRegulator;
    case 'report-done':
      // The business tells the station or the cadre; either writes it down.
      return actor.post === state.foundBy ? null : asRegulator;
    case 'order':
    case 'correct-on-spot':
    case 'pass-on':
      return asRegulator ?? refuseOther(state, actor);
    case 'filed':
    case 'not-filed':
      return isReceiver(state, actor, facts) ? null : (asRegulator ?? refuseOther(state, actor));
    case 'escalate':
      return asRegulator === null || isOfficeOver(actor, place) ? null : { code: 'not-allowed' };
    case 'extend':
      if (command.clock === 'filing' && actor.role === 'department-head' && isReceiver(state, actor, facts))
        return null;
      return refuseApprover(actor, place);
    case 'reassign':
      return refuseApprover(actor, place);
  }
}

/** The post the clue went to, or another of its unit (BB-08). */
const isReceiver = (state: Correction, actor: Actor, facts: Facts): boolean =>
  state.passedOnTo !== null &&
  (actor.post === state.passedOnTo || actor.unit === postFact(facts, state.passedOnTo)?.unit);

/** The head of the station, or the office. */
const refuseApprover = (actor: Actor, place: Place): Refusal | null =>
  (actor.role === 'regulator-head' && isRegulatorOf(actor, place)) || isOfficeOver(actor, place)
    ? null
    : { code: 'not-allowed' };

/** The handler's post acts; the head of the station may step in. */
const refuseOther = (state: Correction, actor: Actor): Refusal | null => {
  if (state.handler === null) return { code: 'not-claimed' };
  return state.handler === actor.post || actor.role === 'regulator-head' ? null : { code: 'not-claimant' };
};
