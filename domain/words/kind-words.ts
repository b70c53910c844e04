/** What a kind of case is called, word by word, in Chinese. Data only: no schema, no state, no rule. */
import type { PostRole } from '../kernel/process.ts';

/** A word by its code. */
export type Words = { readonly [code: string]: string };

/** Pages on which cases are worked at besides their own. */
export const CASE_PAGES = ['rounds', 'register', 'supervision'] as const;
export type CasePage = (typeof CASE_PAGES)[number];

export interface CommandWords {
  /** What the button says: 记录走访. */
  readonly label: string;
  /** One sentence on what it does and what follows. */
  readonly effect: string;
  /** May be done to several cases at once. Decisions are made one by one (须逐件作出). */
  readonly batch?: true;
  /** Where it is done, when a form of its own fields would not do: the first part of a page's address. */
  readonly page?: CasePage;
}

/** What a stage waits for: what a to-do row says, and what it offers. */
export interface ActWords {
  /** A verb phrase: 复查并销号. */
  readonly act: string;
  /** Commands offered in the row, the usual one first; none where the work is done on a page of its own. */
  readonly commands: readonly string[];
  /** Whose it is while the case has no holder; without it such a case waits for nobody. */
  readonly roles?: readonly PostRole[];
  /** Where it is done, when not by a command of the case: the first part of a page's address. */
  readonly page?: CasePage;
}

export interface KindWords {
  readonly kind: string;
  readonly title: string;
  /** What persons may say, by the command's type; what only the system says is not here. */
  readonly commands: { readonly [type: string]: CommandWords };
  /** In the order in which a case passes through them. */
  readonly stages: Words;
  /** By stage; a stage that waits for nobody is absent. */
  readonly acts: { readonly [stage: string]: ActWords };
  readonly ends: Words;
  readonly clocks: Words;
  readonly events: Words;
  /** Labels of the fields of commands and events. */
  readonly fields: Words;
  readonly figures?: Words;
}
