/** The supervision cycle (督导周期) as callers see it; it is opened by confirming a preview, not by a command. */
import { z } from 'zod';
import { cycleWords } from '../../domain/words/cycle.ts';
import type { CycleCommand } from '../../domain/supervision/cycle-messages.ts';
import { words } from './fields.ts';
import { documentNumber, reason } from './evidence-fields.ts';
import { stageOf, type Cycle } from '../../domain/supervision/cycle-state.ts';
import { placed, type CaseFile } from './case-file.ts';
import { kindFrom, SOME_TEXT, type Forms, type Kind, type Says } from './kind.ts';

const type = <T extends CycleCommand['type']>(name: T) => z.literal(name);

const Pause = z.strictObject({ type: type('pause'), reason, document: documentNumber }) satisfies z.ZodType<
  Says<CycleCommand, 'pause'>
>;
const Resume = z.strictObject({ type: type('resume'), reason, document: documentNumber }) satisfies z.ZodType<
  Says<CycleCommand, 'resume'>
>;
const Close = z.strictObject({ type: type('close'), note: words(1_000).exactOptional() }) satisfies z.ZodType<
  Says<CycleCommand, 'close'>
>;

const says = (command: CycleCommand) => () => command;

/** 补入 and 撤回 count rows in the same transaction: `routes/cycles.ts` has them. */
const forms = {
  pause: {
    schema: Pause,
    probe: says({ type: 'pause', reason: SOME_TEXT, document: 'probe' }),
  },
  resume: {
    schema: Resume,
    probe: says({ type: 'resume', reason: SOME_TEXT, document: 'probe' }),
  },
  close: { schema: Close, probe: says({ type: 'close' }) },
} satisfies Forms<typeof cycleWords.commands>;

const file: CaseFile<Cycle> = {
  stages: (state) => {
    const stage = stageOf(state);
    if (state.withdrawnAt !== null) {
      return placed(
        [
          ['opening', true],
          ['running', state.opened > 0],
          ['withdrawing', state.lastOrdinal > 0],
          ['withdrawn', true],
        ],
        stage,
      );
    }
    return placed(
      [
        ['opening', true],
        ['running', state.lastOrdinal >= state.rounds],
        ...(stage === 'paused' ? ([['paused', true]] as const) : []),
        ['freezing', state.periodEndedAt !== null],
        ['reported', state.figures !== null],
        ['closed', state.closedAt !== null],
      ],
      stage,
    );
  },
};

export const cycleKind: Kind = kindFrom(cycleWords, forms, file);
