/**
 * A verb's form as JSON Schema that a page can render by itself: every field has a Chinese title, a widget where its type
 * does not say enough, and its choices by name. Made from the schema that checks the command.
 */
import { z } from 'zod';
import type { Words } from '../../domain/words/kind-words.ts';

/** What a page does with a field whose JSON type says too little. */
export const WIDGETS = ['post', 'subject', 'new-id', 'day', 'words', 'evidence', 'digest'] as const;

type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema's `$defs` that stand for one widget each. */
const WIDGET_OF_DEF: Readonly<Record<string, string>> = { Day: 'day', EvidenceRef: 'evidence', Digest: 'digest' };

/** Long texts are written in a box of several lines. */
const LONG = 200;

/** Throws when a field has no Chinese title: a form nobody can read must not be built. */
export function formOf(schema: z.ZodObject, titles: Words): Json {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const defs = (made['$defs'] ?? {}) as { readonly [name: string]: Json };
  const { $defs: _defs, $schema: _schema, id: _id, ...root } = inlined(made, defs) as Json;
  return titled(root, titles);
}

/** With every `$ref` replaced by what it stands for. */
function inlined(node: unknown, defs: { readonly [name: string]: Json }): unknown {
  if (Array.isArray(node)) return node.map((inner) => inlined(inner, defs));
  if (!isObject(node)) return node;
  const ref = node['$ref'];
  if (typeof ref === 'string') {
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    const { $ref: _ref, ...beside } = node;
    const widget = WIDGET_OF_DEF[name];
    return { ...(inlined(defs[name] ?? {}, defs) as Json), ...(widget === undefined ? {} : { widget }), ...beside };
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, inner]) => [key, key === '$defs' ? inner : inlined(inner, defs)]),
  );
}

/** With a title on every property, at any depth; `type`, the command's own name, is left out. */
function titled(node: Json, titles: Words): Json {
  const properties = node['properties'];
  const items = node['items'];
  const shaped: Json = isObject(properties)
    ? {
        ...node,
        properties: Object.fromEntries(
          Object.entries(properties)
            .filter(([, field]) => !(isObject(field) && 'const' in field && field['options'] === undefined))
            .map(([name, field]) => [name, titledField(name, field as Json, titles)]),
        ),
        required: ((node['required'] ?? []) as string[]).filter((name) => name !== 'type'),
      }
    : node;
  return isObject(items) ? { ...shaped, items: titled(items, titles) } : shaped;
}

function titledField(name: string, field: Json, titles: Words): Json {
  const title = titles[name];
  if (title === undefined) throw new Error(`field ${name} has no title`);
  const long = field['type'] === 'string' && Number(field['maxLength'] ?? 0) >= LONG && field['widget'] === undefined;
  return titled({ ...field, title, ...(long ? { widget: 'words' } : {}) }, titles);
}
