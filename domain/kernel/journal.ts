/** How a value is written so that the same value always gives the same bytes (RFC 8785). Knows no hash and no entry. */
import type { Json } from './process.ts';

/** Thrown for what canonical JSON cannot carry; `path` points at it, e.g. `$.events[0].amount`. */
export class NotCanonical extends Error {
  readonly path: string;
  constructor(path: string, why: string) {
    super(`${path}: ${why}`);
    this.name = 'NotCanonical';
    this.path = path;
  }
}

/**
 * Canonical JSON: keys in UTF-16 order, shortest numbers, no white space. Refuses NaN, infinities, undefined, functions,
 * bigint, symbols, class instances (Date, Map), cycles, NUL and ill-formed UTF-16: PostgreSQL cannot keep those or a reader
 * would see something else than was hashed. Negative zero is written as 0.
 */
export function canonical(value: unknown): string {
  return write(value, '$', new Set());
}

function write(value: unknown, path: string, above: Set<object>): string {
  switch (typeof value) {
    case 'string':
      return text(value, path);
    case 'number':
      if (!Number.isFinite(value)) throw new NotCanonical(path, 'not a finite number');
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : compound(value, path, above);
    default:
      throw new NotCanonical(path, `cannot be written: ${typeof value}`);
  }
}

function compound(value: object, path: string, above: Set<object>): string {
  if (above.has(value)) throw new NotCanonical(path, 'contains itself');
  above.add(value);
  try {
    if (Array.isArray(value)) {
      const items = Array.from(value as readonly unknown[], (item, i) => write(item, `${path}[${String(i)}]`, above));
      return `[${items.join(',')}]`;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) throw new NotCanonical(path, 'not a plain object');
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${text(key, path)}:${write(item, `${path}.${key}`, above)}`);
    return `{${members.join(',')}}`;
  } finally {
    above.delete(value);
  }
}

function text(value: string, path: string): string {
  if (value.includes('\u0000')) throw new NotCanonical(path, 'contains NUL');
  if (/\p{Surrogate}/u.test(value)) throw new NotCanonical(path, 'ill-formed UTF-16');
  return JSON.stringify(value);
}

/** A canonical text back as the value it was written from. Throws a SyntaxError for anything else. */
export const parseCanonical = (written: string): Json => JSON.parse(written) as Json;
