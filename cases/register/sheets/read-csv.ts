/** A csv file as a grid: UTF-8 with or without a mark, or GBK as old systems write it. Knows no sheet of the register. */
import { CsvError, parse } from 'csv-parse/sync';
import type { ReadGrids } from './read-xlsx.ts';
import { fileProblem } from './problems.ts';

const MOST_ROWS = 100_000;

function decoded(bytes: Buffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/** Takes back the quote that our own export puts before a text a spreadsheet would run as a formula. */
const disarmed = (value: string): string => (/^'[=+\-@\t\r＝]/.test(value) ? value.slice(1) : value);

export function readCsv(bytes: Buffer): ReadGrids {
  const text = decoded(bytes);
  if (text === null) return { problem: fileProblem('text-encoding') };
  try {
    const rows: string[][] = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      to: MOST_ROWS + 2,
    });
    if (rows.length > MOST_ROWS + 1)
      return { problem: fileProblem('sheet-too-large', { sheet: 'csv', cell: `A${String(MOST_ROWS + 2)}` }) };
    const cells = rows.map((row) => row.map((value) => (value.trim() === '' ? null : disarmed(value.trim()))));
    return { grids: [{ name: null, rows: cells, formulas: new Set() }] };
  } catch (error) {
    if (error instanceof CsvError) return { problem: fileProblem('csv-malformed', { row: Number(error['lines']) }) };
    throw error;
  }
}
