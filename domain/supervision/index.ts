/** The processes of the supervision cycle, for whoever registers them, and what they may refuse and announce. */
import type { Process } from '../kernel/process.ts';
import { bindingDuty, BINDING_DUTY_REFUSALS } from './binding-duty.ts';
import { correction } from './correction.ts';
import { CORRECTION_REFUSALS } from './correction-messages.ts';
import { CORRECTION_TEMPLATES } from './correction-notices.ts';
import { cycle } from './cycle.ts';
import { CYCLE_REFUSALS } from './cycle-messages.ts';
import { CYCLE_TEMPLATES } from './cycle-notices.ts';
import { EXTENSION_REFUSALS } from '../kernel/case-clock.ts';
import { pledgeDuty, PLEDGE_DUTY_REFUSALS } from './pledge-duty.ts';
import { round } from './round.ts';
import { ROUND_REFUSALS } from './round-messages.ts';
import { ROUND_TEMPLATES } from './round-notices.ts';

export { bindingDuty, correction, cycle, pledgeDuty, round };

export const SUPERVISION_PROCESSES: readonly Process[] = [cycle, round, correction, bindingDuty, pledgeDuty];

/** Every code a kind may refuse with; each has a Chinese sentence in the one table at the edge. */
export const REFUSAL_CODES: { readonly [kind: string]: readonly string[] } = {
  cycle: CYCLE_REFUSALS,
  round: [...ROUND_REFUSALS, ...EXTENSION_REFUSALS],
  correction: [...CORRECTION_REFUSALS, ...EXTENSION_REFUSALS],
  'binding-duty': BINDING_DUTY_REFUSALS,
  'pledge-duty': PLEDGE_DUTY_REFUSALS,
};

/** Every notice these processes ask for by themselves; those of ladder rungs stand in data/ladders. */
export const SUPERVISION_TEMPLATES: readonly string[] = [
  ...CYCLE_TEMPLATES,
  ...ROUND_TEMPLATES,
  ...CORRECTION_TEMPLATES,
  'subject-unbound',
  'pledge-wanted',
];
