import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PLAN_PROBLEMS } from '../../../domain/supervision/plan-problems.ts';
import { REFUSAL_CODES, SUPERVISION_PROCESSES } from '../../../domain/supervision/index.ts';

const page = (kind: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../docs/processes/${kind}.md`, import.meta.url)), 'utf8');

/** Codes in backticks under a heading. */
const named = (text: string, heading: string): readonly string[] => {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code);
};

describe.each(SUPERVISION_PROCESSES.map(({ kind }) => kind))('the page of a %s', (kind) => {
  test('names every code it may refuse with, and no other', () => {
    expect([...named(page(kind), 'Refusals')].sort()).toEqual([...(REFUSAL_CODES[kind] ?? [])].sort());
  });

  test('draws its states', () => {
    expect(page(kind)).toContain('```mermaid\nstateDiagram-v2\n');
  });
});

test('the page of a cycle names every problem of a plan', () => {
  expect(named(page('cycle'), 'The plan').filter((code) => PLAN_PROBLEMS.some((one) => one === code))).toHaveLength(
    PLAN_PROBLEMS.length,
  );
});
