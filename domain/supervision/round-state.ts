/** What a round knows: its visits, their records, its holder and its clock; folded from events. Decides nothing. */
import type { Clock, Extension, Stop } from '../kernel/clock.ts';
import { PAUSE_CAUSE, resumed } from '../kernel/case-clock.ts';
import type { Finding, Period, PlannedVisit, RoundEnd, RoundEvent, VisitRecord } from './round-messages.ts';
import type { Stamp } from '../kernel/acting.ts';

/**
 * `released`: the subject is no longer bound to this post. `void`: the subject closed. `written-off`: defaulted and never
 * made. Only `due` still asks for a visit.
 */
export type VisitStatus = 'due' | 'done' | 'excused' | 'handed-over' | 'released' | 'void' | 'written-off';

/** One subject of the round. A default stays whatever the status becomes. */
export interface RoundVisit extends PlannedVisit {
  readonly status: VisitStatus;
  readonly cause: 'planned' | 'bound' | 'taken-on';
  readonly defaultedAt: number | null;
  /** When a later calendar showed that default to be none. */
  readonly annulledAt: number | null;
  /** The record that fulfils it, and whether it was received before the limit ran out. */
  readonly visit: string | null;
  readonly inTime: boolean | null;
}

export interface RecordVersion {
  readonly record: VisitRecord;
  readonly by: Stamp;
  readonly at: number;
}

/** A recorded visit. The first version is the original, the last one holds. */
export interface RecordedVisit {
  readonly subject: string;
  readonly receivedAt: number;
  readonly versions: readonly RecordVersion[];
}

export interface RoundFinding {
  readonly finding: string;
  readonly visit: string;
  readonly severity: Finding['severity'];
  readonly onSpot: boolean;
  readonly settledAs: string | null;
}

export interface Round {
  readonly cycle: string;
  readonly period: Period;
  readonly post: string;
  readonly unit: string;
  /** `null` while the post is vacant. */
  readonly person: string | null;
  readonly deputy: string | null;
  readonly dueOn: string;
  readonly startedAt: number;
  /** The ladder it was opened with, where that is not the ordinary one. */
  readonly ladder: string | null;
  readonly watched: boolean;
  readonly visits: readonly RoundVisit[];
  readonly records: { readonly [visit: string]: RecordedVisit };
  readonly findings: readonly RoundFinding[];
  readonly stops: readonly Stop[];
  readonly extensions: readonly Extension[];
  readonly urgedAt: number | null;
  readonly urges: number;
  /** Anything done by a person since it was opened: it can no longer be withdrawn. */
  readonly touched: boolean;
  readonly end: { readonly as: RoundEnd; readonly at: number } | null;
}

const planned = ({ subject, onSite }: PlannedVisit, cause: RoundVisit['cause']): RoundVisit => ({
  subject,
  onSite,
  status: 'due',
  cause,
  defaultedAt: null,
  annulledAt: null,
  visit: null,
  inTime: null,
});

export const visitOf = (state: Round, subject: string): RoundVisit | undefined =>
  state.visits.find((visit) => visit.subject === subject);

/** Whether a default stands: written, and by no calendar annulled. */
export const hasDefaulted = ({ defaultedAt, annulledAt }: Pick<RoundVisit, 'defaultedAt' | 'annulledAt'>): boolean =>
  defaultedAt !== null && annulledAt === null;

/** Whether the visit is owed by this round: excused, moved and void ones are not, unless they defaulted before. */
export const isOwed = (visit: RoundVisit): boolean =>
  visit.status === 'due' || visit.status === 'done' || hasDefaulted(visit);

export const openVisits = (state: Round): readonly RoundVisit[] =>
  state.visits.filter(({ status }) => status === 'due');

export const isPaused = (state: Round): boolean => state.stops.some(({ to }) => to === undefined);

export const effectiveRecord = ({ versions }: RecordedVisit): VisitRecord | undefined => versions.at(-1)?.record;

/** BB-04: one clock a round, to the period's end, on the ladder of the ordinary case or of 督办. */
export function periodClock(state: Round): Clock {
  return {
    id: 'period',
    rule: 'BB-04',
    startedAt: state.startedAt,
    dueOn: state.dueOn,
    stops: state.stops,
    extensions: state.extensions,
    ladder: state.watched ? 'supervision-watch' : (state.ladder ?? 'supervision-round'),
    ...(state.end === null ? {} : { endedAt: state.end.at }),
  };
}

function withVisit(state: Round, subject: string, change: Partial<RoundVisit>): Round {
  return {
    ...state,
    visits: state.visits.map((visit) => (visit.subject === subject ? { ...visit, ...change } : visit)),
  };
}

/** Adds a subject, or makes an entry that had ended without a visit due again. */
function withAdded(state: Round, visit: PlannedVisit, change: Pick<RoundVisit, 'cause' | 'status'>): Round {
  return visitOf(state, visit.subject) === undefined
    ? { ...state, visits: [...state.visits, { ...planned(visit, change.cause), status: change.status }] }
    : withVisit(state, visit.subject, { ...change, onSite: visit.onSite });
}

function withFindings(state: Round, visit: string, findings: readonly Finding[]): Round {
  const found = findings.map(({ finding, severity, correctedOnSpot }) => ({
    finding,
    visit,
    severity,
    onSpot: correctedOnSpot === true,
    settledAs: correctedOnSpot === true ? 'corrected-on-spot' : null,
  }));
  return { ...state, findings: [...state.findings, ...found] };
}

function withRecord(state: Round, visit: string, record: RecordedVisit): Round {
  return { ...state, records: { ...state.records, [visit]: record }, touched: true };
}

function openedAs(event: Extract<RoundEvent, { type: 'opened' }>): Round {
  return {
    cycle: event.cycle,
    period: event.period,
    post: event.post,
    unit: event.unit,
    person: event.person,
    deputy: null,
    dueOn: event.dueOn,
    startedAt: event.startedAt,
    ladder: event.ladder,
    watched: false,
    visits: event.visits.map((visit) => planned(visit, 'planned')),
    records: {},
    findings: [],
    stops: [],
    extensions: [],
    urgedAt: null,
    urges: 0,
    touched: false,
    end: null,
  };
}

/** One case an event, nothing else. */
export function evolveRound(state: Round | undefined, event: RoundEvent): Round {
  if (event.type === 'opened') return openedAs(event);
  if (state === undefined) throw new Error(`${event.type} before opened`);
  switch (event.type) {
    case 'visit-recorded': {
      const { visit, subject, record, receivedAt, inTime, by, at } = event;
      const done = withVisit(state, subject, { status: 'done', visit, inTime });
      return withRecord(withFindings(done, visit, record.findings), visit, {
        subject,
        receivedAt,
        versions: [{ record, by, at }],
      });
    }
    case 'visit-amended': {
      const { visit, record, added, by, at } = event;
      const before = state.records[visit];
      if (before === undefined) return state;
      const versions = [...before.versions, { record, by, at }];
      return withRecord(withFindings(state, visit, added), visit, { ...before, versions });
    }
    case 'visit-added':
      return withAdded(state, event, { cause: event.cause, status: 'due' });
    case 'visit-excused':
      return {
        ...withAdded(state, event, {
          cause: visitOf(state, event.subject)?.cause ?? 'bound',
          status: 'excused',
        }),
        touched: state.touched || event.cause === 'office',
      };
    case 'visits-handed-over':
      return event.visits.reduce<Round>(
        (folded, { subject }) => withVisit(folded, subject, { status: 'handed-over' }),
        {
          ...state,
          touched: true,
        },
      );
    case 'visit-released':
      return withVisit(state, event.subject, { status: 'released' });
    case 'visit-void':
      return withVisit(state, event.subject, { status: 'void' });
    case 'risk-changed':
      return withVisit(state, event.subject, { onSite: event.onSite });
    case 'holder-changed':
      return { ...state, person: event.toPerson, deputy: null };
    case 'absence-began':
      return { ...state, deputy: event.deputy };
    case 'absence-ended':
      return { ...state, deputy: null };
    case 'urged':
      return { ...state, urgedAt: event.at, urges: state.urges + 1 };
    case 'watched':
      return { ...state, watched: true };
    case 'unwatched':
      return { ...state, watched: false };
    case 'extended': {
      const extension = { ...event.extension, reason: event.reason.text };
      return { ...state, extensions: [...state.extensions, extension] };
    }
    case 'paused': {
      const stop = { cause: PAUSE_CAUSE, from: event.at, document: event.document };
      return { ...state, stops: [...state.stops, stop] };
    }
    case 'resumed':
      return { ...state, stops: resumed(state.stops, event.at) };
    case 'defaulted':
      return withVisit(state, event.subject, { defaultedAt: event.at, annulledAt: null });
    case 'default-annulled':
      return withVisit(state, event.subject, {
        annulledAt: event.at,
        ...(event.inTime === null ? {} : { inTime: event.inTime }),
      });
    case 'written-off':
      return event.subjects.reduce((folded, subject) => withVisit(folded, subject, { status: 'written-off' }), state);
    case 'correction-settled':
      return {
        ...state,
        findings: state.findings.map((finding) =>
          finding.finding === event.finding ? { ...finding, settledAs: event.settledAs } : finding,
        ),
      };
    case 'closed':
      // A stop that is open when the round ends ends with it, or its limit would never be known.
      return { ...state, stops: resumed(state.stops, event.at), end: { as: event.end, at: event.at } };
    case 'reopened':
      return { ...state, end: null };
  }
}

/** How a round without open visits ends; `null` while one is open or none was ever due. */
export function endOf(state: Round): RoundEnd | null {
  if (state.visits.length === 0 || openVisits(state).length > 0) return null;
  if (state.visits.some((visit) => hasDefaulted(visit) && visit.status !== 'done')) return 'defaulted';
  const done = state.visits.filter(({ status }) => status === 'done');
  if (done.length === 0) return 'nothing-to-visit';
  return done.every(({ inTime }) => inTime === true) ? 'completed' : 'completed-late';
}
