/** The one sentence of the page, made of its facts: what lacks, where most of it lies, what is due and over. */
import type { Schemas } from '../../api/client.ts';

type Overview = Schemas['Overview'];

export function headline({ rates, units, today, overdue, waiting }: Overview): string {
  const lacking = (['binding', 'pledge', 'completion'] as const).filter((name) => rates[name].missing > 0);
  const gap = lacking.reduce((sum, name) => sum + rates[name].missing, 0);
  const first =
    lacking.length === 0
      ? '三率都是 100%。'
      : `${lacking.length === 3 ? '三率都' : `三率有 ${lacking.length} 率`}未满 100%，缺口 ${gap} 项。`;
  const worst = units.filter((unit) => unit.overdue > 0).slice(0, 2);
  const share = worst.reduce((sum, unit) => sum + unit.overdue, 0);
  const where =
    overdue > 0 && worst.length > 0 && share * 2 >= overdue
      ? `，一半以上在${worst.map(({ name }) => name).join('、')}`
      : '';
  const second =
    overdue === 0 && today === 0 ? '今天没有到期和超期的事' : `今日 ${today} 件到期，${overdue} 件已超期${where}`;
  return `${first}${second}${waiting > 0 ? `，有 ${waiting} 件等您办` : ''}。`;
}
