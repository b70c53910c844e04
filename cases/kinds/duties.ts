/** The duty to bind a subject and the duty to sign a pledge: opened, fulfilled and ended by the register, never by hand. */
import { bindingDutyWords, pledgeDutyWords } from '../../domain/words/duties.ts';
import { kindFrom, type Kind } from './kind.ts';

export const bindingDutyKind: Kind = kindFrom(bindingDutyWords, {});

export const pledgeDutyKind: Kind = kindFrom(pledgeDutyWords, {});
