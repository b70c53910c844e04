/** What a cell means in its column: a code, a day, a text; or why it means nothing. Knows no row. */
import { isCivilDate } from '../../../domain/kernel/civil-day.ts';
import { creditCodeFault } from '../../../domain/register/credit-code.ts';
import type { Column } from './columns.ts';
import type { Cell } from './grid.ts';
import type { CellProblemCode } from './problems.ts';

export type ReadCell =
  | { readonly value: string | null }
  | { readonly fault: CellProblemCode; readonly values?: Readonly<Record<string, string | number>> };

const fault = (code: CellProblemCode, values: Readonly<Record<string, string | number>> = {}): ReadCell => ({
  fault: code,
  values,
});

const LONGEST = 200;
const PRECISE = 1e15;

export function readCell(column: Column, cell: Cell): ReadCell {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) {
    return column.required ? fault('value-missing') : { value: null };
  }
  if (column.kind === 'date') return day(cell);
  if (cell instanceof Date) return fault('date-in-text-column');
  if (typeof cell === 'boolean') return fault('choice-unknown', { value: String(cell), choices: '文本' });
  if (typeof cell === 'number') {
    if (Math.abs(cell) >= PRECISE) return fault('number-rounded');
    if (column.kind === 'credit-code') return fault('number-in-text-column');
    if (!Number.isInteger(cell) && column.kind !== 'text') return fault('number-in-text-column');
  }
  return text(column, String(cell).trim());
}

function text(column: Column, value: string): ReadCell {
  if (/\p{Cc}|\p{Surrogate}/u.test(value)) return fault('text-unprintable');
  if (value.length > LONGEST) return fault('text-too-long', { most: LONGEST });
  switch (column.kind) {
    case 'id':
      return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) ? { value } : fault('id-shape', { value });
    case 'choice': {
      const choices = column.choices ?? {};
      const found = Object.hasOwn(choices, value) ? choices[value] : undefined;
      return found === undefined
        ? fault('choice-unknown', { value, choices: Object.keys(choices).join('、') })
        : { value: found };
    }
    case 'credit-code': {
      const wrong = creditCodeFault(value);
      return wrong === null ? { value } : fault(wrong);
    }
    case 'phone':
      return /^\+?\d[\d -]{3,18}\d$/.test(value) ? { value } : fault('phone-shape');
    case 'email':
      return /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(value) ? { value } : fault('email-shape');
    case 'digest':
      return /^[0-9a-f]{64}$/.test(value) ? { value } : fault('digest-shape');
    default:
      return { value };
  }
}

/** A date cell, or a text such as 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日. */
function day(cell: Exclude<Cell, null>): ReadCell {
  if (cell instanceof Date) {
    const on = Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
    return isCivilDate(on) ? { value: on } : fault('date-unreadable', { value: on });
  }
  const written = String(cell).trim();
  const [, year = '', month = '', date = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written) ?? [];
  const on = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isCivilDate(on) ? { value: on } : fault('date-unreadable', { value: written.slice(0, 30) });
}
