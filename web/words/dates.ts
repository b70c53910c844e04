/** How dates, instants and what is left of a limit read. Takes what the API counted; counts nothing but weekdays. */
import type { Schemas } from '../api/client.ts';

export type Standing = Schemas['Standing'];

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** The office's own calendar day and clock, wherever this machine stands. */
const office = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `2026-11-24` and `10:20` of an instant in epoch milliseconds. */
export function dayAndTime(at: number): { readonly on: string; readonly time: string } {
  const [on = '', time = ''] = office.format(at).split(' ');
  return { on, time };
}

/** `周二`. */
export const weekdayOf = (on: string): string => WEEKDAYS[new Date(`${on}T00:00:00Z`).getUTCDay()] ?? '';

const monthAndDay = (on: string): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`;

let thisYear = new Date().getUTCFullYear();

/** The office's year, from the API's clock; dates of other years are told with theirs. */
export const setToday = (on: string): void => {
  thisYear = Number(on.slice(0, 4));
};

/** `11月24日 周二`; with the year where it is another one. */
export function dayWords(on: string): string {
  const year = Number(on.slice(0, 4));
  return `${year === thisYear ? '' : `${year}年`}${monthAndDay(on)} ${weekdayOf(on)}`;
}

/** `11-24`, for narrow tables only; with the year where it is another one. */
export const shortDay = (on: string): string => (Number(on.slice(0, 4)) === thisYear ? on.slice(5) : on);

/** `11月24日 周二 10:20`. */
export function instantWords(at: number): string {
  const { on, time } = dayAndTime(at);
  return `${dayWords(on)} ${time}`;
}

/** `11-24 10:20`. */
export function shortInstant(at: number): string {
  const { on, time } = dayAndTime(at);
  return `${shortDay(on)} ${time}`;
}

type Amount = NonNullable<Standing['left']>;

/** `3 个工作日`, `12 天`, `5 小时 20 分`, `40 分`. */
export function amountWords({ unit, amount }: Amount): string {
  if (unit === 'WD') return `${amount} 个工作日`;
  if (unit === 'CD') return `${amount} 天`;
  const minutes = Math.max(0, Math.floor(amount * 60));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} 分`;
  return minutes % 60 === 0 || hours >= 24 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`;
}

/** What is left or over, in the words of the office. */
export function standingWords({ status, left, over, lastDay, dueAt }: Standing): string {
  if (status === 'ended') return over === null ? '按期办结' : `超期 ${overWords(over)}后办结`;
  if (over !== null) return `已超期 ${overWords(over)}`;
  if (status === 'stopped') return left === null ? '停表' : `停表 · 剩 ${amountWords(left)}`;
  if (left === null) return '';
  if (left.unit === 'h') return `剩 ${amountWords(left)}`;
  if (lastDay && dueAt !== null) return `今日 ${endWords(dueAt)} 到期`;
  return `剩 ${amountWords(left)}`;
}

/** Over on days off only: the limit is past, though no working day is. */
const overWords = (over: Amount): string =>
  over.unit === 'WD' && over.amount === 0 ? '不足 1 个工作日' : amountWords(over);

/** 24:00 of the last day, never 0:00 of the next. */
export function endWords(dueAt: number): string {
  const { time } = dayAndTime(dueAt);
  return time === '00:00' ? '24:00' : time;
}

/** `11月24日 周二`, `暂定 2027年2月16日 周二`, `12月6日 周日 · 两种算法`. */
export function dueWords({ dueOn, dueOnLenient, provisional }: Standing): string {
  if (dueOn === null) return '停表中，末日未定';
  const day = dayWords(dueOn);
  return `${provisional ? '暂定 ' : ''}${day}${dueOnLenient === null ? '' : ' · 两种算法'}`;
}

/** Whether a limit is law; otherwise it is shown as the district's rule. */
export const isLaw = ({ mark }: { readonly mark: string }): boolean => mark === 'V';
