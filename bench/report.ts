/** The figures as one table, for a terminal, for docs/OPERATIONS.md and for a program. Chinese; measures nothing. */
import type { Machine } from './machine.ts';
import type { Figure, Ratio, Spread } from './measure.ts';

export interface Report {
  readonly on: string;
  readonly build: string;
  readonly scale: number;
  readonly subjects: number;
  readonly cadres: number;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
  readonly ratios: readonly Ratio[];
  /** Of the measurements, set-up apart. */
  readonly tookSeconds: number;
}

/** Three significant digits, never an exponent. */
export function short(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

const spread = ({ min, median, max }: Spread): string => `${short(median)}(${short(min)} – ${short(max)})`;

const HEAD = ['测量', '每次', '秒/次', '每秒', '怎样测'] as const;

const cells = ({ title, count, unit, seconds, aSecond, how }: Figure): readonly string[] => [
  title,
  `${count} ${unit}`,
  spread(seconds),
  spread(aSecond),
  how,
];

function conditions({ on, build, scale, subjects, cadres, machine, tookSeconds }: Report): readonly string[] {
  const { cores, memoryGiB, loadBefore, platform, node, postgres, durable } = machine;
  const settings = Object.entries(durable).map(([name, setting]) => `${name}=${setting}`);
  const load = loadBefore > cores / 2 ? `,测前一分钟的负荷已有 ${short(loadBefore)}:机器上另有别的工作` : '';
  return [
    `${on},构建 ${build};示例辖区的 ${short(scale * 100)}%:${subjects} 个主体、${cadres} 名包保干部。`,
    `${cores} 核、${memoryGiB} GiB 内存(${platform}),Node ${node},PostgreSQL ${postgres}(${settings.join('、')});数据库、Temporal、接口与测量都在这一台上${load}。`,
    `先预热一次,再测三次,写作“中位(最小 – 最大)”;测量共 ${short(tookSeconds)} 秒。不同机器上的绝对值不能相比,比值可以。`,
  ];
}

const ratioLine = ({ title, ratio }: Ratio): string => `${title} = ${spread(ratio)}`;

/** A block for docs/OPERATIONS.md, its marks included. */
export function asMarkdown(report: Report): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [
    '<!-- bench:start -->',
    ...conditions(report).flatMap((sentence) => [sentence, '']),
    line(HEAD),
    line(HEAD.map((_, at) => (at === 0 || at === HEAD.length - 1 ? '---' : '--:'))),
    ...report.figures.map((figure) => line(cells(figure))),
    '',
    ...report.ratios.map((ratio) => `**${ratioLine(ratio)}**`),
    '<!-- bench:end -->',
    '',
  ].join('\n');
}

/** Chinese characters and full-width marks take two columns of a terminal. */
const widthOf = (text: string): number => [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);

export function asTable(report: Report): string {
  const rows = [HEAD.slice(0, 4), ...report.figures.map((figure) => cells(figure).slice(0, 4))];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ''))));
  const padded = (text: string, at: number): string => text + ' '.repeat((widths[at] ?? 0) - widthOf(text));
  return [
    ...conditions(report),
    '',
    ...rows.map((row) => row.map(padded).join('  ').trimEnd()),
    '',
    ...report.ratios.map(ratioLine),
    '',
  ].join('\n');
}

export const asJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
