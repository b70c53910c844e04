/**
 * Is a workbook safe to hand to the reader, and where are its formulas? A 1.4 kB file with cells A1 and XFD1048576 makes
 * the reader ask for all memory there is, so far cells are refused before it runs.
 */
import { columnIndex } from './grid.ts';
import { fileProblem, type FileProblem } from './problems.ts';
import { NotAZip, TooLarge, zipParts, zipText, type ZipPart } from './zip.ts';

export const MOST_BYTES = 20 * 1024 * 1024;
const MOST_UNPACKED = 200 * 1024 * 1024;
const MOST_IN_ONE_PART = 120 * 1024 * 1024;
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 60;

export type Inspected =
  { readonly formulas: ReadonlyMap<string, ReadonlySet<string>> } | { readonly problem: FileProblem };

/** Formulas by tab name. */
export async function inspectWorkbook(bytes: Buffer): Promise<Inspected> {
  try {
    return await inspected(bytes);
  } catch (error) {
    if (error instanceof TooLarge) return { problem: fileProblem('unpacked-too-large') };
    if (error instanceof NotAZip || error instanceof RangeError) return { problem: fileProblem('file-unreadable') };
    throw error;
  }
}

async function inspected(bytes: Buffer): Promise<Inspected> {
  const parts = zipParts(bytes);
  if (parts.reduce((sum, { declaredSize }) => sum + declaredSize, 0) > MOST_UNPACKED) throw new TooLarge('declared');
  const formulas = new Map<string, ReadonlySet<string>>();
  for (const { name, part } of await tabs(bytes, parts)) {
    const found = scan(await zipText(bytes, part, MOST_IN_ONE_PART));
    if (found.far !== null) return { problem: fileProblem('sheet-too-large', { sheet: name, cell: found.far }) };
    formulas.set(name, found.formulas);
  }
  return { formulas };
}

/** The workbook's tabs with the part that holds each. */
async function tabs(bytes: Buffer, parts: readonly ZipPart[]): Promise<readonly { name: string; part: ZipPart }[]> {
  const text = async (name: string): Promise<string> => {
    const part = parts.find((candidate) => candidate.name === name);
    if (part === undefined) throw new NotAZip(`no ${name}`);
    return zipText(bytes, part, MOST_IN_ONE_PART);
  };
  const relations = await text('xl/_rels/workbook.xml.rels');
  const targets = new Map(
    tags(relations, 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  );
  const sheets = tags(await text('xl/workbook.xml'), 'sheet');
  return sheets.map((tag) => {
    const target = targets.get(attribute(tag, '(?:\\w+:)?id')) ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    const part = parts.find((candidate) => candidate.name === path);
    if (part === undefined) throw new NotAZip(`no ${path}`);
    return { name: unescaped(attribute(tag, 'name')), part };
  });
}

const tags = (xml: string, name: string): readonly string[] =>
  xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? [];

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};
const unescaped = (text: string): string => text.replaceAll(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

/** Cells with a formula, and the first cell or row outside what a sheet of the register may have. */
function scan(xml: string): { readonly formulas: ReadonlySet<string>; readonly far: string | null } {
  const formulas = new Set<string>();
  for (const [, attributes = '', formula] of xml.matchAll(/<(?:\w+:)?(?:c|row)\b([^>]*)>(\s*<(?:\w+:)?f\b)?/g)) {
    const address = attribute(attributes, 'r');
    if (isFar(address)) return { formulas, far: address };
    if (formula !== undefined) formulas.add(address);
  }
  return { formulas, far: null };
}

function isFar(address: string): boolean {
  const [, letters = '', row = '0'] = /^([A-Z]*)(\d+)$/.exec(address) ?? [];
  return Number(row) > MOST_ROWS || (letters !== '' && (letters.length > 3 || columnIndex(letters) >= MOST_COLUMNS));
}
