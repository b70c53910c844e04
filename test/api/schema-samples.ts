/** Values for a JSON schema: one that fits it, and many that do not, each wrong in one place. For the schemas of this API only. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Strings that satisfy the patterns this API uses, by a piece of the pattern. */
const BY_PATTERN: readonly (readonly [piece: string, text: string])[] = [
  ['^\\d{6}$', '123456'],
  ['0-9a-f]{64}', 'a'.repeat(64)],
  ['A-Z]{2,4}-', 'CP-03'],
  ['[1-9]\\d{0,17}', '1'],
  ['A-HJ-NPQRTUWXY', '91330106MA27XXXXXX'],
  ['[+\\d]', '0571-87654321'],
  ['[a-z][a-z0-9-]', 'due'],
];

export const resolve = (schema: Schema, all: Schemas): Schema =>
  schema.$ref === undefined ? schema : resolve(all[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] ?? {}, all);

/** A value that fits. Optional members are left out unless `whole`. */
export function sample(given: Schema, all: Schemas, whole = true): unknown {
  const schema = resolve(given, all);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return sample(first, all, whole);
  if (schema.example !== undefined) return schema.example;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => whole || schema.required?.includes(name))
          .map(([name, member]) => [name, sample(member, all, whole)]),
      );
    case 'array':
      return schema.items === undefined ? [] : [sample(schema.items, all, whole)];
    case 'integer':
      return Math.max(schema.minimum ?? 1, 1);
    case 'number':
      return schema.exclusiveMinimum === undefined ? (schema.minimum ?? 1) : 0.5;
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      return schema.type === 'null' ? null : {};
  }
}

function text({ format, pattern = '' }: Schema): string {
  if (format === 'date') return '2026-11-24';
  if (format === 'date-time') return '2026-11-24T10:20:00+08:00';
  if (format === 'email') return 'someone@test.invalid';
  return BY_PATTERN.find(([piece]) => pattern.includes(piece))?.[1] ?? 'A1';
}

export interface Wrong {
  readonly what: string;
  readonly value: unknown;
}

/** Places in `value`, which fits `schema`, made wrong one at a time. */
export function wrongs(given: Schema, value: unknown, all: Schemas, path = '$'): Wrong[] {
  const schema = resolve(given, all);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    const [first] = alternatives;
    // A member that accepts the mutated value would make it right: only the whole is replaced.
    return first === undefined
      ? []
      : [
          wholly(
            path,
            alternatives.map((one) => resolve(one, all)),
          ),
        ];
  }
  const here = [wholly(path, [schema])];
  if (schema.type === 'object') return [...here, ...inObject(schema, value as Record<string, unknown>, all, path)];
  if (schema.type === 'array' && schema.items !== undefined) {
    const [item] = value as readonly unknown[];
    const inside = wrongs(schema.items, item, all, `${path}[0]`).map((wrong) => ({ ...wrong, value: [wrong.value] }));
    return [...here, ...inside, { what: `${path} of 10,001`, value: Array.from({ length: 10_001 }, () => item) }];
  }
  if (schema.type === 'string') return [...here, ...inString(schema, path)];
  return here;
}

function wholly(path: string, schemas: readonly Schema[]): Wrong {
  const types = schemas.flatMap(({ type, const: only, enum: some }) => type ?? typeof (only ?? some?.[0]));
  const value =
    types.includes('boolean') || types.includes('object') ? 12 : types.includes('array') ? 'no list' : { no: 1 };
  return { what: `${path} of another type`, value };
}

function inObject(schema: Schema, value: Record<string, unknown>, all: Schemas, path: string): Wrong[] {
  const missing = (schema.required ?? []).map((name): Wrong => {
    const rest = Object.fromEntries(Object.entries(value).filter(([member]) => member !== name));
    return { what: `${path}.${name} missing`, value: rest };
  });
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    wrongs(member, value[name], all, `${path}.${name}`).map((wrong) => ({
      what: wrong.what,
      value: { ...value, [name]: wrong.value },
    })),
  );
  const closed = schema.additionalProperties === false;
  return [
    ...missing,
    ...(closed ? [{ what: `${path} with a member nobody knows`, value: { ...value, nobody: 1 } }] : []),
    ...members,
  ];
}

/** The last one is refused even where any printed character may stand, as in a name. */
const ODD = ['../ ; <b>', 'a\u0007b'];

function inString({ const: only, enum: some, maxLength, pattern, format }: Schema, path: string): Wrong[] {
  const kept: Wrong[] = [
    { what: `${path} with NUL`, value: 'a\u0000b' },
    { what: `${path} with half a character`, value: 'a\ud800b' },
    { what: `${path} empty`, value: '' },
    { what: `${path} overlong`, value: 'x'.repeat((maxLength ?? 20_000) + 1) },
  ];
  const strict = only !== undefined || some !== undefined || pattern !== undefined || format !== undefined;
  const odd = ODD.find((text) => pattern === undefined || !new RegExp(pattern, 'u').test(text));
  return strict ? [...kept, { what: `${path} with odd characters`, value: odd }] : kept;
}
