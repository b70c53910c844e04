/** The colours of the console: each pair that is read meets WCAG 2.2 AA, and Ant Design is given the same values. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../../scripts/setup/paths.mjs';
import { theme } from '../../web/app/theme.ts';

const css = readFileSync(inRoot('web', 'styles', 'tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', (value ?? '').trim()]),
);

function token(name: string): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`tokens.css has no --${name}`);
  return value;
}

/** Relative luminance of #rrggbb, as WCAG defines it. */
function luminance(hex: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`not a colour: ${hex}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['surface', 'paper', 'sunk', 'side'];
const TEXT = ['ink', 'ink-2', 'ink-3', 'pine', 'pine-dark', 'blue', 'yellow', 'red', 'plum'];

describe('text is read', () => {
  test.each(TEXT.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))('%s on %s', (text, ground) => {
    expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['pine', 'blue', 'yellow', 'red', 'plum'])('%s on its own tint', (name) => {
    expect(contrast(token(name), token(`${name}-tint`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token('ink'), token(`${name}-tint`))).toBeGreaterThanOrEqual(7);
  });

  test.each([
    ['heat-near-ink', 'heat-near'],
    ['heat-late-ink', 'heat-late'],
    ['surface', 'heat-worst'],
    ['ink', 'heat-on-time'],
    ['ink-3', 'surface'],
    ['surface', 'pine'],
    ['surface', 'red'],
    ['surface', 'ink'],
  ])('%s on %s', (text, ground) => {
    expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

test.each(['blue-mark', 'yellow-mark', 'red-mark', 'grey-mark'])('the mark %s is seen', (mark) => {
  expect(contrast(token(mark), token('surface'))).toBeGreaterThanOrEqual(3);
});

test('the colours of the rungs are told apart from the brand', () => {
  const ranks = ['blue', 'yellow', 'red'].map(token);
  expect(ranks).not.toContain(token('pine'));
  expect(new Set(ranks).size).toBe(3);
});

test('Ant Design is given the same values', () => {
  const given: Readonly<Record<string, unknown>> = { ...theme.token };
  const same = {
    colorPrimary: 'pine',
    colorLink: 'pine',
    colorSuccess: 'pine',
    colorInfo: 'blue',
    colorWarning: 'yellow',
    colorError: 'red',
    colorBgLayout: 'paper',
    colorText: 'ink',
    colorTextSecondary: 'ink-2',
    colorTextTertiary: 'ink-3',
    colorTextQuaternary: 'ink-3',
    colorTextPlaceholder: 'ink-3',
    colorTextDisabled: 'ink-3',
    colorTextDescription: 'ink-3',
    colorBorder: 'line-2',
    colorBorderSecondary: 'line',
  };
  expect(Object.keys(given).filter((name) => name.startsWith('color'))).toEqual(Object.keys(same));
  for (const [name, from] of Object.entries(same)) expect([name, given[name]]).toEqual([name, token(from)]);
  expect(`${String(given['borderRadius'])}px`).toBe(token('radius'));
  expect(`${String(given['borderRadiusLG'])}px`).toBe(token('radius-card'));
  const faces = (list: string): string[] => list.split(',').map((face) => face.trim().replaceAll(/["']/g, ''));
  expect(faces(String(given['fontFamily']))).toEqual(faces(token('sans')));
  expect(theme.components?.Table?.headerBg).toBe(token('sunk'));
});
