/** The calendars and the smallest rule and clock that deadline tests count with. */
import { loadOfficeData } from '../../../cases/office-data.ts';
import { compileCalendar, type CalendarData } from '../../../domain/kernel/calendar.ts';
import type { Clock } from '../../../domain/kernel/clock.ts';
import type { Rule } from '../../../domain/kernel/rule.ts';

export const office = loadOfficeData();

export function calendarData(version: string): CalendarData {
  const found = office.calendars.find((calendar) => calendar.version === version);
  if (found === undefined) throw new Error(`no calendar ${version}`);
  return found;
}

export const calendar2026 = compileCalendar(calendarData('cn-2026'), 'test');

export const ruleOf = (over: Partial<Rule> = {}): Rule => ({
  id: 'T-01',
  version: 'TEST',
  title: '测试时限',
  basis: 'TEST §1',
  mark: 'V',
  inForceFrom: '2019-01-01',
  budget: { unit: 'WD', amount: 7 },
  regime: 'O121',
  starts: '收到',
  actor: '承办人',
  missed: '逾期',
  record: '登记表',
  stops: ['testing'],
  ladder: 'statutory',
  ...over,
});

export const clockFrom = (startedAt: number, over: Partial<Clock> = {}): Clock => ({
  id: 'clock',
  rule: 'T-01',
  startedAt,
  stops: [],
  extensions: [],
  ...over,
});

/** The district's policy values of this build. */
export const policyValues = office.policies.at(-1)?.values ?? {};
