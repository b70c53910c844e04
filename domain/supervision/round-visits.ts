/** May this visit be recorded, or its record amended: what BB-05 and the district ask of a visit. Knows no clock ladder. */
import { dayNumber, localDate } from '../kernel/civil-day.ts';
import type { Moment, Refusal } from '../kernel/process.ts';
import { isOfficeOver, postFact, subjectFact } from '../kernel/acting.ts';
import { dueAtOf } from '../kernel/case-clock.ts';
import type { EvidenceRef, Finding, RoundCommand, VisitRecord } from './round-messages.ts';
import { effectiveRecord, hasDefaulted, periodClock, visitOf, type Round, type RoundVisit } from './round-state.ts';

type RecordVisit = Extract<RoundCommand, { type: 'record-visit' }>;
type AmendVisit = Extract<RoundCommand, { type: 'amend-visit' }>;

/** One line of the 任务清单 in force: policy `supervision.checklist`. */
// An alias, not an interface: only aliases are assignable to `Json`.
export type ChecklistItem = { readonly code: string; readonly title: string; readonly required: boolean };

const refusal = (code: string, details?: Refusal['details']): Refusal => ({
  code,
  ...(details === undefined ? {} : { details }),
});

/** The post's holder or deputy, or the office that types in a paper record for them. */
export function mayVisit(state: Round, { actor, facts }: Moment): boolean {
  if (actor.post === state.post) return true;
  const path = postFact(facts, state.post)?.unitPath ?? null;
  return actor.capacity === 'recorded-for' && isOfficeOver(actor, { unit: state.unit, path });
}

/** Why the visit may not be recorded, or `null`. */
export function refuseVisit(state: Round, command: RecordVisit, at: Moment): Refusal | null {
  const { visit: id, subject } = command;
  if (!mayVisit(state, at)) return refusal('not-holder', { post: state.post });
  if (state.records[id] !== undefined) return refusal('visit-already-recorded', { visit: id });
  const visit = visitOf(state, subject);
  if (visit === undefined) return refusal('subject-not-in-round', { subject });
  return refuseEnded(state, visit) ?? refuseSubject(subject, at) ?? refuseRecord(state, visit, command, [], at);
}

function refuseEnded(state: Round, { subject, status, visit }: RoundVisit): Refusal | null {
  switch (status) {
    case 'done':
      return refusal('subject-already-visited', { subject, visit });
    case 'excused':
      return refusal('visit-excused', { subject });
    case 'handed-over':
    case 'released':
      return refusal('visit-handed-over', { subject });
    case 'void':
      return refusal('subject-closed', { subject });
    case 'written-off':
      return refusal('round-closed');
    case 'due':
      return state.end === null ? null : refusal('round-closed');
  }
}

function refuseSubject(subject: string, { facts }: Moment): Refusal | null {
  const fact = subjectFact(facts, subject);
  if (fact === null) return refusal('unknown-subject', { subject });
  return fact.status === 'closed' ? refusal('subject-closed', { subject }) : null;
}

/** What holds of every record, first or amended. `kept`: ids of findings that stand already. */
function refuseRecord(
  state: Round,
  visit: RoundVisit,
  record: VisitRecord,
  kept: readonly string[],
  at: Moment,
): Refusal | null {
  const { visitedOn, mode, evidence } = record;
  if (visitedOn > localDate(at.received)) return refusal('visited-in-future', { visitedOn });
  if (visitedOn < state.period.fromOn)
    return refusal('visited-outside-period', { visitedOn, fromOn: state.period.fromOn });
  if (mode !== 'on-site' && asksOnSite(visit, at)) return refusal('must-be-on-site', { subject: visit.subject });
  if (evidence.length === 0 && at.policy.value<readonly string[]>('supervision.evidenceRequiredModes').includes(mode))
    return refusal('evidence-missing', { mode });
  return refuseEvidence(visitedOn, evidence, at) ?? refuseItems(record, at) ?? refuseFindings(state, record, kept);
}

/** BB-05: planned on site, or of a risk that the district wants seen on site, whatever the plan said. */
function asksOnSite({ subject, onSite }: RoundVisit, { facts, policy }: Moment): boolean {
  const risk = subjectFact(facts, subject)?.risk;
  return onSite || (risk !== undefined && policy.value<readonly string[]>('supervision.onSiteRisks').includes(risk));
}

/** Evidence taken in the future or too far from the day of the visit proves another day. */
function refuseEvidence(visitedOn: string, evidence: readonly EvidenceRef[], at: Moment): Refusal | null {
  const tolerance = at.policy.value<number>('supervision.evidenceToleranceDays');
  const today = localDate(at.received);
  const odd = evidence.find(
    ({ takenOn }) => takenOn > today || Math.abs(dayNumber(takenOn) - dayNumber(visitedOn)) > tolerance,
  );
  return odd === undefined ? null : refusal('evidence-date-implausible', { takenOn: odd.takenOn, visitedOn });
}

function refuseItems({ items, findings }: VisitRecord, { policy }: Moment): Refusal | null {
  const checklist = policy.value<readonly ChecklistItem[]>('supervision.checklist');
  const known = new Set(checklist.map(({ code }) => code));
  const ticked = new Set();
  for (const { code } of items) {
    if (!known.has(code)) return refusal('unknown-item', { item: code });
    if (ticked.has(code)) return refusal('duplicate-item', { item: code });
    ticked.add(code);
  }
  const stray = findings.find(({ item }) => !known.has(item));
  if (stray !== undefined) return refusal('unknown-item', { item: stray.item });
  const missing = checklist.filter(({ code, required }) => required && !ticked.has(code));
  return missing.length === 0 ? null : refusal('items-missing', { items: missing.map(({ code }) => code) });
}

function refuseFindings(state: Round, { findings }: VisitRecord, kept: readonly string[]): Refusal | null {
  const taken = new Set(state.findings.map(({ finding }) => finding).filter((id) => !kept.includes(id)));
  for (const { finding, severity, correctedOnSpot } of findings) {
    if (taken.has(finding)) return refusal('duplicate-finding', { finding });
    taken.add(finding);
    if (correctedOnSpot === true && severity !== 'minor') return refusal('on-spot-only-minor', { finding, severity });
  }
  return null;
}

/** Whether the visit counts: received before the limit ran out, and no default stands. */
export function isInTime(state: Round, visit: RoundVisit, at: Moment): boolean {
  const dueAt = dueAtOf(periodClock(state), at);
  return !hasDefaulted(visit) && (dueAt === null || at.received <= dueAt);
}

/** The record as it reads after the amendment, and what is new in it; or why it may not be amended. */
export function amended(
  state: Round,
  command: AmendVisit,
  at: Moment,
):
  | { readonly subject: string; readonly record: VisitRecord; readonly added: readonly Finding[] }
  | { readonly refused: Refusal } {
  const recorded = state.records[command.visit];
  const before = recorded === undefined ? undefined : effectiveRecord(recorded);
  if (recorded === undefined || before === undefined)
    return { refused: refusal('unknown-visit', { visit: command.visit }) };
  if (!mayVisit(state, at)) return { refused: refusal('not-holder', { post: state.post }) };
  const days = at.policy.value<number>('supervision.amendWorkingDays');
  const lastOn = at.calendar.addWorkingDays(localDate(recorded.receivedAt), days);
  if (localDate(at.received) > lastOn) return { refused: refusal('amend-too-late', { lastOn }) };
  const visit = visitOf(state, recorded.subject);
  if (visit === undefined) return { refused: refusal('subject-not-in-round', { subject: recorded.subject }) };

  const added = command.findings ?? [];
  const note = command.note ?? before.note;
  const record: VisitRecord = {
    visitedOn: command.visitedOn ?? before.visitedOn,
    mode: command.mode ?? before.mode,
    items: command.items ?? before.items,
    findings: [...before.findings, ...added],
    evidence: [...before.evidence, ...(command.evidence ?? [])],
    confirmedBy: command.confirmedBy === undefined ? before.confirmedBy : command.confirmedBy,
    ...(note === undefined ? {} : { note }),
  };
  const kept = before.findings.map(({ finding }) => finding);
  const refused = refuseRecord(state, visit, record, kept, at);
  return refused === null ? { subject: recorded.subject, record, added } : { refused };
}
