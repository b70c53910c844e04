/** What the documents say of files, tables, variables, metrics and commands is so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GAUGES } from '../../cases/metrics.ts';
import { variables } from '../../config/config.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((file) => file.endsWith('.md') && existsSync(path.join(root, file)));

/** A path with a folder of this repository in front and an ending behind. */
const FILE = /^(?:\.?[\w-]+\/)+[\w.-]+\.(?:ts|mjs|cjs|json|sql|md|prisma|yml|yaml|sh)$/;
const FOLDERS = readdirSync(root, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
const isOurs = (name: string): boolean => FOLDERS.includes(name.split('/')[0] ?? '');

/** Files of the repository that a document names in `code`. */
const filesNamed = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)].map(([, name = '']) => name).filter((name) => FILE.test(name) && isOurs(name));

/** Where the relative links of a document lead, from the root. */
const linksOf = (file: string, text: string): string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.join(path.dirname(file), target));

/** What is kept beside the data and not in the repository. */
const LOCAL = ['.zhaodan/', 'dist/', 'node_modules/'];
const missing = (files: readonly string[]): string[] =>
  files.filter((file) => !LOCAL.some((folder) => file.startsWith(folder)) && !existsSync(path.join(root, file)));

describe.each(DOCUMENTS)('%s', (file) => {
  test('names no file and links to none that is not there', () => {
    expect(missing([...filesNamed(read(file)), ...linksOf(file, read(file))])).toEqual([]);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  test('lists every table of the schema and no other', () => {
    const tables = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(([, name = '']) => name);
    const section = read('docs/ARCHITECTURE.md').split('## Tables')[1]?.split('\n## ')[0] ?? '';
    const listed = section
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    expect(listed.sort()).toEqual(tables.sort());
  });
});

/** Rows of a table whose first cell is one `NAME`. */
function rowsNamed(
  text: string,
  name: RegExp,
): readonly { readonly name: string; readonly cells: readonly string[] }[] {
  return text.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const [, found] = /^`([^`]+)`$/.exec(cells[0] ?? '') ?? [];
    return found !== undefined && name.test(found) ? [{ name: found, cells }] : [];
  });
}

describe('docs/OPERATIONS.md', () => {
  const text = read('docs/OPERATIONS.md');
  const names = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
  const configured = rowsNamed(text, /^[A-Z][A-Z_]+$/);

  test('explains every variable of .env.example and no other', () => {
    expect(configured.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  test.each(configured.filter(({ name }) => name in variables))('gives the default of $name', ({ name, cells }) => {
    const [schema] = variables[name as keyof typeof variables];
    const parsed = schema.safeParse(undefined);
    const fallback = !parsed.success ? '必填' : parsed.data === undefined ? '—' : `\`${String(parsed.data)}\``;
    expect(cells[1]).toBe(fallback);
  });

  test('says of every gauge what it means for an operator', () => {
    const gauges = rowsNamed(text, /^zhaodan_/).map(({ name }) => name);
    expect([...Object.keys(GAUGES), 'zhaodan_database_up'].filter((name) => !gauges.includes(name))).toEqual([]);
  });

  test('has a marked place for the figures of `npm run bench`', () => {
    expect(text).toMatch(/<!-- bench:start -->[\s\S]+<!-- bench:end -->/);
  });
});

describe('a planted lie', () => {
  test('is found in a file named, and in a link', () => {
    expect(missing(filesNamed('see `cases/apply.ts` and `cases/gone.ts`'))).toEqual(['cases/gone.ts']);
    expect(missing(linksOf('docs/x.md', '[a](GLOSSARY.md) [b](gone.md) [c](https://example.org)'))).toEqual([
      'docs/gone.md',
    ]);
  });
});
