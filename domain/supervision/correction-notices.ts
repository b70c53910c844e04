/** What a correction's events set off elsewhere: notices to both sides and the word back to the round. */
import type { Consequence } from '../kernel/process.ts';
import type { CorrectionEvent } from './correction-messages.ts';
import type { Correction } from './correction-state.ts';
import type { RoundCommand } from './round-messages.ts';

export const CORRECTION_TEMPLATES = [
  'finding-submitted',
  'finding-serious',
  'correction-claimed',
  'correction-reported',
  'correction-recheck-failed',
  'correction-extended',
  'correction-escalated',
  'correction-reassigned',
  'clue-passed-on',
  'correction-fed-back',
] as const;

type Template = (typeof CORRECTION_TEMPLATES)[number];

export function correctionConsequences(event: CorrectionEvent, state: Correction): readonly Consequence[] {
  const facts = { subject: state.subject, finding: state.finding, severity: state.severity, round: state.round };
  const tell = (to: string, template: Template, more: { [key: string]: string } = {}): Consequence => ({
    does: 'notify',
    to: { post: to },
    template,
    urgency: 'digest',
    details: { ...facts, ...more },
  });
  const station = (template: Template, urgency: 'digest' | 'at-once'): Consequence => ({
    does: 'notify',
    to: { role: 'regulator-head', unit: state.unit },
    template,
    urgency,
    details: facts,
  });
  const office = (template: Template): Consequence => ({
    does: 'notify',
    to: { role: 'district-office' },
    template,
    urgency: 'at-once',
    details: facts,
  });

  switch (event.type) {
    case 'submitted':
      return event.severity === 'serious'
        ? [station('finding-serious', 'at-once'), office('finding-serious')]
        : [station('finding-submitted', 'digest')];
    case 'claimed':
      return [tell(state.foundBy, 'correction-claimed')];
    case 'reported-done':
      return [station('correction-reported', 'digest')];
    case 'recheck-failed':
      return [tell(state.foundBy, 'correction-recheck-failed', { dueOn: event.dueOn })];
    case 'extended':
      return [tell(state.foundBy, 'correction-extended')];
    case 'escalated':
      return [office('correction-escalated')];
    case 'passed-on':
      return [tell(event.to, 'clue-passed-on', { clue: event.clue.text })];
    case 'reassigned':
      return [tell(event.toPost, 'correction-reassigned')];
    case 'settled': {
      const command: RoundCommand = { type: 'correction-settled', finding: state.finding, settledAs: event.end };
      return [{ does: 'tell', caseId: state.round, command }];
    }
    case 'fed-back':
      return [tell(state.foundBy, 'correction-fed-back', { as: state.end?.as ?? '' })];
    case 'ordered':
    case 'recheck-passed':
    case 'corrected-on-spot':
    case 'filed':
    case 'not-filed':
    case 'overdue':
    case 'overdue-annulled':
      return [];
  }
}
