import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { NOTICE_STATES } from '../../cases/notices/ledger.ts';
import { PROCESSES } from '../../cases/processes.ts';
import { ROLE_TITLES } from '../../domain/notices/role-titles.ts';
import { KIND_WORDS } from '../../domain/words/index.ts';
import { namesIn, stagesIn, wordsOf, type Source } from './glossary-source.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const FOLDERS = ['domain', 'cases', 'workflows', 'activities', 'drivers', 'prisma', 'config', 'api', 'worker', 'cli'];

function sources(folder: string): Source[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .filter((file) => /\.(ts|prisma)$/.test(file) && !file.startsWith('prisma/generated/'))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

interface Row {
  readonly section: string;
  readonly chinese: string;
  readonly words: readonly string[];
  /** Of what, in the table of stages. */
  readonly of: string;
  /** What may stand nowhere in the code. */
  readonly banned: readonly string[];
}

const codeIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function rowsOf(glossary: string): Row[] {
  let section = '';
  let heading: readonly string[] = [];
  const rows: Row[] = [];
  for (const line of glossary.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3);
    if (!line.startsWith('|')) {
      heading = [];
      continue;
    }
    const cells = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    if (heading.length === 0) heading = cells;
    else if (!/^-+$/.test(cells[0] ?? '') && heading[0] === '中文') {
      const never = heading.indexOf('never');
      const of = heading.indexOf('of');
      rows.push({
        section,
        chinese: cells[0] ?? '',
        words: codeIn(cells[1] ?? ''),
        of: of < 0 ? '' : (cells[of] ?? ''),
        banned: never < 0 ? [] : codeIn(cells[never] ?? ''),
      });
    }
  }
  return rows;
}

const glossary = readFileSync(path.join(root, 'docs', 'GLOSSARY.md'), 'utf8');
const rows = rowsOf(glossary);
const BUILT = rows.filter(({ section }) => section !== 'Reserved');

/** Every name of a source and its words; reading 300 files once is enough. */
function named(source: Source): readonly (readonly [name: string, words: readonly string[]])[] {
  const known = namedBefore.get(source);
  if (known !== undefined) return known;
  const distinct = [...new Set(namesIn(source))].map((name) => [name, wordsOf(name)] as const);
  namedBefore.set(source, distinct);
  return distinct;
}
const namedBefore = new WeakMap<Source, ReturnType<typeof named>>();

/** Whether `phrase` stands in `words`, as a run of whole words; a plural is the same word. */
function holds(words: readonly string[], phrase: readonly string[]): boolean {
  const same = (word: string | undefined, wanted: string | undefined): boolean =>
    word !== undefined && (word === wanted || word === `${wanted ?? ''}s`);
  return words.some((_, at) => phrase.every((wanted, step) => same(words[at + step], wanted)));
}

/** `file: name` of everything that is called what it must not be. */
function misnamed(of: readonly Source[], banned: readonly string[]): string[] {
  const phrases = banned.map((word) => wordsOf(word));
  return of.flatMap((source) =>
    named(source)
      .filter(([, words]) => phrases.some((phrase) => holds(words, phrase)))
      .map(([name]) => `${source.file}: ${name.slice(0, 80)}`),
  );
}

const hasRow = (word: string): boolean => BUILT.some(({ words }) => words.includes(word));

let all: readonly Source[] = [];
beforeAll(() => {
  all = FOLDERS.flatMap(sources);
});

describe('the glossary', () => {
  test('has a row for every kind of case, role and state of a notice', () => {
    const used = [...PROCESSES.keys(), ...Object.keys(ROLE_TITLES), ...NOTICE_STATES];
    expect(used.filter((word) => !hasRow(word))).toEqual([]);
  });

  test('has a row for every stage and end a process or the register knows', () => {
    const used = new Set(all.filter(({ file }) => /^domain\/(supervision|register)\//.test(file)).flatMap(stagesIn));
    expect(used.size).toBeGreaterThan(30);
    expect([...used].filter((word) => !hasRow(word))).toEqual([]);
  });

  test('calls kinds, stages and ends in Chinese what screens call them', () => {
    const said = KIND_WORDS.flatMap(({ kind, title, stages, ends }) => [
      `${title} ${kind} `,
      ...Object.entries(stages).map(([stage, chinese]) => `${chinese} ${stage} ${kind} stage`),
      ...Object.entries(ends).map(([end, chinese]) => `${chinese} ${end} ${kind} end`),
    ]);
    const written = rows.flatMap(({ chinese, words, of }) => words.map((word) => `${chinese} ${word} ${of}`));
    expect(said.filter((line) => !written.includes(line))).toEqual([]);
    const staged = written.filter((line) => / (stage|end)$/.test(line));
    expect(staged.filter((line) => !said.includes(line))).toEqual([]);
  });

  test('has no row for a word that no source uses', () => {
    const inCode = all.flatMap((source) => named(source).map(([, words]) => words));
    const present = (word: string): boolean => inCode.some((words) => holds(words, wordsOf(word)));
    expect(BUILT.flatMap(({ words }) => words.filter((word) => !present(word)))).toEqual([]);
  });

  test('gives one Chinese term one row a section', () => {
    const terms = rows.map(({ section, chinese, words, of }) => `${section}: ${chinese} ${words.join()} ${of}`);
    expect(terms.filter((term, at) => terms.indexOf(term) !== at)).toEqual([]);
  });

  test('bans no word that it uses itself', () => {
    const own = rows.flatMap(({ words }) => words).map((word) => wordsOf(word));
    const banned = rows.flatMap(({ banned: words }) => words);
    expect(banned.filter((word) => own.some((words) => holds(words, wordsOf(word))))).toEqual([]);
  });
});

describe('the sources', () => {
  test('call nothing by a name the glossary bans', () => {
    expect(
      misnamed(
        all,
        rows.flatMap(({ banned }) => banned),
      ),
    ).toEqual([]);
  });
});

describe('a planted violation', () => {
  const planted = (text: string, file = 'domain/x.ts'): string[] =>
    misnamed([{ file, text }], ['merchant', 'handoff', 'jobTitle']);

  test.each([
    ['an identifier', 'export const merchant = 1;'],
    ['part of an identifier', 'function inspectMerchant() {}'],
    ['a plural', 'const merchants = [];'],
    ['a field', 'interface A { readonly merchantId: string }'],
    ['a literal', "const stage = 'awaiting-handoff';"],
    ['a column in SQL', 'const sql = `SELECT merchant_id FROM ${table}`;'],
    ['two words together', 'const jobTitle = 1;'],
  ])('is found in %s', (_where, text) => {
    expect(planted(text)).toHaveLength(1);
  });

  test('is found in the name of a file and in the schema', () => {
    expect(planted('', 'domain/merchant.ts')).toEqual(['domain/merchant.ts: domain/merchant.ts']);
    expect(planted('model Merchant {\n}', 'prisma/schema.prisma')).toHaveLength(1);
  });

  test('is not seen in a comment, nor in a word that only begins alike', () => {
    expect(planted('/** Never merchant. */ const merchandise = 1; // merchant')).toEqual([]);
  });

  test('is found as a stage without a row', () => {
    const text = "export type GhostStage = 'haunting' | 'closed';\nconst a = { stage: late ? 'ghostly' : 'closed' };";
    const found = stagesIn({ file: 'domain/x.ts', text });
    expect(found.filter((word) => !hasRow(word))).toEqual(['haunting', 'ghostly']);
  });
});
