/** What a round's events set off elsewhere: notices, corrections, the round that takes visits on. */
import type { Consequence, Json, Moment } from '../kernel/process.ts';
import type { CorrectionCommand } from './correction-messages.ts';
import type { Finding, RoundCommand, RoundEvent } from './round-messages.ts';
import { openVisits, type Round } from './round-state.ts';

export const ROUND_TEMPLATES = [
  'round-opened',
  'visit-added',
  'visit-excused',
  'round-handed-over',
  'round-inherited',
  'round-vacant',
  'round-deputised',
  'round-urged',
  'round-urged-superior',
  'round-watched',
  'round-watched-superior',
  'round-unwatched',
  'round-extended',
  'round-paused',
  'round-resumed',
  'round-withdrawn',
] as const;

type Template = (typeof ROUND_TEMPLATES)[number];

export function roundConsequences(event: RoundEvent, state: Round, { caseId }: Moment): readonly Consequence[] {
  const due = { cycle: state.cycle, dueOn: state.dueOn, open: openVisits(state).length };
  const holder = (template: Template, more: { [key: string]: Json } = {}, urgency: 'digest' | 'at-once' = 'digest') =>
    ({ does: 'notify', to: { post: state.post }, template, urgency, details: { ...due, ...more } }) as const;
  const superior = (template: Template, more: { [key: string]: Json } = {}, urgency: 'digest' | 'at-once' = 'digest') =>
    ({
      does: 'notify',
      to: { superiorOf: state.post },
      template,
      urgency,
      details: { ...due, post: state.post, ...more },
    }) as const;

  switch (event.type) {
    case 'opened':
      // A round opened to receive visits of another one announces them when they arrive.
      return event.visits.length === 0 ? [] : [holder('round-opened', { visits: event.visits.length })];
    case 'visit-recorded':
      return corrections(event.record.findings, event.subject, event.record.visitedOn, event.by.person, state, caseId);
    case 'visit-amended':
      return corrections(event.added, event.subject, event.record.visitedOn, event.by.person, state, caseId);
    case 'visit-added':
      return [holder('visit-added', { cause: event.cause })];
    case 'visit-excused':
      return [holder('visit-excused', { cause: event.cause })];
    case 'visits-handed-over':
      return [
        ...takenOver(event, state, caseId),
        holder('round-handed-over', { visits: event.visits.length, toPost: event.toPost }),
      ];
    case 'holder-changed':
      return event.toPerson === null ? [superior('round-vacant', {}, 'at-once')] : [holder('round-inherited')];
    case 'absence-began':
      return event.deputy === null ? [superior('round-vacant', {}, 'at-once')] : [holder('round-deputised')];
    case 'urged':
      return [
        holder('round-urged', { note: event.note.text, urges: state.urges }, 'at-once'),
        superior('round-urged-superior', { urges: state.urges }),
      ];
    case 'watched':
      return [
        holder('round-watched', { reason: event.reason.text }, 'at-once'),
        superior('round-watched-superior', { reason: event.reason.text }),
      ];
    case 'unwatched':
      return [holder('round-unwatched')];
    case 'extended':
      return [holder('round-extended', { amount: event.extension.amount, unit: event.extension.unit })];
    case 'paused':
      return [holder('round-paused', { document: event.document })];
    case 'resumed':
      return [holder('round-resumed', { document: event.document })];
    case 'closed':
      return event.end === 'withdrawn' ? [holder('round-withdrawn')] : [];
    case 'visit-released':
    case 'visit-void':
    case 'risk-changed':
    case 'absence-ended':
    case 'defaulted':
    case 'default-annulled':
    case 'written-off':
    case 'correction-settled':
    case 'reopened':
      return [];
  }
}

/** BB-06, BB-07: every finding not put right before the cadre left becomes a correction. */
function corrections(
  findings: readonly Finding[],
  subject: string,
  foundOn: string,
  finder: string,
  state: Round,
  caseId: string,
): readonly Consequence[] {
  const key = caseId.slice('round/'.length);
  return findings
    .filter(({ correctedOnSpot }) => correctedOnSpot !== true)
    .map(({ finding, item, severity, text }) => {
      const input: CorrectionCommand = {
        type: 'open',
        round: caseId,
        subject,
        unit: state.unit,
        finding,
        item,
        severity,
        foundOn,
        foundBy: state.post,
        finder,
        text,
      };
      return { does: 'open', kind: 'correction', key: `${key}/${finding}`, input };
    });
}

/** The receiving round is opened empty where there is none, then told; an existing one is left as it is. */
function takenOver(
  event: Extract<RoundEvent, { type: 'visits-handed-over' }>,
  state: Round,
  caseId: string,
): readonly Consequence[] {
  const { cycle, period, dueOn, ladder } = state;
  const key = `${cycle}/${event.toPost}`;
  const input: RoundCommand = {
    type: 'open',
    cycle,
    period,
    post: event.toPost,
    unit: event.toUnit,
    person: event.toPerson,
    visits: [],
    dueOn,
    ...(ladder === null ? {} : { ladder }),
  };
  const command: RoundCommand = { type: 'take-on', visits: event.visits, fromRound: caseId };
  return [
    { does: 'open', kind: 'round', key, input },
    { does: 'tell', caseId: `round/${key}`, command },
  ];
}
