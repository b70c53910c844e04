/** A verb's form as the API describes it, read into fields a page can show. Knows no kind. */

export interface FieldSchema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly widget?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How a field is filled in. */
export type Control =
  | 'text'
  | 'words'
  | 'day'
  | 'number'
  | 'yes-no'
  | 'choice'
  | 'post'
  | 'subject'
  | 'subjects'
  | 'new-id'
  | 'evidence'
  | 'rows';

export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly required: boolean;
  readonly control: Control;
  /** What is said under the label; codes and patterns are not for people. */
  readonly help: string | null;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly schema: FieldSchema;
}

/** Descriptions of shared shapes say how a value looks on the wire; only a field's own words help a person. */
const WIRE = /SHA-256|YYYY|名册编号|由客户端生成|已上传的证据/;

function controlOf({ type, widget, items, ...schema }: FieldSchema): Control {
  if (widget === 'post' || widget === 'subject' || widget === 'new-id' || widget === 'day' || widget === 'words')
    return widget;
  if (type === 'array') {
    if (items?.widget === 'evidence') return 'evidence';
    return items?.widget === 'subject' ? 'subjects' : 'rows';
  }
  if (type === 'boolean') return 'yes-no';
  if (type === 'integer' || type === 'number') return 'number';
  return schema.options !== undefined || schema.enum !== undefined || schema.const !== undefined ? 'choice' : 'text';
}

export function fieldsOf({ properties = {}, required = [] }: FieldSchema): readonly FormField[] {
  return Object.entries(properties).map(([name, schema]) => {
    const { title = name, description } = schema;
    const help = description === undefined || description === title || WIRE.test(description) ? null : description;
    const values = schema.enum ?? Object.keys(schema.options ?? {});
    return {
      name,
      title,
      required: required.includes(name),
      control: controlOf(schema),
      help,
      choices: values.map((value) => ({ value, label: schema.options?.[value] ?? value })),
      schema,
    };
  });
}

/** What a form starts with: the only choice chosen, a new number made, lists empty. */
export function startingValues(fields: readonly FormField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, control, choices, required, schema }): [string, unknown][] => {
      const [only] = choices;
      if (control === 'new-id') return [[name, crypto.randomUUID()]];
      if (control === 'choice' && choices.length === 1 && only !== undefined) return [[name, only.value]];
      if (control === 'choice' && schema.const !== undefined) return [[name, schema.const]];
      if (control === 'evidence' || control === 'rows' || control === 'subjects') return required ? [[name, []]] : [];
      return [];
    }),
  );
}

/** The command as the API takes it: what was left empty is left out. */
export function commandOf(
  type: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> & { type: string } {
  return { type, ...(withoutEmpty(values) as Record<string, unknown>) };
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && inner !== '')
      .map(([name, inner]) => [name, withoutEmpty(inner)]),
  );
}
