/** A grid as the rows of one sheet of the register: headers found, cells read, keys unique. Knows nothing of the register. */
import { SHEETS, type Column, type SheetRecord, type SheetShape } from './columns.ts';
import { columnLetters, type Cell, type Grid } from './grid.ts';
import { readCell } from './read-cell.ts';
import { rowProblem, type RowProblem } from './problems.ts';

export interface ReadRow {
  /** As the spreadsheet numbers it. */
  readonly row: number;
  readonly record: SheetRecord;
}

export interface ReadSheet {
  readonly shape: SheetShape;
  /** Rows whose every cell could be read. */
  readonly rows: readonly ReadRow[];
  readonly problems: readonly RowProblem[];
  /** Headers that were not understood and are left out. */
  readonly ignored: readonly string[];
  /** Rows that hold anything. */
  readonly filled: number;
}

const headerText = (cell: Cell | undefined): string =>
  typeof cell === 'string' ? cell.replace(/[\s*＊]|（必填）|\(必填\)/g, '') : '';

/** The sheet a grid is, by its tab's name, or for a csv file by its headers; `null` for a tab of another kind. */
export function shapeOf({ name, rows }: Grid): SheetShape | null {
  if (name !== null) return SHEETS.find((shape) => shape.name === name.trim()) ?? null;
  const headers = new Set((rows[0] ?? []).map(headerText));
  const known = ({ columns }: SheetShape): number => columns.filter(({ header }) => headers.has(header)).length;
  const fits = SHEETS.filter(({ columns }) =>
    columns.every(({ required, header }) => !required || headers.has(header)),
  );
  const candidates = (fits.length > 0 ? fits : SHEETS).toSorted((a, b) => known(b) - known(a));
  const [best] = candidates;
  return best !== undefined && known(best) >= 2 ? best : null;
}

export function readSheet(shape: SheetShape, grid: Grid): ReadSheet {
  const [header = [], ...body] = grid.rows;
  const { places, problems, ignored } = placesOf(shape, header);
  const filled = body.filter((cells) => cells.some((cell) => cell !== null && cell !== '')).length;
  if (filled === 0) problems.push(rowProblem({ sheet: shape.id, row: 1, column: null }, 'sheet-empty'));
  if (problems.length > 0) return { shape, rows: [], problems, ignored, filled };

  const rows: ReadRow[] = [];
  const seen = new Map<string, number>();
  for (const [index, cells] of body.entries()) {
    if (!cells.some((cell) => cell !== null && cell !== '')) continue;
    const row = index + 2;
    const read = readRow(shape, places, cells, row, grid.formulas);
    problems.push(...read.problems);
    if (read.problems.length > 0) continue;
    const key = shape.key.map((field) => read.record[field]).join('/');
    const first = seen.get(key);
    if (first !== undefined) {
      const column = shape.columns.find((candidate) => candidate.key === shape.key[0])?.header ?? null;
      problems.push(rowProblem({ sheet: shape.id, row, column }, 'key-twice', { row: first }));
      continue;
    }
    seen.set(key, row);
    rows.push({ row, record: read.record });
  }
  return { shape, rows, problems, ignored, filled };
}

interface Places {
  /** Column → index in the row. */
  readonly places: ReadonlyMap<Column, number>;
  readonly problems: RowProblem[];
  readonly ignored: readonly string[];
}

function placesOf(shape: SheetShape, header: readonly Cell[]): Places {
  const at = { sheet: shape.id, row: 1 };
  const places = new Map<Column, number>();
  const problems: RowProblem[] = [];
  const ignored: string[] = [];
  for (const [index, cell] of header.entries()) {
    const text = headerText(cell);
    if (text === '') continue;
    const column = shape.columns.find((candidate) => candidate.header === text);
    if (column === undefined) ignored.push(text.slice(0, 50));
    else if (places.has(column)) problems.push(rowProblem({ ...at, column: text }, 'header-twice', { header: text }));
    else places.set(column, index);
  }
  for (const column of shape.columns) {
    if (column.required && !places.has(column)) {
      problems.push(rowProblem({ ...at, column: column.header }, 'header-missing', { header: column.header }));
    }
  }
  return { places, problems, ignored };
}

function readRow(
  shape: SheetShape,
  places: ReadonlyMap<Column, number>,
  cells: readonly Cell[],
  row: number,
  formulas: ReadonlySet<string>,
): { readonly record: SheetRecord; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = [];
  const record: Record<string, string | null> = {};
  for (const column of shape.columns) {
    const at = { sheet: shape.id, row, column: column.header };
    const index = places.get(column);
    if (index !== undefined && formulas.has(`${columnLetters(index)}${String(row)}`)) {
      problems.push(rowProblem(at, 'formula'));
      continue;
    }
    const read = readCell(column, index === undefined ? null : (cells[index] ?? null));
    if ('fault' in read) problems.push(rowProblem(at, read.fault, read.values));
    else record[column.key] = read.value;
  }
  if (shape.id === 'subjects' && problems.length === 0) {
    const column = '注销日期';
    const closed = record['status'] === 'closed';
    if (closed && record['closedOn'] === null)
      problems.push(rowProblem({ sheet: shape.id, row, column }, 'closed-without-date'));
    if (!closed && record['closedOn'] !== null)
      problems.push(rowProblem({ sheet: shape.id, row, column }, 'date-without-closed'));
  }
  return { record, problems };
}
