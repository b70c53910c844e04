/** The duty to bind a subject and the duty to sign a pledge: opened, fulfilled and ended by the register, never by hand. */
import { bindingDutyWords, pledgeDutyWords } from '../../domain/words/duties.ts';
import type { BindingDuty } from '../../domain/supervision/binding-duty.ts';
import type { PledgeDuty } from '../../domain/supervision/pledge-duty.ts';
import { placed, type CaseFile, type StagePlace } from './case-file.ts';
import { kindFrom, type Kind } from './kind.ts';

interface Duty {
  readonly overdueAt: number | null;
  readonly end: { readonly as: string } | null;
}

/** From owed, past overdue where it came to that, to how it ended or is meant to end. */
function courseOf(owed: string, met: string, { overdueAt, end }: Duty): readonly StagePlace[] {
  const overdue = overdueAt !== null;
  return placed(
    [[owed, true], ...(overdue ? ([['overdue', true]] as const) : []), [end?.as ?? met, end !== null]],
    end?.as ?? (overdue ? 'overdue' : owed),
  );
}

const bindingFile: CaseFile<BindingDuty> = {
  stages: (state) => courseOf('unbound', 'bound', state),
};

const pledgeFile: CaseFile<PledgeDuty> = {
  stages: (state) => courseOf('unsigned', 'signed', state),
};

export const bindingDutyKind: Kind = kindFrom(bindingDutyWords, {}, bindingFile);

export const pledgeDutyKind: Kind = kindFrom(pledgeDutyWords, {}, pledgeFile);
