/** The rule book is complete and its generated files are fresh. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../../domain/rules/index.ts';
import { rulesDocument } from '../../scripts/generate-rules.ts';
import { calendarFiles } from '../../scripts/seed-calendars.ts';
import { RULE_TABLE } from '../domain/deadlines/rule-table.ts';

const root = new URL('../../', import.meta.url);
const stored = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const name = ({ id, version }: { readonly id: string; readonly version: string }): string => `${id} ${version}`;

/** Rows of rules.md §1-§8 and the addenda that carry a limit; a row with several stands for all its lettered rules. */
const ROWS_WITH_A_LIMIT: Readonly<Record<string, readonly number[]>> = {
  PG: [1, 2, 3, 4, 5, 6, 7, 9, 10],
  BB: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  EN: [3, 4, 5, 6, 7, 10, 11, 12, 13, 14],
  CP: [1, 2, 3, 5, 6, 8, 10],
  RP: [2, 3, 4, 6],
  AC: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  RW: [0, 1, 2, 3, 5],
  CJ: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20],
  TR: [1, 2, 3, 4, 5, 6, 8],
  SM: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
  SX: [1, 2, 4, 5, 9, 10, 11],
  EM: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
  AP: [1, 2, 3, 4, 5, 6, 7, 8],
};

describe('the rule book', () => {
  test('has a rule for every row of the domain text that carries a limit', () => {
    const ids = new Set(ALL_RULES.map(({ id }) => id.replace(/[a-z]$/, '')));
    const wanted = Object.entries(ROWS_WITH_A_LIMIT).flatMap(([chapter, rows]) =>
      rows.map((row) => `${chapter}-${String(row).padStart(2, '0')}`),
    );
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('has one row in the table test for every version of every rule, and none for a rule that is gone', () => {
    expect(RULE_TABLE.map(([id, version]) => `${id} ${version}`).sort()).toEqual(ALL_RULES.map(name).sort());
  });

  test('names every version once', () => {
    expect(new Set(ALL_RULES.map(name)).size).toBe(ALL_RULES.length);
  });

  test('says in Chinese what starts a limit, who acts, what follows and what proves it', () => {
    const mute = ALL_RULES.filter((rule) =>
      [rule.title, rule.starts, rule.actor, rule.missed, rule.record].some((text) => !/[\u4e00-\u9fff]/.test(text)),
    );
    expect(mute.map(({ id }) => id)).toEqual([]);
  });
});

describe('generated files', () => {
  test('docs/RULES.md is what `npm run generate` writes', () => {
    expect(stored('docs/RULES.md') === rulesDocument(), 'run npm run generate').toBe(true);
  });

  test('data/calendars is what scripts/seed-calendars.ts writes', () => {
    for (const [path, text] of calendarFiles())
      expect(stored(path) === text, `${path}: run scripts/seed-calendars.ts`).toBe(true);
  });
});
