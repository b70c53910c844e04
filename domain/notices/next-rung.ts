/** What happens next if nothing is done: the next rung of the clock's ladder, when, and whom it tells. Knows no case. */
import { localDate, type WorkCalendar } from '../kernel/calendar.ts';
import { rungInstants, type Ladder, type Rung, type RungAddressee } from '../kernel/ladder.ts';
import { dayWords } from './date-words.ts';
import { ROLE_TITLES } from './role-titles.ts';

export interface Standing {
  readonly startedAt: number;
  readonly due: { readonly dueAt: number; readonly dueOn: string };
  /** Rungs of the running arming that fired or were passed over. */
  readonly settled: ReadonlySet<string>;
  readonly readerIsHolder: boolean;
}

/** One sentence. `sendingStartMs` after local midnight, as the kernel places rungs of whole days. */
export function nextRungWords(
  ladder: Ladder,
  { startedAt, due, settled, readerIsHolder }: Standing,
  env: { readonly calendar: WorkCalendar; readonly sendingStartMs: number; readonly now: number },
): string {
  const placed = rungInstants(ladder, { startedAt, due }, env.calendar, {
    spreadMs: 0,
    sendingStartMs: env.sendingStartMs,
  });
  // A reminder whose instant has passed is passed over; an escalation waits for the next sending day and still comes.
  const next = placed.find(({ rung, at }) => !settled.has(rung.id) && (at > env.now || !isReminder(rung)));
  if (next === undefined) return '此后不再自动提醒;超期记录长期保留,办结后也不消除。';
  const { rung, at } = next;
  const tells = addresseeWords(rung, readerIsHolder);
  if ('due' in rung.place) {
    return `到期仍未完成的,记为超期,长期保留${tells === '' ? '' : `,并通知${tells}`}${paperWords(rung)}。`;
  }
  const on = at > env.now ? localDate(at) : env.calendar.addWorkingDays(localDate(env.now), 1);
  const does = isReminder(rung) ? '再次提醒' : '通知';
  return `${dayWords(on, env.now)} 仍未完成的,将${tells === '' ? '记入案件' : `${does}${tells}`}${paperWords(rung)}。`;
}

const isReminder = ({ place }: Rung): boolean => 'share' in place || 'workingDaysBefore' in place;

const paperWords = ({ document }: Rung): string => (document === undefined ? '' : `,拟发《${document}》`);

function addresseeWords({ to }: Rung, readerIsHolder: boolean): string {
  return [...new Set(to.map((addressee) => addresseeTitle(addressee, readerIsHolder)))].join('、');
}

function addresseeTitle(to: RungAddressee, readerIsHolder: boolean): string {
  if (to === 'holder') return readerIsHolder ? '您' : '承办岗位';
  if (to === 'superior') return readerIsHolder ? '您的上级岗位' : '承办岗位的上级';
  return ROLE_TITLES[to.role];
}
