/** A preview's rounds as a table for the office's own files. */
import { refusalText } from '../refusal-texts.ts';
import type { Table, TableColumn } from '../register/sheets/write-xlsx.ts';
import type { NamedRow } from './preview-shown.ts';

const column = (header: string, width: number, date = false): TableColumn => ({ header, required: false, date, width });

export const previewTable = (rows: readonly NamedRow[]): Table => ({
  name: '轮次预览',
  columns: [
    column('序号', 8),
    column('单位', 24),
    column('岗位', 28),
    column('包保干部', 16),
    column('走访户数', 10),
    column('其中须现场', 12),
    column('到期', 14, true),
    column('问题', 60),
    column('轮次', 40),
  ],
  rows: rows.map((row) => [
    String(row.ordinal),
    row.unitName,
    row.postTitle,
    row.personName ?? '空缺',
    String(row.visits),
    String(row.onSite),
    row.dueOn,
    row.problems.map(refusalText).join(' '),
    row.roundKey,
  ]),
});
