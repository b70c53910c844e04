/**
 * Every verb of every kind can be filled in by the page that renders forms: each field has a Chinese title, a control the
 * page knows, its choices by name; a form without a way to fill in a field it demands must not ship.
 */
import { describe, expect, test } from 'vitest';
import { formOf, WIDGETS } from '../../cases/kinds/form.ts';
import { KINDS } from '../../cases/kinds/index.ts';
import { commandOf, fieldsOf, startingValues, type FieldSchema, type FormField } from '../../web/forms/schema.ts';

const CHINESE = /\p{Script=Han}/u;

const verbs = KINDS.flatMap(({ kind, fields, verbs: own }) =>
  Object.entries(own).map(([type, verb]) => ({ name: `${kind} ${type}`, type, verb, fields })),
);

/** The fields at every depth. */
const deep = (fields: readonly FormField[]): readonly FormField[] =>
  fields.flatMap((field) => [field, ...deep(fieldsOf(field.schema.items ?? {}))]);

describe.each(verbs)('$name', ({ type, verb, fields: titles }) => {
  const form = formOf(verb.schema, titles) as FieldSchema;
  const fields = fieldsOf(form);

  test('says in Chinese what it does and what it asks', () => {
    expect(verb.label).toMatch(CHINESE);
    expect(verb.effect).toMatch(CHINESE);
    expect(deep(fields).filter(({ title }) => !CHINESE.test(title))).toEqual([]);
  });

  test('asks by controls the page has', () => {
    for (const { name, control, schema, choices } of deep(fields)) {
      if (schema.widget !== undefined) expect(WIDGETS).toContain(schema.widget);
      const type = schema.type ?? 'none';
      // A text box is for texts; an object or a union without choices has no box.
      if (control === 'text') expect({ name, type }).toEqual({ name, type: 'string' });
      if (control === 'rows')
        expect({ name, rows: fieldsOf(schema.items ?? {}).length > 0 }).toEqual({ name, rows: true });
      if (control === 'choice') {
        expect({ name, choices: choices.length > 0 }).toEqual({ name, choices: true });
        expect(choices.filter(({ label }) => !CHINESE.test(label))).toEqual([]);
      }
    }
  });

  test('asks nothing but what the command takes, and all it demands', () => {
    const shape = Object.keys(verb.schema.shape).filter((name) => name !== 'type');
    expect(fields.map(({ name }) => name).sort()).toEqual(shape.sort());
    // Left as it starts, the form is refused for what is missing, never for what it made up itself.
    const said = verb.schema.safeParse(commandOf(type, startingValues(fields)));
    const demanded = new Set(fields.filter(({ required }) => required).map(({ name }) => name));
    for (const { path } of said.error?.issues ?? []) expect(demanded).toContain(path[0]);
  });
});
