/** Why is it due on that day, in one or two sentences. The full count, day by day, stands in the case. Knows no case. */
import type { WorkCalendar } from '../kernel/calendar.ts';
import { explain, type Clock, type Explanation } from '../kernel/clock.ts';
import type { BudgetUnit } from '../kernel/clock.ts';
import type { Budget, Rule } from '../kernel/rule.ts';
import { dayWords } from './date-words.ts';

const UNITS: Readonly<Record<BudgetUnit, string>> = { h: '小时', WD: '个工作日', CD: '日', month: '个月', year: '年' };

const budgetWords = ({ amount, unit }: Budget): string => `${amount} ${UNITS[unit]}`;

/**
 * Rule, source and count: `规则 BB-02(区政策,非法律:…):自 11月10日 周二 次日起计 7 个工作日;…`. Law is named by its article,
 * everything else as district policy (rules.md §0).
 */
export function dueReason(clock: Clock, rule: Rule, calendar: WorkCalendar, now: number): string {
  const explanation = explain(clock, rule, calendar);
  const source = rule.mark === 'V' ? rule.basis : `区政策,非法律;参照 ${rule.basis}`;
  return [
    `规则 ${rule.id} ${rule.title}(${source})`,
    countWords(explanation, now),
    ...exceptions(explanation, now),
  ].join(';');
}

function countWords({ startedOn, stages, fixedOn, days }: Explanation, now: number): string {
  const from = dayWords(startedOn, now);
  const amounts = stages.map(budgetWords).join('加 ');
  if (fixedOn !== undefined) {
    const set = `自 ${from} 起,末日定为 ${dayWords(fixedOn, now)}`;
    return amounts === '' ? set : `${set},延长 ${amounts}`;
  }
  if (stages.every(({ unit }) => unit === 'h')) return `自 ${from} 起连续计 ${amounts},夜间和节假日照算`;
  const off = stages.some(({ unit }) => unit === 'WD') ? days.filter(({ counted }) => !counted).length - 1 : 0;
  return `自 ${from} 次日起计 ${amounts}${off > 0 ? `,其间 ${off} 天不计` : ''}`;
}

function exceptions({ stops, moved, due }: Explanation, now: number): string[] {
  const said: string[] = [];
  const counted = stops.filter((stop) => stop.counts);
  if (counted.length > 0)
    said.push(`停表 ${counted.length} 次(${[...new Set(counted.map(({ title }) => title))].join('、')})`);
  if (moved.strict !== null)
    said.push(`末日遇放假,依 ${moved.strict.article} 顺延至 ${dayWords(moved.strict.to, now)}`);
  else if (due !== null && due.dueOnLenient !== due.dueOn)
    said.push(`按较宽算法为 ${dayWords(due.dueOnLenient, now)},以较早的一日为准`);
  return said;
}
