/** From what a supervisor asks for to the cycle's key, period and title. Knows no register. */
import { isCivilDate } from '../kernel/civil-day.ts';
import { refused, type Refusal } from '../kernel/process.ts';
import type { CyclePeriod, CycleScope } from './cycle-messages.ts';

/** `quarter`: `2026-Q4`. An ad-hoc cycle names its own period, and what narrows it. */
export interface CycleRequest {
  readonly kind: CycleScope['kind'];
  readonly quarter?: string;
  /** Short name of an ad-hoc period, e.g. `national-day`; lower-case letters, digits and hyphens. */
  readonly name?: string;
  readonly fromOn?: string;
  readonly toOn?: string;
  readonly unit?: string;
  readonly class?: string;
  /** Chinese; made from the rest where absent. */
  readonly title?: string;
}

export interface RequestedCycle {
  readonly key: string;
  readonly title: string;
  readonly period: CyclePeriod;
  readonly scope: CycleScope;
}

const QUARTER = /^(\d{4})-Q([1-4])$/;
const SLUG = /^[a-z0-9][a-z0-9-]{0,39}$/;
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'] as const;
const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'] as const;

/** The first and last day of a quarter; `null` for what is no quarter. */
export function quarterPeriod(quarter: string): CyclePeriod | null {
  const [, year, number] = QUARTER.exec(quarter) ?? [];
  const [first, last] = [FIRST_DAYS[Number(number) - 1], LAST_DAYS[Number(number) - 1]];
  if (year === undefined || first === undefined || last === undefined) return null;
  return { name: quarter, fromOn: `${year}-${first}`, toOn: `${year}-${last}` };
}

/** The quarter a day lies in, e.g. `2026-Q4`. */
export const quarterOf = (on: string): string => `${on.slice(0, 4)}-Q${String(Math.ceil(Number(on.slice(5, 7)) / 3))}`;

/** The quarter after one, e.g. `2027-Q1` after `2026-Q4`. */
export function quarterAfter(quarter: string): string {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return number === 4 ? `${String(year + 1)}-Q1` : `${String(year)}-Q${String(number + 1)}`;
}

/** Refuses `bad-period` and `bad-cycle-name`. An ad-hoc cycle's key stands under the quarter in which it begins. */
export function requestedCycle(request: CycleRequest): RequestedCycle | { readonly refused: Refusal } {
  const { kind, unit, class: subjectClass } = request;
  const scope = {
    kind,
    ...(unit === undefined ? {} : { unit }),
    ...(subjectClass === undefined ? {} : { class: subjectClass }),
  };
  if (kind === 'quarter') {
    const period = quarterPeriod(request.quarter ?? '');
    if (period === null || unit !== undefined || subjectClass !== undefined) return refused('bad-period');
    return { key: period.name, title: request.title ?? quarterTitle(period.name), period, scope };
  }
  const { fromOn = '', toOn = '', name = '' } = request;
  if (!isCivilDate(fromOn) || !isCivilDate(toOn) || fromOn > toOn) return refused('bad-period');
  if (!SLUG.test(name)) return refused('bad-cycle-name');
  if (kind === 'unit' && unit === undefined) return refused('scope-incomplete');
  if (kind === 'class' && subjectClass === undefined) return refused('scope-incomplete');
  const period = { name, fromOn, toOn };
  return {
    key: `${quarterOf(fromOn)}/${name}`,
    title: request.title ?? `专项督导(${fromOn} 至 ${toOn})`,
    period,
    scope,
  };
}

const quarterTitle = (quarter: string): string => `${quarter.slice(0, 4)} 年第 ${quarter.slice(6)} 季度包保督导`;
