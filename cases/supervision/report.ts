/** A cycle's report as a workbook: the rates, unit by unit, what is missing by name, and every round. */
import type pg from 'pg';
import { localIso } from '../../domain/kernel/calendar.ts';
import type { Reach } from '../../domain/rights/table.ts';
import type { Rate } from '../../domain/supervision/rates.ts';
import type { CasesDeps } from '../deps.ts';
import { writeXlsx, type Table, type TableColumn } from '../register/sheets/write-xlsx.ts';
import { cycleKeyOf } from './confirm.ts';
import { visibleCases } from '../visible.ts';
import { cycleFigures, type CycleFigures } from './figures.ts';

const TITLES = {
  binding: '包保关系建立率',
  pledge: '承诺书签订率',
  completion: '督导完成率',
  coverage: '本期督导覆盖率',
} as const;
type Name = keyof typeof TITLES;
const NAMES = Object.keys(TITLES) as Name[];

const column = (header: string, width: number): TableColumn => ({ header, required: false, date: false, width });

/** `100.00 %`, or what an office says where nothing was due. */
export function percent({ numerator, denominator }: Pick<Rate, 'numerator' | 'denominator'>): string {
  if (denominator.length === 0) return '无应计';
  // Cut, not rounded: 99.996 % is not 100 %.
  return `${(Math.floor((numerator.length / denominator.length) * 10_000) / 100).toFixed(2)} %`;
}

/** Of the part that `reach` goes to, or the whole (the command line, on the server). */
export async function cycleReport(deps: CasesDeps, caseId: string, reach?: Reach): Promise<Buffer> {
  const figures = await cycleFigures(deps, caseId, reach);
  const names = await readNames(deps.pool);
  return writeXlsx([
    overview(figures),
    byUnit(figures, names),
    missing(figures, names),
    await rounds(deps.pool, caseId, reach),
  ]);
}

function overview({ caseId, frozenAt, state, total }: CycleFigures): Table {
  const heading: (string | null)[][] = [
    ['周期', state.title, null, null],
    ['编号', caseId, null, null],
    ['期间', `${state.period.fromOn} 至 ${state.period.toOn}`, null, null],
    ['数据', frozenAt === null ? '未冻结:周期尚在进行' : `已冻结于 ${localIso(frozenAt)}`, null, null],
  ];
  const rows = NAMES.map((name) => {
    const { numerator, denominator } = total[name];
    return [TITLES[name], percent(total[name]), String(numerator.length), String(denominator.length)];
  });
  return {
    name: '总览',
    columns: [column('项目', 22), column('数值', 44), column('分子', 12), column('分母', 12)],
    rows: [...heading, ...rows],
  };
}

function byUnit({ units }: CycleFigures, names: Names): Table {
  const columns = [column('单位', 24), ...NAMES.flatMap((name) => [column(TITLES[name], 18), column('缺', 8)])];
  const rows = units.map(({ unit, rates }) => [
    names.get(unit) ?? unit,
    ...NAMES.flatMap((name) => [percent(rates[name]), String(rates[name].missing.length)]),
  ]);
  return { name: '分单位', columns, rows };
}

function missing({ total }: CycleFigures, names: Names): Table {
  const rows = NAMES.filter((name) => name !== 'coverage').flatMap((name) =>
    total[name].missing.map((ref) => {
      const parts = ref.split('/').filter((part) => names.has(part));
      return [TITLES[name], parts.map((part) => names.get(part) ?? part).join(' · '), ref];
    }),
  );
  return { name: '未达标明细', columns: [column('指标', 22), column('对象', 60), column('编号', 60)], rows };
}

const STAGES: Readonly<Record<string, string>> = { true: '有超期', false: '' };

async function rounds(pool: pg.Pool, caseId: string, reach: Reach | undefined): Promise<Table> {
  const visible = reach === undefined ? { sql: 'true', values: [] } : visibleCases(reach, 2);
  const { rows } = await pool.query<{
    id: string;
    unit: string | null;
    post: string | null;
    person: string | null;
    due_on: string | null;
    closed_as: string | null;
    stage: string;
    breached: boolean;
    figures: Readonly<Record<string, number>>;
  }>(
    `SELECT c.id, u.name AS unit, p.title AS post, h.name AS person, c.state->>'dueOn' AS due_on, c.closed_as, c.stage, c.breached, c.figures
       FROM cases c LEFT JOIN units u ON u.id = c.unit_id LEFT JOIN posts p ON p.id = c.state->>'post'
            LEFT JOIN persons h ON h.id = c.state->>'person'
      WHERE c.kind = 'round' AND c.cycle_id = $1 AND ${visible.sql} ORDER BY u.path, c.id`,
    [cycleKeyOf(caseId), ...visible.values],
  );
  const columns = [
    column('单位', 24),
    column('岗位', 24),
    column('包保干部', 16),
    column('期限', 14),
    column('状态', 16),
    column('超期', 10),
    column('编号', 48),
  ];
  return {
    name: '督导轮次',
    columns,
    rows: rows.map((row) => [
      row.unit,
      row.post,
      row.person,
      row.due_on,
      row.closed_as ?? row.stage,
      STAGES[String(row.breached)] ?? '',
      row.id,
    ]),
  };
}

type Names = ReadonlyMap<string, string>;

/** Units, subjects, posts and persons by id: what refs in figures are made of. */
async function readNames(pool: pg.Pool): Promise<Names> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `SELECT id, name FROM units UNION ALL SELECT id, name FROM subjects UNION ALL SELECT id, title FROM posts UNION ALL SELECT id, name FROM persons`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
