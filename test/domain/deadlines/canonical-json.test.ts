/** Canonical JSON: one value, one text; what a database or a reader would change is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, NotCanonical, parseCanonical } from '../../../domain/kernel/journal.ts';

describe('canonical JSON', () => {
  test('is that of RFC 8785', () => {
    const value = {
      é: 1,
      '\r': 'x',
      '1': [56.0, 1e30, 4.5, 2e-3, 1e-27, -0],
      a: { c: null, b: true },
      '€': '国"\\\u000f',
    };
    expect(canonical(value)).toBe(
      '{"\\r":"x","1":[56,1e+30,4.5,0.002,1e-27,0],"a":{"b":true,"c":null},"é":1,"€":"国\\"\\\\\\u000f"}',
    );
  });

  test('is the same for the same value, whatever the order of keys, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        let text: string;
        try {
          text = canonical(value);
        } catch (error) {
          expect(error).toBeInstanceOf(NotCanonical);
          return;
        }
        expect(canonical(reversed(value))).toBe(text);
        expect(canonical(parseCanonical(text))).toBe(text);
      }),
    );
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  test.each<readonly [string, unknown, string]>([
    ['NaN', { a: [Number.NaN] }, '$.a[0]'],
    ['infinity', Number.POSITIVE_INFINITY, '$'],
    ['undefined in an object', { a: undefined }, '$.a'],
    ['undefined in an array', [1, undefined], '$[1]'],
    ['a hole in an array', Array(1), '$[0]'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a map', new Map(), '$'],
    ['a function', { f: () => 1 }, '$.f'],
    ['a bigint', 1n, '$'],
    ['NUL in a text', 'a\u0000b', '$'],
    ['NUL in a key', { 'a\u0000': 1 }, '$'],
    ['a lone surrogate', ['\ud800'], '$[0]'],
    ['a circle', circle, '$.self'],
  ])('refuses %s', (_what, value, path) => {
    expect(() => canonical(value)).toThrow(NotCanonical);
    expect(() => canonical(value)).toThrow(`${path}:`);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
