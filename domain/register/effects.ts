/**
 * What a change of the register means for running work: duties to open, rounds and corrections to tell (BB-01, BB-02,
 * BB-03, BB-04). Pure. Looks at the register before and after the whole batch, so that a subject added and bound in one
 * batch owes nobody anything.
 */
import type { Consequence, Typed } from '../kernel/process.ts';
import type { BindingCause, BindingDutyCommand } from '../supervision/binding-duty.ts';
import type { PledgeDutyCommand } from '../supervision/pledge-duty.ts';
import type { PlannedVisit, RoundCommand } from '../supervision/round-messages.ts';
import { pledgeId } from './amend-people.ts';
import type { RegisterChange } from './change.ts';
import type { Draft } from './draft.ts';
import type { Binding, Post, Subject, Tenure } from './register.ts';
import { covers, officeOver, roundOf, type RunningCycle, type RunningWork } from './running-work.ts';

export interface EffectsContext {
  readonly before: Draft;
  readonly after: Draft;
  readonly running: RunningWork;
  /** District policy: the version of the pledge that counts now. */
  readonly pledgeVersion: string;
  /** District policy: the risks that must be visited on site. */
  readonly onSiteRisks: readonly string[];
  readonly today: string;
  /** First day on which a change had to be reported (BB-01): what is older was not reported late. */
  readonly reportedSince: string;
  /** Whether enough working days are left until the day `toOn` for a first visit (the round applies the same rule). */
  readonly leavesTime: (toOn: string) => boolean;
}

const tell = (caseId: string, command: Typed): Consequence => ({ does: 'tell', caseId, command });
const open = (kind: string, key: string, input: Typed): Consequence => ({ does: 'open', kind, key, input });

/** What one change sets off. An `open` of a key that several changes of a batch ask for is one case. */
export function effectsOf(change: RegisterChange, context: EffectsContext): readonly Consequence[] {
  const { before, after } = context;
  switch (change.type) {
    case 'subject-added':
      return unboundDuty(change.subject, 'opened', change.on, context);
    case 'subject-reopened':
      return [
        ...unboundDuty(change.subject, 'opened', change.on, context),
        ...tellBound(after.openBinding(change.subject), context),
      ];
    case 'subject-closed':
    case 'subject-suspended':
      return subjectGone(change.subject, change.type === 'subject-closed', context);
    case 'subject-risk-changed':
      return riskChanged(change.subject, context);
    case 'bound':
      return [...dutyToldBound(change.subject, context), ...tellBound(after.openBinding(change.subject), context)];
    case 'unbound':
      return released(before.openBinding(change.subject), causeOf(change.reason), change.on, context);
    case 'post-corrected':
      return pledgeWanted(after.openTenure(change.post), context);
    case 'tenure-began':
      return [
        ...tellRounds(change.post, { type: 'holder-changed', fromPerson: null, toPerson: change.person }, context),
        ...pledgeWanted(after.openTenure(change.post), context),
      ];
    case 'tenure-ended':
      return tenureEnded(before.openTenure(change.post), context);
    case 'pledge-signed':
      return pledgeSigned(change.post, change.person, change.version, change.on, context);
    case 'pledge-withdrawn':
      return pledgeWanted(after.openTenure(change.post), context);
    case 'absence-began':
      // A deputy is told on the day the absence begins (`keepInvariants`): until then the absent person reads the mail.
      if (change.on > context.today && change.deputy !== null) return [];
      return tellRoundsOf(change.person, { type: change.type, person: change.person, deputy: change.deputy }, context);
    case 'absence-ended': {
      const absence = before
        .absencesOf(change.person)
        .find(({ fromOn, toOn }) => fromOn <= change.on && change.on <= toOn);
      const deputy = absence?.deputy ?? null;
      return tellRoundsOf(change.person, { type: change.type, person: change.person, deputy }, context);
    }
    default:
      return [];
  }
}

// ------------------------------------------------------------------ subjects without a cadre

/** Why a subject lost its cadre: the reasons `expand.ts` gives are the subject's own, any other is the office's. */
function causeOf(reason: string): BindingCause {
  if (reason === 'class-mismatch') return 'moved-class';
  return reason === 'town-mismatch' ? 'moved' : 'cadre-left';
}

/** Opens the next episode of the duty to bind, when the subject is active, unbound and has no open episode. */
function unboundDuty(id: string, cause: BindingCause, since: string, context: EffectsContext): Consequence[] {
  const { after, running, today, reportedSince } = context;
  const subject = after.subjects.get(id);
  const last = running.bindingDuties.get(id);
  if (subject?.status !== 'active' || after.openBinding(id) !== undefined || last?.open === true) return [];
  const input: BindingDutyCommand = {
    type: 'open',
    subject: id,
    unit: subject.unit,
    ...(since < reportedSince ? { cause: 'missing', since: today } : { cause, since }),
    holder: officeOver(after, subject.unit, today),
  };
  return [open('binding-duty', `${id}/${String((last?.episode ?? 0) + 1)}`, input)];
}

function tellDuty(subject: string, command: BindingDutyCommand, { running }: EffectsContext): Consequence[] {
  const last = running.bindingDuties.get(subject);
  return last?.open === true ? [tell(`binding-duty/${subject}/${String(last.episode)}`, command)] : [];
}

function dutyToldBound(subject: string, context: EffectsContext): Consequence[] {
  const binding = context.after.openBinding(subject);
  if (binding === undefined) return [];
  return tellDuty(subject, { type: 'bound', binding: binding.id, post: binding.post }, context);
}

/** A binding that held before the batch and does not after it: its rounds are told, and the subject needs a new one. */
function released(
  was: Binding | undefined,
  cause: BindingCause,
  since: string,
  context: EffectsContext,
): Consequence[] {
  if (was === undefined) return [];
  const now = context.after.openBinding(was.subject);
  if (now?.id === was.id) return [];
  const subject = context.after.subjects.get(was.subject);
  if (subject?.status === 'closed') return [];
  const command: RoundCommand = { type: 'subject-unbound', subject: was.subject, toPost: now?.post ?? null };
  return [...tellRounds(was.post, command, context), ...unboundDuty(was.subject, cause, since, context)];
}

function subjectGone(id: string, closed: boolean, context: EffectsContext): Consequence[] {
  const gone: RoundCommand = { type: 'subject-closed', subject: id };
  const binding = context.before.openBinding(id);
  const corrections = closed ? (context.running.corrections.get(id) ?? []) : [];
  return [
    ...(binding === undefined ? [] : tellRounds(binding.post, gone, context)),
    ...corrections.map((caseId) => tell(caseId, { type: 'subject-closed' })),
    ...tellDuty(id, { type: 'subject-closed' }, context),
  ];
}

// ------------------------------------------------------------------ rounds

const mustBeOnSite = (subject: Subject, { onSiteRisks }: EffectsContext): boolean => onSiteRisks.includes(subject.risk);

/** Every round of the post in a running cycle; a completed one is told too, it may have to reopen. */
function tellRounds(post: string, command: RoundCommand, { running }: EffectsContext): Consequence[] {
  return running.cycles.filter(({ posts }) => posts.has(post)).flatMap((cycle) => tellRound(cycle, post, command));
}

/** A round that a kick-off has planned and not opened yet is opened as planned first, so that it is there to be told. */
function tellRound(cycle: RunningCycle, post: string, command: RoundCommand): Consequence[] {
  const planned = cycle.planned.get(post);
  const told = tell(roundOf(cycle, post), command);
  return planned === undefined ? [told] : [open('round', `${cycle.key}/${post}`, planned), told];
}

function tellRoundsOf(person: string, command: RoundCommand, context: EffectsContext): Consequence[] {
  return [...context.after.tenures.values()]
    .filter((tenure) => tenure.person === person && tenure.toOn === null)
    .flatMap(({ post }) => tellRounds(post, command, context));
}

/** A late joiner (BB-04): told to the post's round of every running cycle that covers it, or the first of a new round when there is time left. */
function tellBound(binding: Binding | undefined, context: EffectsContext): Consequence[] {
  const { after, running, leavesTime } = context;
  const subject = binding === undefined ? undefined : after.subjects.get(binding.subject);
  const post = binding === undefined ? undefined : after.posts.get(binding.post);
  if (subject?.status !== 'active' || post === undefined) return [];
  const visit: PlannedVisit = { subject: subject.id, onSite: mustBeOnSite(subject, context) };
  return running.cycles
    .filter((cycle) => covers(cycle, after.units, subject))
    .flatMap((cycle) => {
      if (cycle.posts.has(post.id)) return tellRound(cycle, post.id, { type: 'subject-bound', ...visit });
      return leavesTime(cycle.period.toOn)
        ? [open('round', `${cycle.key}/${post.id}`, lateRound(cycle, post, visit, after))]
        : [];
    });
}

function lateRound(cycle: RunningCycle, post: Post, visit: PlannedVisit, after: Draft): RoundCommand {
  return {
    type: 'open',
    cycle: cycle.key,
    period: cycle.period,
    post: post.id,
    unit: post.unit,
    person: after.openTenure(post.id)?.person ?? null,
    visits: [visit],
    dueOn: cycle.period.toOn,
  };
}

function riskChanged(id: string, context: EffectsContext): Consequence[] {
  const was = context.before.subjects.get(id);
  const now = context.after.subjects.get(id);
  const binding = context.after.openBinding(id);
  if (was === undefined || now === undefined || binding === undefined) return [];
  const onSite = mustBeOnSite(now, context);
  if (onSite === mustBeOnSite(was, context)) return [];
  return tellRounds(binding.post, { type: 'subject-risk-changed', subject: id, onSite }, context);
}

// ------------------------------------------------------------------ who holds a post, and their pledge

function tenureEnded(tenure: Tenure | undefined, context: EffectsContext): Consequence[] {
  if (tenure === undefined) return [];
  const { post, person } = tenure;
  const last = context.running.pledgeDuties.get(`${post}/${person}`);
  const left: PledgeDutyCommand = { type: 'left' };
  return [
    ...tellRounds(post, { type: 'holder-changed', fromPerson: person, toPerson: null }, context),
    ...(last?.open === true ? [tell(`pledge-duty/${post}/${person}/${String(last.episode)}`, left)] : []),
  ];
}

/** BB-03: who holds a post that guarantees subjects signs the current pledge. */
function pledgeWanted(tenure: Tenure | undefined, { after, running, pledgeVersion }: EffectsContext): Consequence[] {
  const post = tenure === undefined ? undefined : after.posts.get(tenure.post);
  if (tenure === undefined || post === undefined || post.class === null) return [];
  const key = `${post.id}/${tenure.person}`;
  const last = running.pledgeDuties.get(key);
  if (last?.open === true || after.pledges.has(pledgeId(post.id, tenure.person, pledgeVersion))) return [];
  const { person } = tenure;
  const input: PledgeDutyCommand = { type: 'open', post: post.id, person, unit: post.unit, version: pledgeVersion };
  return [open('pledge-duty', `${key}/${String((last?.episode ?? 0) + 1)}`, input)];
}

function pledgeSigned(
  post: string,
  person: string,
  version: string,
  on: string,
  context: EffectsContext,
): Consequence[] {
  const key = `${post}/${person}`;
  const last = context.running.pledgeDuties.get(key);
  if (last?.open !== true || version !== context.pledgeVersion) return [];
  const command: PledgeDutyCommand = { type: 'signed', pledge: pledgeId(post, person, version), signedOn: on };
  return [tell(`pledge-duty/${key}/${String(last.episode)}`, command)];
}

/** A consequence and the change of the batch that it hangs on. */
export interface Effect {
  readonly index: number;
  readonly consequence: Consequence;
}

/** What a batch sets off. One `open` a key: a late round of a post is opened with the visits of all its new subjects. */
export function effectsOfBatch(changes: readonly RegisterChange[], context: EffectsContext): readonly Effect[] {
  const merged = new Map<string, Effect>();
  for (const [index, change] of changes.entries()) {
    for (const consequence of effectsOf(change, context)) {
      const key = consequence.does === 'open' ? `${consequence.kind}/${consequence.key}` : `#${String(merged.size)}`;
      const known = merged.get(key);
      const effect = known === undefined ? { index, consequence } : withVisitsOf(known, consequence);
      merged.set(key, effect);
    }
  }
  return [...merged.values()];
}

function withVisitsOf(effect: Effect, { does, ...second }: Consequence): Effect {
  const { index, consequence: first } = effect;
  if (first.does !== 'open' || does !== 'open' || first.kind !== 'round' || !('input' in second)) return effect;
  const [into, from] = [first.input as RoundCommand, second.input as RoundCommand];
  if (into.type !== 'open' || from.type !== 'open') return effect;
  const known = new Set(into.visits.map(({ subject }) => subject));
  const visits = [...into.visits, ...from.visits.filter(({ subject }) => !known.has(subject))];
  const input: RoundCommand = { ...into, visits };
  return { index, consequence: { ...first, input } };
}
