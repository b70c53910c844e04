/** What day it is in the office: the console shows this instead of asking the machine it runs on. */
import { z } from 'zod';
import { readClock } from '../../cases/deps.ts';
import { endOfDay, localDate, startOfDay, type WorkCalendar } from '../../domain/kernel/calendar.ts';
import { quarterOf } from '../../domain/supervision/cycle-request.ts';
import type { ApiDeps } from '../deps.ts';
import { acting, type Operation } from '../operation.ts';

const TodayShape = z
  .strictObject({
    now: z.int(),
    on: z.string(),
    kind: z.string().meta({ description: '工作日、休息日、放假或者调休上班' }),
    quarter: z.strictObject({ key: z.string(), passed: z.int(), days: z.int() }).nullable(),
  })
  .meta({ id: 'Today' });

function kindOf(calendar: WorkCalendar, on: string): string {
  if (calendar.isMakeUpWorkday(on)) return '调休上班';
  if (calendar.isHoliday(on)) return `${calendar.nameOf(on) ?? '节日'}放假`;
  return calendar.isWorkday(on) ? '工作日' : '休息日';
}

/** Working days of the day's quarter, and how many have begun. */
function quarterAt(calendar: WorkCalendar, on: string) {
  const key = quarterOf(on);
  const nth = Number(key.slice(-1));
  const year = key.slice(0, 4);
  const month = (value: number) => String(value).padStart(2, '0');
  const before = localDate(startOfDay(`${year}-${month(nth * 3 - 2)}-01`) - 1);
  const next = nth === 4 ? `${String(Number(year) + 1)}-01-01` : `${year}-${month(nth * 3 + 1)}-01`;
  const last = localDate(startOfDay(next) - 1);
  return {
    key,
    passed: calendar.workingDaysBetween(before, localDate(endOfDay(on) - 1)),
    days: calendar.workingDaysBetween(before, last),
  };
}

export const todayOperations = ({ cases }: ApiDeps): Operation[] => [
  acting({
    method: 'get',
    path: '/api/today',
    right: 'signed-in',
    tag: '系统',
    summary: '今天:此刻、是否工作日、本季第几个工作日',
    answers: [{ status: 200, description: '今天', json: TodayShape }],
    handle: async () => {
      const client = await cases.pool.connect();
      try {
        const now = await readClock(cases, client);
        const { calendar } = await cases.office.inForce(client);
        const on = localDate(now);
        return { json: { now, on, kind: kindOf(calendar, on), quarter: quarterAt(calendar, on) } };
      } finally {
        client.release();
      }
    },
  }),
];
