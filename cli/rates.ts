/** `zhaodan rates`: the three rates this minute, and what is missing, down to the ids. */
import { Command, Option } from 'commander';
import { liveRates } from '../cases/supervision/figures.ts';
import { percent } from '../cases/supervision/report.ts';
import type { RatesByUnit } from '../cases/supervision/rates.ts';
import { SUBJECT_CLASSES } from '../domain/register/register.ts';
import { RATE_WORDS } from '../domain/words/cycle-said.ts';
import { action, type Call, type Context } from './context.ts';
import { wholeNumber } from './input.ts';
import { CliProblem } from './problem.ts';
import { table } from './table.ts';

export const RATES = ['binding', 'pledge', 'completion', 'coverage'] as const;

interface Options {
  readonly unit?: string;
  readonly class?: string;
  readonly missing?: true;
  readonly limit: number;
}

export function ratesCommand(context: Context): Command {
  return new Command('rates')
    .description('此刻的建立率、签订率、完成率(及覆盖率);--missing 列出缺口')
    .option('--unit <unit>', '单位及其下级')
    .addOption(new Option('--class <class>', '包保层级').choices(SUBJECT_CLASSES))
    .option('--missing', '列出未达标的每一个编号')
    .option('--limit <n>', '每项至多列多少个缺口,1 到 10000', wholeNumber(1, 10_000), 50)
    .action(action(context, rates));
}

async function rates(call: Call, { unit, class: subjectClass, missing, limit }: Options): Promise<void> {
  if (unit !== undefined) await mustBeUnit(call, unit);
  const counted = await liveRates(call.cases, {
    ...(unit === undefined ? {} : { unit }),
    ...(subjectClass === undefined ? {} : { class: subjectClass }),
  });
  const names = await unitNames(call, counted);
  call.answer(ratesJson(counted), () => ratesText(counted, names, missing === true ? limit : 0));
}

async function mustBeUnit({ cases }: Call, unit: string): Promise<void> {
  const { rowCount } = await cases.pool.query('SELECT 1 FROM units WHERE id = $1', [unit]);
  if (rowCount === 0) throw new CliProblem('unit-unknown', `名册中没有单位 ${unit}`);
}

export async function unitNames({ cases }: Call, { units }: RatesByUnit): Promise<ReadonlyMap<string, string>> {
  const ids = units.map(({ unit }) => unit);
  const { rows } = await cases.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM units WHERE id = ANY($1)',
    [ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export const ratesJson = ({ total, units }: RatesByUnit) => ({
  total,
  units: units.map(({ unit, rates: of }) => ({
    unit,
    ...Object.fromEntries(
      RATES.map((name) => [name, { numerator: of[name].numerator.length, denominator: of[name].denominator.length }]),
    ),
  })),
});

/** Totals, units, and up to `listed` missing ids a rate. */
export function ratesText({ total, units }: RatesByUnit, names: ReadonlyMap<string, string>, listed: number): string {
  const cell = (rate: RatesByUnit['total']['binding']): string =>
    `${percent(rate)}(${String(rate.numerator.length)}/${String(rate.denominator.length)})`;
  const rows = [
    ['合计', ...RATES.map((name) => cell(total[name]))],
    ...units.map(({ unit, rates: of }) => [names.get(unit) ?? unit, ...RATES.map((name) => cell(of[name]))]),
  ];
  const gaps = RATES.flatMap((name) => {
    const { missing } = total[name];
    if (listed === 0 || missing.length === 0) return [];
    const more = missing.length > listed ? [`  ……另有 ${String(missing.length - listed)} 个,可用 --limit`] : [];
    return [
      `${RATE_WORDS[name]}缺 ${String(missing.length)} 个:`,
      ...missing.slice(0, listed).map((id) => `  ${id}`),
      ...more,
    ];
  });
  return [table(['单位', ...RATES.map((name) => RATE_WORDS[name])], rows), ...gaps].join('\n');
}
