/**
 * One cadre's visits of one period, from kick-off until each is made, excused or written off (BB-04, BB-05).
 * Knows no rate: a round says which visits were made in time, `rates.ts` counts them.
 */
import { isCivilDate, startOfDay } from '../kernel/civil-day.ts';
import {
  ANNULLED,
  refused,
  wrote,
  type Decision,
  type Lapse,
  type Moment,
  type Need,
  type Process,
} from '../kernel/process.ts';
import { isSystem, stampOf } from '../kernel/acting.ts';
import { dueAtOf } from '../kernel/case-clock.ts';
import type { RoundCommand, RoundEvent, VisitRecord } from './round-messages.ts';
import { roundConsequences } from './round-notices.ts';
import { decideOffice, refuseOffice } from './round-office.ts';
import { decideTold } from './round-register.ts';
import {
  endOf,
  evolveRound,
  hasDefaulted,
  isOwed,
  isPaused,
  openVisits,
  periodClock,
  visitOf,
  type Round,
} from './round-state.ts';
import { amended, isInTime, refuseVisit } from './round-visits.ts';

export const round: Process<Round, RoundCommand, RoundEvent> = {
  kind: 'round',
  revision: 1,
  stateVersion: 1,
  texts: ['note', 'reason', 'text'],
  needs,
  decide: (state, command, at) => settled(state, decided(state, command, at), at),
  evolve: evolveRound,
  clocks: (state) => [periodClock(state)],
  consequences: roundConsequences,
  summary(state) {
    const stage = stageOf(state);
    return {
      stage,
      holder: openVisits(state).length === 0 || state.end !== null ? null : state.post,
      unit: state.unit,
      cycle: state.cycle,
      ...(state.end === null ? {} : { closedAs: state.end.as }),
      figures: figuresOf(state),
    };
  },
};

function needs(state: Round | undefined, command: RoundCommand | Lapse): readonly Need[] {
  if (state === undefined) return [];
  const own: Need = { of: 'post', id: state.post };
  switch (command.type) {
    case 'record-visit':
      return [own, { of: 'subject', id: command.subject }];
    case 'amend-visit': {
      const subject = state.records[command.visit]?.subject;
      return subject === undefined ? [own] : [own, { of: 'subject', id: subject }];
    }
    case 'hand-over':
      return [own, { of: 'post', id: command.toPost }];
    case 'subject-unbound':
      return command.toPost === null ? [] : [{ of: 'post', id: command.toPost }];
    case 'excuse':
    case 'urge':
    case 'watch':
    case 'unwatch':
    case 'extend':
    case 'pause':
    case 'resume':
    case 'withdraw':
    case 'write-off':
      return [own];
    case 'open':
    case 'take-on':
    case 'holder-changed':
    case 'absence-began':
    case 'absence-ended':
    case 'subject-closed':
    case 'subject-bound':
    case 'subject-risk-changed':
    case 'correction-settled':
    case 'lapse':
      return [];
  }
}

function decided(state: Round | undefined, command: RoundCommand | Lapse, at: Moment): Decision<RoundEvent> {
  if (command.type === 'open') return state === undefined ? opened(command, at) : refused('already-open');
  if (state === undefined) return refused('not-open');
  const done = { by: stampOf(at.actor), at: at.now };
  switch (command.type) {
    case 'record-visit': {
      const refusal = refuseVisit(state, command, at);
      if (refusal !== null) return { refused: refusal };
      const { visit, subject } = command;
      const record = recordOf(command);
      const planned = visitOf(state, subject);
      const inTime = planned !== undefined && isInTime(state, planned, at);
      return wrote({ type: 'visit-recorded', visit, subject, record, receivedAt: at.received, inTime, ...done });
    }
    case 'amend-visit': {
      const change = amended(state, command, at);
      if ('refused' in change) return change;
      const { visit, reason } = command;
      return wrote({ type: 'visit-amended', visit, ...change, reason, ...done });
    }
    case 'excuse':
    case 'hand-over':
    case 'urge':
    case 'watch':
    case 'unwatch':
    case 'extend':
    case 'pause':
    case 'resume':
    case 'withdraw':
    case 'write-off': {
      const refusal = refuseOffice(state, command, at);
      return refusal === null ? decideOffice(state, command, at) : { refused: refusal };
    }
    case 'take-on':
    case 'holder-changed':
    case 'absence-began':
    case 'absence-ended':
    case 'subject-closed':
    case 'subject-bound':
    case 'subject-unbound':
    case 'subject-risk-changed':
    case 'correction-settled':
      return isSystem(at.actor) ? decideTold(state, command, at) : refused('not-allowed');
    case 'lapse':
      return isSystem(at.actor) ? lapsed(state, command, at) : refused('not-allowed');
  }
}

const recordOf = ({ visitedOn, mode, items, findings, evidence, confirmedBy, note }: VisitRecord): VisitRecord => ({
  visitedOn,
  mode,
  items,
  findings,
  evidence,
  confirmedBy,
  ...(note === undefined ? {} : { note }),
});

/** Opened by a cycle's paging, a hand-over or a change of the register, under the name of whoever caused it. */
function opened(command: Extract<RoundCommand, { type: 'open' }>, at: Moment): Decision<RoundEvent> {
  const { actor, now } = at;
  const { cycle, period, post, unit, person, visits, dueOn, ladder = null } = command;
  const dates = [period.fromOn, period.toOn, dueOn];
  if (!dates.every(isCivilDate) || period.fromOn > period.toOn || dueOn < period.fromOn) return refused('bad-period');
  const twice = visits.find(({ subject }, i) => visits.findIndex((other) => other.subject === subject) !== i);
  if (twice !== undefined) return refused('duplicate-subject', undefined, { subject: twice.subject });
  return wrote({
    type: 'opened',
    cycle,
    period,
    post,
    unit,
    person,
    visits,
    dueOn,
    ladder,
    startedAt: Math.max(now, startOfDay(period.fromOn)),
    by: stampOf(actor),
    at: now,
  });
}

/** Only the due rung writes: each visit not made defaults, and a round that never had one ends. */
function lapsed(state: Round, { clock, rung }: Lapse, at: Moment): Decision<RoundEvent> {
  if (clock !== 'period' || state.end !== null) return wrote();
  const done = { by: stampOf(at.actor), at: at.now };
  if (rung === ANNULLED) return wrote(...annulled(state, at));
  if (rung !== 'due') return wrote();
  if (state.visits.length === 0) return wrote({ type: 'closed', end: 'nothing-to-visit', reason: null, ...done });
  const open = openVisits(state).filter((visit) => !hasDefaulted(visit));
  return wrote(...open.map(({ subject }): RoundEvent => ({ type: 'defaulted', subject, ...done })));
}

/** The defaults that a later calendar shows to be none; a visit made meanwhile is judged by the limit as it is now. */
function annulled(state: Round, at: Moment): RoundEvent[] {
  const dueAt = dueAtOf(periodClock(state), at);
  return state.visits.filter(hasDefaulted).map(({ subject, visit }): RoundEvent => {
    const receivedAt = visit === null ? undefined : state.records[visit]?.receivedAt;
    const inTime = receivedAt === undefined ? null : dueAt === null || receivedAt <= dueAt;
    return { type: 'default-annulled', subject, inTime, by: stampOf(at.actor), at: at.now };
  });
}

/** Closes the round with the entry after which no visit is open. */
function settled(state: Round | undefined, decision: Decision<RoundEvent>, at: Moment): Decision<RoundEvent> {
  if ('refused' in decision || decision.events.length === 0) return decision;
  const after = decision.events.reduce<Round | undefined>((folded, event) => evolveRound(folded, event), state);
  if (after === undefined || after.end !== null) return decision;
  const end = endOf(after);
  if (end === null) return decision;
  return wrote(...decision.events, { type: 'closed', end, reason: null, by: stampOf(at.actor), at: at.now });
}

export type RoundStage = 'running' | 'paused' | 'overdue' | 'closed';

export function stageOf(state: Round): RoundStage {
  if (state.end !== null) return 'closed';
  if (isPaused(state)) return 'paused';
  return openVisits(state).some(hasDefaulted) ? 'overdue' : 'running';
}

function figuresOf({ visits, findings }: Round): Readonly<Record<string, number>> {
  const having = (status: string): number => visits.filter((visit) => visit.status === status).length;
  return {
    visits: visits.length,
    due: visits.filter(isOwed).length,
    open: having('due'),
    done: having('done'),
    inTime: visits.filter(({ inTime }) => inTime === true).length,
    defaulted: visits.filter(hasDefaulted).length,
    excused: having('excused'),
    handedOver: having('handed-over') + having('released'),
    void: having('void'),
    writtenOff: having('written-off'),
    findings: findings.length,
    findingsOpen: findings.filter(({ settledAs }) => settledAs === null).length,
  };
}
