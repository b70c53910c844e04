/** A table as it came out of a file, before anything is understood. Knows no sheet of the register. */

/** Numbers keep how they were written: a spreadsheet has already rounded what has more than 15 digits. */
export type Cell = string | number | boolean | Date | null;

export interface Grid {
  /** The tab's name; a csv file has none. */
  readonly name: string | null;
  /** Row by row from the first; rows may be shorter than the header. */
  readonly rows: readonly (readonly Cell[])[];
  /** Addresses of cells that hold a formula, e.g. `C7`. */
  readonly formulas: ReadonlySet<string>;
}

/** 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCodePoint(65 + ((left - 1) % 26)) + letters;
  }
  return letters;
}

/** A → 0, XFD → 16383. */
export const columnIndex = (letters: string): number =>
  [...letters].reduce((index, letter) => index * 26 + (letter.codePointAt(0) ?? 64) - 64, 0) - 1;
