/** How a unit of a limit reads after a number. */
import type { BudgetUnit } from '../kernel/clock.ts';

export const LIMIT_UNITS: Readonly<Record<BudgetUnit, string>> = {
  h: '小时',
  WD: '个工作日',
  CD: '日',
  month: '个月',
  year: '年',
};
