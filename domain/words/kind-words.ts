/** What a kind of case is called, word by word, in Chinese. Data only: no schema, no state, no rule. */

/** A word by its code. */
export type Words = { readonly [code: string]: string };

export interface CommandWords {
  /** What the button says: 记录走访. */
  readonly label: string;
  /** One sentence on what it does and what follows. */
  readonly effect: string;
}

export interface KindWords {
  readonly kind: string;
  readonly title: string;
  /** What persons may say, by the command's type; what only the system says is not here. */
  readonly commands: { readonly [type: string]: CommandWords };
  readonly stages: Words;
  readonly ends: Words;
  readonly clocks: Words;
  readonly events: Words;
  /** Labels of the fields of commands and events. */
  readonly fields: Words;
  readonly figures?: Words;
}
