/** What a cycle's events set off elsewhere: notices to the office and to the heads of towns. */
import type { Consequence, Json } from '../kernel/process.ts';
import type { CycleEvent, RateFigure } from './cycle-messages.ts';
import type { Cycle } from './cycle-state.ts';

export const CYCLE_TEMPLATES = [
  'cycle-opened',
  'cycle-running',
  'cycle-paused',
  'cycle-resumed',
  'cycle-withdrawn',
  'cycle-reported',
  'cycle-follow-up',
] as const;

type Template = (typeof CYCLE_TEMPLATES)[number];

const plain = ({ numerator, denominator }: RateFigure): Json => ({ numerator, denominator });

export function cycleConsequences(event: CycleEvent, state: Cycle): readonly Consequence[] {
  const facts = { title: state.title, period: state.period.name, fromOn: state.period.fromOn, toOn: state.period.toOn };
  const office = (template: Template, more: { [key: string]: Json } = {}): Consequence => ({
    does: 'notify',
    to: { post: state.openedBy },
    template,
    urgency: 'digest',
    details: { ...facts, ...more },
  });
  switch (event.type) {
    case 'opened':
      return [office('cycle-opened', { rounds: event.rounds, visits: event.visits })];
    case 'running':
      return [office('cycle-running', { opened: state.opened, existing: state.existing, failed: state.failed })];
    case 'paused':
      return [office('cycle-paused', { document: event.document })];
    case 'resumed':
      return [office('cycle-resumed', { document: event.document })];
    case 'withdrawn':
      return [office('cycle-withdrawn')];
    case 'figures-frozen': {
      const { binding, pledge, completion } = event.rates;
      const rates = { binding: plain(binding), pledge: plain(pledge), completion: plain(completion) };
      const details = { ...facts, ...rates, coverage: plain(event.coverage) };
      return [
        { does: 'notify', to: { role: 'district-office' }, template: 'cycle-reported', urgency: 'at-once', details },
      ];
    }
    case 'follow-up-proposed': {
      const details = { ...facts, unit: event.unit, rates: event.rates };
      const to = { role: 'town-head', unit: event.unit } as const;
      return [{ does: 'notify', to, template: 'cycle-follow-up', urgency: 'at-once', details }];
    }
    case 'page-opened':
    case 'rounds-told':
    case 'late-added':
    case 'period-ended':
    case 'period-resumed':
    case 'closed':
      return [];
  }
}
