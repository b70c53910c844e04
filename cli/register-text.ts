/** How the command line writes previews, answers and histories of the register, in Chinese. Decides nothing. */
import type { HistoryLine } from '../cases/register/history.ts';
import type { ImportAnswer, ImportPreview } from '../cases/register/import.ts';
import type { SheetTotals } from '../cases/register/sheets/plan-sheet.ts';
import { sheetShape } from '../cases/register/sheets/columns.ts';
import { refusalText } from '../cases/refusal-texts.ts';
import { localIso } from '../domain/kernel/calendar.ts';
import { CHANGE_WORDS } from '../domain/words/register.ts';

const totalsText = ({ new: added, changed, same, kept }: SheetTotals): string =>
  `新增 ${String(added)}、变更 ${String(changed)}、相同 ${String(same)}${kept > 0 ? `、保留登记 ${String(kept)}` : ''}`;

/** Problems shown a sheet; the rest are counted. */
const SHOWN = 50;

export function previewLines(preview: ImportPreview): readonly string[] {
  if (!preview.ok) return [`不能导入:${preview.problem.message}`];
  const skipped = preview.skippedTabs.length > 0 ? [`未导入的工作表:${preview.skippedTabs.join('、')}`] : [];
  const sheets = preview.sheets.flatMap(({ name, rows, totals, problems, problemCount, ignored, importId }) => [
    `${name}:${String(rows)} 行;${totalsText(totals)};问题 ${String(problemCount)} 个(导入编号 ${importId})`,
    ...(ignored.length > 0 ? [`  未使用的列:${ignored.join('、')}`] : []),
    ...problems
      .slice(0, SHOWN)
      .map(({ row, column, message }) => `  第 ${String(row)} 行${column === null ? '' : `“${column}”`}:${message}`),
    ...(problemCount > SHOWN ? [`  ……另有 ${String(problemCount - SHOWN)} 个`] : []),
  ]);
  return [...skipped, ...sheets];
}

export function confirmedLine(answer: ImportAnswer): string {
  if (!answer.ok) return `未写入:${refusalText(answer.refusal)}`;
  const { sheet, totals, change } = answer;
  const opened = change === null || change.opened.length === 0 ? '' : `;新开职责 ${String(change.opened.length)} 项`;
  return `${sheetShape(sheet).name}:已写入,${totalsText(totals)}${opened}`;
}

export function historyLines(lines: readonly HistoryLine[]): readonly string[] {
  return lines.flatMap(({ seq, at, actor, changes }) => [
    `#${String(seq)} ${localIso(at)} 由 ${actor.person}(岗位 ${actor.post})登记`,
    ...changes.map(({ type, ...details }) => `  ${CHANGE_WORDS[type]} ${detailsText(details)}`),
  ]);
}

const detailsText = (details: object): string =>
  Object.entries(details)
    .flatMap(([name, value]: [string, unknown]) => (typeof value === 'string' ? [`${name}=${value}`] : []))
    .join(' ');
