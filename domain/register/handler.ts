/** How one kind of change is checked and made in a draft. Knows no kind. */
import type { ChangeOf, ChangeType, ProblemCode, RegisterProblem } from './change.ts';
import type { Draft } from './draft.ts';

/** What a handler answers: nothing when all is well, a problem otherwise. */
export type Fault = { readonly code: ProblemCode; readonly details?: RegisterProblem['details'] };

export interface AmendContext {
  /** The office's day on which the batch is recorded. */
  readonly today: string;
  /** District policy `register.class-mismatch`: whether a post may guarantee a subject of another class. */
  readonly classMismatch: 'refuse' | 'warn';
  /** Set by the caller of a handler: collects what is odd but allowed. */
  readonly warn: (fault: Fault) => void;
}

export type Handler<T extends ChangeType> = (draft: Draft, change: ChangeOf<T>, context: AmendContext) => Fault | null;
export type Handlers<T extends ChangeType> = { readonly [K in T]: Handler<K> };

export const fault = (code: ProblemCode, details?: RegisterProblem['details']): Fault =>
  details === undefined ? { code } : { code, details };
