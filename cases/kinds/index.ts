/** Every kind callers can meet. A kind is added here, with its words in domain/words, and nowhere else at the edges. */
import type { z } from 'zod';
import type { Typed } from '../../domain/kernel/process.ts';
import { correctionKind } from './correction.ts';
import { cycleKind } from './cycle.ts';
import { bindingDutyKind, pledgeDutyKind } from './duties.ts';
import { commandOf, type Kind } from './kind.ts';
import { roundKind } from './round.ts';

export const KINDS: readonly Kind[] = [cycleKind, roundKind, correctionKind, bindingDutyKind, pledgeDutyKind];

/** Command schemas by kind; kinds that take no command by hand are absent. */
export const COMMANDS: ReadonlyMap<string, z.ZodType<Typed>> = new Map(
  KINDS.flatMap((kind) => {
    const schema = commandOf(kind);
    return schema === null ? [] : [[kind.kind, schema] as const];
  }),
);

export const kindOf = (caseId: string): Kind | undefined => KINDS.find(({ kind }) => caseId.startsWith(`${kind}/`));
