/** A list of cases as a workbook, for people who go on with it elsewhere. Says so in the sheet when it had to stop. */
import { localIso } from '../domain/kernel/calendar.ts';
import { listRows, type ListedCase, type ListFilter } from './case-list.ts';
import type { CasesDeps } from './deps.ts';
import type { CaseCursor, CaseOrder } from './lists.ts';
import { writeXlsx, type TableColumn } from './register/sheets/write-xlsx.ts';

/** More rows than this are no list for a person; a narrower filter is. */
export const MOST_EXPORTED = 5_000;
const PAGE = 500;

const column = (header: string, width: number, date = false): TableColumn => ({ header, width, date, required: false });

const COLUMNS: readonly TableColumn[] = [
  column('编号', 34),
  column('种类', 14),
  column('待办', 26),
  column('阶段', 14),
  column('主体', 36),
  column('主体编号', 18),
  column('单位', 24),
  column('承办岗位', 26),
  column('承办人', 14),
  column('期限', 14),
  column('末日', 14, true),
  column('暂定', 8),
  column('曾超期', 10),
  column('开始', 20),
  column('了结', 20),
];

const instant = (at: number | null): string | null =>
  at === null ? null : localIso(at).slice(0, 16).replace('T', ' ');

const cells = (row: ListedCase): readonly (string | null)[] => [
  row.id,
  row.kindTitle,
  row.closedAt === null ? row.act : null,
  row.stageTitle,
  row.subject?.name ?? null,
  row.subject?.id ?? null,
  row.unit?.name ?? row.unit?.id ?? null,
  row.holder?.title ?? row.holder?.post ?? null,
  row.holder?.name ?? null,
  row.clockTitle,
  row.dueOn,
  row.provisional ? '暂定' : null,
  row.breached ? '曾超期' : null,
  instant(row.openedAt),
  instant(row.closedAt),
];

/** Every row of the filter, up to `most`. */
export async function caseSheet(
  deps: CasesDeps,
  filter: ListFilter,
  order: CaseOrder,
  most: number = MOST_EXPORTED,
): Promise<Buffer> {
  const rows: (readonly (string | null)[])[] = [];
  let after: CaseCursor | undefined;
  do {
    const page = await listRows(deps, filter, { order, limit: Math.min(PAGE, most - rows.length), after });
    rows.push(...page.rows.map(cells));
    after = page.next ?? undefined;
  } while (after !== undefined && rows.length < most);
  const stopped = after !== undefined;
  return writeXlsx([
    {
      name: '案件',
      columns: COLUMNS,
      rows: stopped
        ? [
            ...rows,
            [`只导出了前 ${String(most)} 件,后面还有;请缩小筛选范围后再导出。`, ...COLUMNS.slice(1).map(() => null)],
          ]
        : rows,
    },
  ]);
}
