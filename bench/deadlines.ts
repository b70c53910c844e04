/** How many deadlines are computed a second, alone and with their reasons? Pure counting; no database. */
import { dueOf, explain, type Clock } from '../domain/kernel/clock.ts';
import type { Rule } from '../domain/kernel/rule.ts';
import { startOfDay } from '../domain/kernel/civil-day.ts';
import type { InForce } from '../cases/office.ts';
import { dayAfter } from './district.ts';
import { measure, timed, type Figure, type Named } from './measure.ts';

const clockOf = (rule: Rule, startedOn: string): Clock => ({
  id: 'bench',
  rule: rule.id,
  startedAt: startOfDay(startedOn) + 36_000_000,
  stops: [],
  extensions: [],
});

/** Rules with a budget, each from every day of the year before `today`. */
export async function measureDeadlines({ rules, calendar }: InForce, today: string): Promise<readonly Figure[]> {
  const budgeted = rules.rules.filter(({ budget }) => budget !== null);
  const days = Array.from({ length: 365 }, (_, back) => dayAfter(today, -1 - back));
  const counted = (named: Named, every: number, compute: (clock: Clock, rule: Rule) => unknown): Promise<Figure> => {
    const chosen = days.filter((_, index) => index % every === 0);
    const work = (): number => {
      for (const day of chosen) for (const rule of budgeted) compute(clockOf(rule, day), rule);
      return chosen.length * budgeted.length;
    };
    return measure(named, async () => {
      const { result, seconds } = await timed(work);
      return { count: result, seconds };
    });
  };
  return [
    await counted(
      { id: 'deadlines', title: '计算期限', unit: '个期限', how: '全部有期限的规则,过去一年每天起算' },
      1,
      (clock, rule) => dueOf(clock, rule, calendar),
    ),
    await counted(
      {
        id: 'deadlines-explained',
        title: '计算期限并说明',
        unit: '个期限',
        how: '逐日列出计与不计的理由;每月起算一次',
      },
      30,
      (clock, rule) => explain(clock, rule, calendar),
    ),
  ];
}
