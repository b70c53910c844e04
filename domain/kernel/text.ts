/** How a process refers to text a person wrote: never the text itself. Knows no salt and no table. */
import type { Typed } from './process.ts';

/**
 * A sealed text: `text` is the id of its erasable row, `digest` the salted hash that stands in the entry.
 * Commands reach `decide` with every field named in `Process.texts`, at any depth, already replaced by one.
 */
export interface TextRef {
  readonly text: string;
  readonly digest: string;
}

/** Whether a value is a sealed text; one that is sealed is never sealed again. */
export function isTextRef(value: unknown): value is TextRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    'text' in value &&
    typeof value.text === 'string' &&
    'digest' in value &&
    typeof value.digest === 'string'
  );
}

/**
 * The command with every string under one of `fields`, at any depth, replaced by what `seal` answers.
 * `seal` is called in the order in which the fields are written; sealed texts are left as they are.
 */
export function sealTexts<C extends Typed>(
  command: C,
  fields: readonly string[],
  seal: (field: string, body: string) => TextRef,
): C {
  const sealed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sealed);
    if (typeof value !== 'object' || value === null || isTextRef(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]: [string, unknown]) => [
        name,
        typeof inner === 'string' && fields.includes(name) ? seal(name, inner) : sealed(inner),
      ]),
    );
  };
  return sealed(command) as C;
}
