/** What a change in the register does to a running round: joiners, leavers, closures, hand-overs. Knows no visit's content. */
import { localDate } from '../kernel/civil-day.ts';
import { refused, wrote, type Decision, type Moment } from '../kernel/process.ts';
import { postFact, stampOf, type Stamp } from '../kernel/acting.ts';
import { dueAtOf } from '../kernel/case-clock.ts';
import type { PlannedVisit, RoundCommand, RoundEvent } from './round-messages.ts';
import { hasDefaulted, openVisits, periodClock, visitOf, type Round } from './round-state.ts';

/** Commands that only the register, another round or a correction gives, through the inbox. */
export type ToldCommand = Extract<
  RoundCommand,
  {
    type:
      | 'take-on'
      | 'holder-changed'
      | 'absence-began'
      | 'absence-ended'
      | 'subject-closed'
      | 'subject-bound'
      | 'subject-unbound'
      | 'subject-risk-changed'
      | 'correction-settled';
  }
>;

interface Done {
  readonly by: Stamp;
  readonly at: number;
}

/**
 * Never refuses what it has heard before or what no longer matters: the teller has already done its part.
 * Refuses `unknown-finding` and `unknown-post` only.
 */
export function decideTold(state: Round, command: ToldCommand, at: Moment): Decision<RoundEvent> {
  const done: Done = { by: stampOf(at.actor), at: at.now };
  switch (command.type) {
    case 'take-on':
      return wrote(...added(state, command.visits, { cause: 'taken-on', fromRound: command.fromRound }, done, at));
    case 'subject-bound':
      return wrote(...joined(state, command, done, at));
    case 'subject-unbound':
      return unbound(state, command.subject, command.toPost, done, at);
    case 'subject-closed':
      return isDue(state, command.subject) ? wrote({ type: 'visit-void', subject: command.subject, ...done }) : wrote();
    case 'subject-risk-changed': {
      const { subject, onSite } = command;
      const visit = visitOf(state, subject);
      return visit?.status === 'due' && visit.onSite !== onSite
        ? wrote({ type: 'risk-changed', subject, onSite, ...done })
        : wrote();
    }
    case 'holder-changed': {
      const { fromPerson, toPerson } = command;
      if (state.end !== null || state.person === toPerson) return wrote();
      return wrote({ type: 'holder-changed', fromPerson, toPerson, ...done });
    }
    case 'absence-began': {
      const { person, deputy } = command;
      if (state.end !== null || person !== state.person) return wrote();
      return wrote({ type: 'absence-began', person, deputy, ...done });
    }
    case 'absence-ended': {
      const { person, deputy } = command;
      if (state.end !== null || person !== state.person) return wrote();
      return wrote({ type: 'absence-ended', person, deputy, ...done });
    }
    case 'correction-settled': {
      const { finding, settledAs } = command;
      const known = state.findings.find((one) => one.finding === finding);
      if (known === undefined) return refused('unknown-finding', undefined, { finding });
      return known.settledAs === settledAs
        ? wrote()
        : wrote({ type: 'correction-settled', finding, settledAs, ...done });
    }
  }
}

const isDue = (state: Round, subject: string): boolean => visitOf(state, subject)?.status === 'due';

/** A subject that is due, done or defaulted in this round keeps its entry; any other may come back. */
const mayJoin = (state: Round, subject: string): boolean => {
  const visit = visitOf(state, subject);
  return visit === undefined || (!hasDefaulted(visit) && visit.status !== 'due' && visit.status !== 'done');
};

/** New visits; where the limit has run out already they default at once, for no rung will come for them. */
function added(
  state: Round,
  visits: readonly PlannedVisit[],
  { cause, fromRound }: { readonly cause: 'bound' | 'taken-on'; readonly fromRound: string | null },
  done: Done,
  at: Moment,
): RoundEvent[] {
  const joining = visits.filter(({ subject }) => mayJoin(state, subject));
  if (joining.length === 0) return [];
  const dueAt = dueAtOf(periodClock(state), at);
  const late = dueAt !== null && at.now > dueAt;
  const events = joining.flatMap(({ subject, onSite }): RoundEvent[] => [
    { type: 'visit-added', subject, onSite, cause, fromRound, ...done },
    ...(late ? [{ type: 'defaulted', subject, ...done } as const] : []),
  ]);
  return state.end === null ? events : [{ type: 'reopened', ...done }, ...events];
}

/** A late joiner is visited in this period when enough working days are left, else excused until the next. */
function joined(state: Round, { subject, onSite }: PlannedVisit, done: Done, at: Moment): RoundEvent[] {
  if (!mayJoin(state, subject)) return [];
  const dueAt = dueAtOf(periodClock(state), at);
  const enough = at.policy.value<number>('supervision.lateJoinerMinWorkingDays');
  const left =
    dueAt === null || at.now > dueAt ? 0 : at.calendar.workingDaysBetween(localDate(at.now), localDate(dueAt - 1));
  if (left >= enough) return added(state, [{ subject, onSite }], { cause: 'bound', fromRound: null }, done, at);
  return [{ type: 'visit-excused', subject, onSite, cause: 'late-joiner', reason: null, document: null, ...done }];
}

function unbound(state: Round, subject: string, toPost: string | null, done: Done, at: Moment): Decision<RoundEvent> {
  const visit = visitOf(state, subject);
  if (visit?.status !== 'due' || hasDefaulted(visit)) return wrote();
  if (toPost === null || toPost === state.post) return wrote({ type: 'visit-released', subject, ...done });
  const to = postFact(at.facts, toPost);
  if (to === null) return refused('unknown-post', undefined, { post: toPost });
  const visits = [{ subject, onSite: visit.onSite }];
  return wrote({
    type: 'visits-handed-over',
    visits,
    toPost,
    toUnit: to.unit,
    toPerson: to.holder,
    reason: null,
    ...done,
  });
}

/** The office moves open visits to another post of the same cycle; a default stays where it happened. */
export function handedOver(
  state: Round,
  { toPost, subjects, reason }: Extract<RoundCommand, { type: 'hand-over' }>,
  at: Moment,
): Decision<RoundEvent> {
  if (toPost === state.post) return refused('same-post');
  const to = postFact(at.facts, toPost);
  if (to === null) return refused('unknown-post', undefined, { post: toPost });
  const named =
    subjects ??
    openVisits(state)
      .filter((visit) => !hasDefaulted(visit))
      .map(({ subject }) => subject);
  if (named.length === 0) return refused('nothing-to-hand-over');
  const visits: PlannedVisit[] = [];
  for (const subject of new Set(named)) {
    const visit = visitOf(state, subject);
    if (visit?.status !== 'due') return refused('subject-not-in-round', undefined, { subject });
    if (hasDefaulted(visit)) return refused('already-defaulted', undefined, { subject });
    visits.push({ subject, onSite: visit.onSite });
  }
  return wrote({
    type: 'visits-handed-over',
    visits,
    toPost,
    toUnit: to.unit,
    toPerson: to.holder,
    reason,
    by: stampOf(at.actor),
    at: at.now,
  });
}
