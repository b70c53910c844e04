/**
 * The register as files of the shape an import reads: importing an export changes nothing. With it the template that a
 * district fills in. Whoever may see people's data may have the sheet of people; the caller decides.
 */
import { stringify } from 'csv-stringify/sync';
import type pg from 'pg';
import { exportRows } from './sheets/export-rows.ts';
import { SHEET_IDS, SHEETS, sheetShape, type Column, type SheetId } from './sheets/columns.ts';
import { writeXlsx, type Table, type TableColumn } from './sheets/write-xlsx.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

const WIDTHS: Readonly<Partial<Record<Column['kind'], number>>> = {
  date: 14,
  choice: 18,
  'credit-code': 22,
  digest: 30,
  text: 28,
};

const columnsOf = (sheet: SheetId): readonly TableColumn[] =>
  sheetShape(sheet).columns.map(({ header, required, kind }) => ({
    header,
    required,
    date: kind === 'date',
    width: WIDTHS[kind] ?? 20,
  }));

/** A workbook with one tab a sheet, all of them unless named. */
export async function exportXlsx(client: Queryable, sheets: readonly SheetId[] = SHEET_IDS): Promise<Buffer> {
  const tables: Table[] = [];
  for (const sheet of sheets) {
    tables.push({ name: sheetShape(sheet).name, columns: columnsOf(sheet), rows: await exportRows(client, sheet) });
  }
  return writeXlsx(tables);
}

/** One sheet as csv for machines: UTF-8 with a mark, CRLF, nothing a spreadsheet would run as a formula. */
export async function exportCsv(client: Queryable, sheet: SheetId): Promise<Buffer> {
  const rows = await exportRows(client, sheet);
  const header = sheetShape(sheet).columns.map(({ header: text }) => text);
  return Buffer.from(stringify([header, ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true }));
}

const NOTES: readonly (readonly [string, string])[] = [
  ['怎样填', '每个工作表第一行是列名,带 * 的列必填;从第二行起填写,不要合并单元格,不要用公式。'],
  ['怎样导入', '先预览:逐行指出问题,此时不写入任何内容。改正后再确认;每个工作表要么全部写入,要么一行也不写入。'],
  ['顺序', '单位、岗位、人员、任职、主体、包保关系、承诺书,后面的引用前面的编号。可以只填其中几个工作表。'],
  ['编号', '字母、数字和 . _ - ,最多 64 位。编号登记后不变,同一编号再次导入即为更新。'],
  ['编码和电话', '统一社会信用代码、手机号码请先把单元格设为“文本”再录入,否则超过 15 位的数字会失真。'],
  ['日期', '如 2026-11-24。免职、撤岗、解除、注销日期是终止之日,当日起不再有效。'],
  ['与登记不一致时', '导入时选择:保留登记、以表为准、或者整表拒绝。开办、设岗等日期登记后不能经导入更改。'],
  ['包保分级', 'A 市级、B 区级、C 镇街、D 村社;主体只能由同级岗位包保,镇街和村社的岗位只包保本镇街主体。'],
];

/** The empty workbook with an explanation tab, as it is handed to a town. */
export function templateXlsx(): Promise<Buffer> {
  const guide: TableColumn[] = [
    { header: '工作表', required: false, date: false, width: 16 },
    { header: '列', required: false, date: false, width: 22 },
    { header: '必填', required: false, date: false, width: 8 },
    { header: '说明', required: false, date: false, width: 80 },
  ];
  const explained = SHEETS.flatMap(({ name, columns }) =>
    columns.map(({ header, required, help }) => [name, header, required ? '是' : '否', help]),
  );
  const explanation: Table = {
    name: '说明',
    columns: guide,
    rows: [...NOTES.map(([about, text]) => [about, null, null, text]), ...explained],
  };
  return writeXlsx([explanation, ...SHEETS.map(({ id, name }) => ({ name, columns: columnsOf(id), rows: [] }))]);
}
