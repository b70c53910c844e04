/**
 * How a kind of case describes itself to callers: its verbs with the fields they ask for, its stages, ends and clocks in
 * Chinese. Lists, the case page and its forms are made from this; a new kind brings one such file and no page.
 */
import { z } from 'zod';
import type { Typed } from '../../domain/kernel/process.ts';
import type { TextRef } from '../../domain/kernel/text.ts';
import type { CommandWords, KindWords } from '../../domain/words/kind-words.ts';
import type { CaseFile } from './case-file.ts';

/** A command as a person says it: words where the process sees sealed texts. */
export type Spoken<T> = T extends TextRef
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Spoken<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Spoken<T[K]> }
      : T;

/** The commands of `Command` whose type is `Type`, as spoken. */
export type Says<Command extends Typed, Type extends Command['type']> = Spoken<Extract<Command, { type: Type }>>;

/** How a verb is filled in. */
export interface Form {
  /** A strict object with `type`. */
  readonly schema: z.ZodObject;
  /**
   * A command with the smallest input that makes sense for this state: `decide` is asked with it what the acting person
   * may do. Undefined where the state offers nothing to name.
   */
  readonly probe: (state: never, today: string) => Typed | undefined;
}

/** One form for each command that has words. */
export type Forms<Commands> = { readonly [T in keyof Commands]: Form };

export type Verb = CommandWords & Form;

export interface Kind extends Omit<KindWords, 'commands'> {
  /** What persons may say; what only the system says is not here. Key: the command's type. */
  readonly verbs: { readonly [type: string]: Verb };
  readonly file: CaseFile<never>;
}

/** A kind's words with the forms of its commands and what its case page shows. */
export function kindFrom<Commands extends KindWords['commands']>(
  { commands, ...words }: KindWords & { readonly commands: Commands },
  forms: Forms<Commands>,
  file: CaseFile<never> = {},
): Kind {
  const filled = forms as { readonly [type: string]: Form };
  const verbs = Object.entries<CommandWords>(commands).flatMap(([type, said]) => {
    const form = filled[type];
    return form === undefined ? [] : [[type, { ...said, ...form }] as const];
  });
  return { ...words, verbs: Object.fromEntries(verbs), file };
}

/** The body of `POST /api/cases/{id}/commands` for a kind; null for a kind nobody commands by hand. */
export function commandOf(kind: Kind): z.ZodType<Typed> | null {
  const [first, ...rest] = Object.values(kind.verbs).map(({ schema }) => schema);
  if (first === undefined) return null;
  const union = z.discriminatedUnion('type', [first, ...rest]).meta({ id: commandName(kind.kind) });
  return union as unknown as z.ZodType<Typed>;
}

/** `RoundCommand`: the schema's name in the document. */
export const commandName = (kind: string): string => `${pascal(kind)}Command`;

const pascal = (kebab: string): string =>
  kebab.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());

/** Stands for a text in a probe: `decide` never looks into one. */
export const SOME_TEXT: TextRef = { text: 'probe', digest: 'probe' };
