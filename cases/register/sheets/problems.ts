/** What is wrong with a file, a sheet or a row, in a sentence an officer can act on. Knows no file format. */
import type { ProblemCode, RegisterProblem } from '../../../domain/register/change.ts';
import { filledIn, REFUSAL_TEXTS } from '../../refusal-texts.ts';
import type { SheetId } from './columns.ts';

/** Why a whole file cannot be read. */
export const FILE_PROBLEMS = {
  'file-empty': '文件是空的。',
  'file-too-large': '文件超过 20 MB,请拆分后再导入。',
  'file-is-xls': '这是旧版 Excel(.xls)文件,请另存为 .xlsx 后再导入。',
  'file-unreadable': '文件不是完好的 .xlsx 工作簿或 .csv 文本。',
  'unpacked-too-large': '文件解压后过大,未读取。',
  'sheet-too-large': '工作表“{sheet}”的单元格 {cell} 超出范围(至多 100000 行、60 列),请删去多余内容后再导入。',
  'reading-took-too-long': '读取超过时限,未导入。',
  'reading-ran-out-of-memory': '读取所需内存超过上限,未导入。',
  'text-encoding': '文本编码无法识别,请存为 UTF-8 或 GBK。',
  'csv-malformed': '第 {row} 行的分隔或引号不完整。',
  'no-known-sheet': '没有可导入的工作表;应为“单位、岗位、人员、任职、主体、包保关系、承诺书”之一。',
} as const;
export type FileProblemCode = keyof typeof FILE_PROBLEMS;

/** Why a sheet or a row is refused, beside what the register itself refuses. */
export const CELL_PROBLEMS = {
  'sheet-empty': '没有数据行。',
  'header-missing': '缺少列“{header}”。',
  'header-twice': '列“{header}”出现了两次。',
  'value-missing': '不能为空。',
  'choice-unknown': '“{value}”不在可选范围内:{choices}。',
  'date-unreadable': '“{value}”不是有效日期,请写成 2026-11-24 的样子。',
  'number-rounded': '超过 15 位的数字在表格中已失真,请把这一列设为文本格式后重新录入。',
  'number-in-text-column': '这里应为文本,表格中是数字,请设为文本格式后重新录入。',
  'date-in-text-column': '这里应为文本,表格中是日期。',
  formula: '不接受公式,请粘贴为数值。',
  'id-shape': '“{value}”不能作编号:只用字母、数字和 . _ - ,最多 64 位。',
  'text-too-long': '最多 {most} 个字。',
  'text-unprintable': '含有不能保存的字符。',
  'credit-code-shape': '统一社会信用代码应为 18 位数字和大写字母(不含 I、O、S、V、Z)。',
  'credit-code-check': '统一社会信用代码的校验位不对,请核对。',
  'phone-shape': '电话号码应为 5 至 20 位数字,可有 + 和 -。',
  'email-shape': '电子邮箱的形式不对。',
  'digest-shape': '文件摘要应为 64 位十六进制。',
  'key-twice': '与第 {row} 行重复。',
  'closed-without-date': '状态为“注销”时须填注销日期。',
  'date-without-closed': '填了注销日期,状态应为“注销”。',
  'field-fixed': '登记为“{was}”,不能改为“{is}”。',
  conflict: '与登记不一致:登记为“{was}”,表中为“{is}”。',
} as const;
export type CellProblemCode = keyof typeof CELL_PROBLEMS;

export type RowProblemCode = CellProblemCode | ProblemCode;

export interface RowProblem {
  readonly sheet: SheetId;
  /** As the spreadsheet numbers it; 1 is the header's row. */
  readonly row: number;
  /** The header of the column; `null` where the whole row or sheet is meant. */
  readonly column: string | null;
  readonly code: RowProblemCode;
  /** Chinese. */
  readonly message: string;
}

export interface FileProblem {
  readonly code: FileProblemCode;
  readonly message: string;
}

type Values = Readonly<Record<string, string | number | null>>;

const filled = (text: string, values: Values): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

export const fileProblem = (code: FileProblemCode, values: Values = {}): FileProblem => ({
  code,
  message: filled(FILE_PROBLEMS[code], values),
});

export const rowProblem = (
  at: { readonly sheet: SheetId; readonly row: number; readonly column: string | null },
  code: CellProblemCode,
  values: Values = {},
): RowProblem => ({ ...at, code, message: filled(CELL_PROBLEMS[code], values) });

/** A problem the register found, at the row and, where its code says which, the column. */
export function registerProblem(
  at: { readonly sheet: SheetId; readonly row: number; readonly column: string | null },
  { code, details }: RegisterProblem,
): RowProblem {
  const text = REFUSAL_TEXTS[code];
  return { ...at, code, message: text === undefined ? code : filledIn(text, details) };
}
