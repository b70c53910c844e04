/** How an event becomes a Chinese sentence: what a sentence may ask for, and small words that sentences share. */
import type { Typed } from '../kernel/process.ts';
import type { TextRef } from '../kernel/text.ts';

/** What a sentence needs from outside: names by id (the id itself where there is none), and texts that were not erased. */
export interface Speaker {
  subject(id: string): string;
  post(id: string): string;
  unit(id: string): string;
  /** `null`: nobody. */
  person(id: string | null): string;
  /** An item of the checklist by its code, in 「」. */
  item(code: string): string;
  /** The text in 「」, or 「已删除」. */
  text(ref: TextRef): string;
}

/** One sentence for each event of a process, without who did it and when. */
export type Sentences<Event extends Typed> = {
  readonly [T in Event['type']]: (event: Extract<Event, { type: T }>, say: Speaker) => string;
};

/** 理由「…」, or nothing. */
export const because = (say: Speaker, ref: TextRef | null | undefined, label = '理由'): string =>
  ref === null || ref === undefined ? '' : `,${label}${say.text(ref)}`;

/** 文号 …, or nothing. */
export const byDocument = (document: string | null | undefined): string =>
  document === null || document === undefined ? '' : `,文号 ${document}`;

/** `甲、乙、丙等 12 户`. */
export function several(names: readonly string[], measure = '户', shown = 5): string {
  const first = names.slice(0, shown).join('、');
  return names.length > shown ? `${first} 等 ${names.length} ${measure}` : first;
}
