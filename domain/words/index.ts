/** The words of every kind of case; the API, the command line and replay read them here. */
import { correctionWords } from './correction.ts';
import { cycleWords } from './cycle.ts';
import { bindingDutyWords, pledgeDutyWords } from './duties.ts';
import type { KindWords } from './kind-words.ts';
import { roundWords } from './round.ts';

export type { CommandWords, KindWords, Words } from './kind-words.ts';

export const KIND_WORDS: readonly KindWords[] = [
  cycleWords,
  roundWords,
  correctionWords,
  bindingDutyWords,
  pledgeDutyWords,
];

/** The words of a case's kind, by case id or kind; undefined for a kind nobody has worded. */
export const wordsOf = (caseId: string): KindWords | undefined =>
  KIND_WORDS.find(({ kind }) => caseId === kind || caseId.startsWith(`${kind}/`));

/** 走访中, or how it ended: 按期完成. */
export const stageWords = (words: KindWords | undefined, stage: string, closedAs?: string | null): string =>
  (closedAs === undefined || closedAs === null
    ? words?.stages[stage]
    : (words?.ends[closedAs] ?? words?.stages[stage])) ??
  closedAs ??
  stage;
