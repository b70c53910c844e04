/** Every `zhaodan …` that a document or the welcome of `npm start` shows is a command, with options it takes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../cli/context.ts';
import { createProgram } from '../../cli/program.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const PLACES = ['README.md', 'docs/OPERATIONS.md', 'docs/ARCHITECTURE.md', 'scripts/welcome.mjs'];

const context: Context = {
  terminal: { out: () => undefined, err: () => undefined },
  env: {},
  open: () => Promise.reject(new Error('help opens nothing')),
};

/** What follows `zhaodan`, up to the end of the code or a comment. */
const shownIn = (text: string): string[] =>
  [...text.matchAll(/(?:npx zhaodan|bin\/zhaodan\.mjs|(?<=[`\n])zhaodan|\$ zhaodan) ([^`#\n']+)/g)].map(
    ([, words = '']) => words.trim(),
  );

let program: Command;
beforeAll(async () => {
  const names = (await createProgram(context, [])).commands.map((command) => command.name());
  program = await createProgram(context, names);
});

/** What is wrong with a shown command; nothing when it could be typed. */
function wrongIn(shown: string): string[] {
  // Two or more spaces begin an explanation.
  const words = (shown.split(/ {2,}/)[0] ?? '').split(' ');
  const line: Command[] = [program];
  for (const word of words) {
    const next = line.at(-1)?.commands.find((command) => command.name() === word);
    if (next === undefined) break;
    line.push(next);
  }
  const wrong = line.length === 1 && !(words[0] ?? '').startsWith('-') ? [`no command: ${shown}`] : [];
  const command = line.at(-1);
  if (line.length > 1 && (command?.commands.length ?? 0) > 0 && !words.includes('--help'))
    wrong.push(`wants a sub-command: ${shown}`);
  const known = new Set(['--help', ...line.flatMap(({ options }) => options.map(({ long }) => long))]);
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] ?? word);
  return [...wrong, ...options.filter((option) => !known.has(option)).map((option) => `no ${option}: ${shown}`)];
}

describe.each(PLACES)('%s', (place) => {
  test('shows only commands that exist', () => {
    const shown = shownIn(readFileSync(path.join(root, place), 'utf8'));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.flatMap(wrongIn)).toEqual([]);
  });
});

test('a planted command is found', () => {
  expect(shownIn('see `zhaodan conjure` and\nnpx zhaodan verify --sideways # so\n').flatMap(wrongIn)).toEqual([
    'no command: conjure',
    'no --sideways: verify --sideways',
  ]);
});
