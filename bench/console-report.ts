/** The figures of the console's reads, for a terminal and for docs/OPERATIONS.md. Chinese; measures nothing. */
import type pg from 'pg';
import type { Machine } from './machine.ts';
import { short } from './report.ts';

export interface ReadFigure {
  readonly path: string;
  readonly what: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** `p50` over that of `/health/live`, which asks no database, in the same run. */
  readonly ratio: number;
  readonly withinMs: number;
}

export interface Sizes {
  readonly subjects: number;
  readonly cases: number;
  readonly entries: number;
  readonly notices: number;
}

export interface ConsoleReport {
  readonly on: string;
  readonly build: string;
  readonly users: number;
  readonly requests: number;
  readonly sizes: Sizes;
  readonly machine: Machine;
  readonly figures: readonly ReadFigure[];
}

export async function sizesOf(pool: pg.Pool): Promise<Sizes> {
  const { rows } = await pool.query<Sizes>(
    `SELECT (SELECT count(*)::int FROM subjects) AS subjects, (SELECT count(*)::int FROM cases) AS cases,
            (SELECT count(*)::int FROM entries) AS entries, (SELECT count(*)::int FROM notices) AS notices`,
  );
  return rows[0] ?? { subjects: 0, cases: 0, entries: 0, notices: 0 };
}

function conditions({ on, build, users, requests, sizes, machine }: ConsoleReport): readonly string[] {
  const { cores, memoryGiB, loadBefore, platform, node, postgres } = machine;
  const load = loadBefore > cores / 2 ? `;测前一分钟的负荷已有 ${short(loadBefore)},机器上另有别的工作` : '';
  return [
    `${on},构建 ${build};${String(sizes.subjects)} 个主体、${String(sizes.cases)} 个案件、${String(sizes.entries)} 条流水、${String(sizes.notices)} 条通知。`,
    `${String(cores)} 核、${String(memoryGiB)} GiB 内存(${platform}),Node ${node},PostgreSQL ${postgres};数据库、接口(一个进程)与测量都在这一台上${load}。`,
    `${String(users)} 人同时,各问 ${String(requests)} 次,一答完即再问;毫秒。比值:中位比 /health/live 的中位。`,
  ];
}

const HEAD = ['读取', '中位', 'p95', '最大', '比值'] as const;

const cells = ({ path, what, p50, p95, max, ratio, withinMs }: ReadFigure): readonly string[] => [
  what === '' ? path : `${path} ${what}`,
  p50.toFixed(0),
  p95 > withinMs ? `${p95.toFixed(0)} ✗ ${String(withinMs)}` : p95.toFixed(0),
  max.toFixed(0),
  short(ratio),
];

/** A block for docs/OPERATIONS.md, its marks included. */
export function consoleAsMarkdown(report: ConsoleReport): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [
    '<!-- bench-console:start -->',
    ...conditions(report).flatMap((sentence) => [sentence, '']),
    line(HEAD),
    line(HEAD.map((_, nth) => (nth === 0 ? '---' : '--:'))),
    ...report.figures.map((figure) => line(cells(figure))),
    '<!-- bench-console:end -->',
    '',
  ].join('\n');
}

/** Slowest first. */
export function consoleAsTable(report: ConsoleReport): string {
  const slowest = [...report.figures].sort((a, b) => b.p95 / b.withinMs - a.p95 / a.withinMs);
  const row = ([name = '', ...numbers]: readonly string[]): string =>
    `${numbers.map((one) => one.padStart(10)).join(' ')}  ${name}`;
  return [...conditions(report), '', row(HEAD), ...slowest.map((figure) => row(cells(figure))), ''].join('\n');
}
