/** The processes of the supervision cycle, for whoever registers them. */
import type { Process } from '../kernel/process.ts';
import { bindingDuty } from './binding-duty.ts';
import { correction } from './correction.ts';
import { cycle } from './cycle.ts';
import { pledgeDuty } from './pledge-duty.ts';
import { round } from './round.ts';

export { bindingDuty, correction, cycle, pledgeDuty, round };

export const SUPERVISION_PROCESSES: readonly Process[] = [cycle, round, correction, bindingDuty, pledgeDuty];
