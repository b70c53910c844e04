/** What the office's clocks did, in Chinese: a limit counted, a rung reached or passed over, a breach taken back. */
import type { ArmingCause, KernelEvent } from '../kernel/alarms.ts';
import { localIso } from '../kernel/civil-day.ts';
import type { Rung, RungAddressee } from '../kernel/ladder.ts';
import { ROLE_TITLES } from '../notices/role-titles.ts';

/** `2026-11-24 10:05:00`, local time. */
export const instantText = (at: number): string => localIso(at).slice(0, 19).replace('T', ' ');

/** Where a rung stands: 到期前 5 个工作日. */
export function rungTitle({ place }: Rung): string {
  if ('share' in place) return `时限过 ${Math.round(place.share * 100)}%`;
  if ('workingDaysBefore' in place) return `到期前 ${place.workingDaysBefore} 个工作日`;
  if ('workingDaysAfter' in place) return `超期满 ${place.workingDaysAfter} 个工作日`;
  return '到期';
}

const addressee = (to: RungAddressee): string =>
  to === 'holder' ? '承办岗位' : to === 'superior' ? '其上级' : ROLE_TITLES[to.role];

/** What a sentence about clocks needs from outside. */
export interface ClockWords {
  clock(id: string): string;
  /** The rung as its ladder had it then; undefined where the ladder cannot be found. */
  rung(clock: string, rung: string): Rung | undefined;
  /** Title of a ladder by content hash. */
  ladder(hash: string, name: string): string;
  /** The calendar's version the entry counted by. */
  readonly calendar: string;
}

const MOVED: Readonly<Record<Exclude<ArmingCause, 'started'>, string>> = {
  restarted: '重新起算',
  extended: '延期',
  resumed: '恢复计算',
  'ladder-changed': '改用另一阶梯',
  'date-moved': '日历有变',
};

type Armed = Extract<KernelEvent, { type: 'clock-armed' }>;

function armed(event: Armed, words: ClockWords): string {
  const { clock, cause, rule, version, ladder, ladderHash, dueOn, provisional, before, overtaken } = event;
  const due = `${dueOn}${provisional ? '(暂定)' : ''}`;
  const titles = overtaken.map((id) => titleOf(words, clock, id));
  const passed = titles.length === 0 ? '' : `;已过的不再发出:${titles.join('、')}`;
  const by = `规则 ${rule} 版本 ${version},日历 ${words.calendar},阶梯「${words.ladder(ladderHash, ladder)}」`;
  if (cause === 'started' || before === undefined)
    return `${words.clock(clock)}开始计算:最后一日 ${due}(${by})${passed}`;
  const moved = before.dueOn === dueOn ? `最后一日仍为 ${due}` : `最后一日由 ${before.dueOn} 改为 ${due}`;
  return `${words.clock(clock)}${MOVED[cause]}:${moved}(${by})${passed}`;
}

const titleOf = (words: ClockWords, clock: string, id: string): string => {
  const rung = words.rung(clock, id);
  return rung === undefined ? id : rungTitle(rung);
};

/** One sentence a kernel event. */
export function kernelSaid(event: KernelEvent, words: ClockWords): string {
  switch (event.type) {
    case 'clock-armed':
      return armed(event, words);
    case 'rung-fired': {
      const rung = words.rung(event.clock, event.rung);
      const tells = rung === undefined || rung.to.length === 0 ? '' : `,告知${rung.to.map(addressee).join('、')}`;
      const paper = rung?.document === undefined ? '' : `,拟发《${rung.document}》`;
      const when = `应于 ${instantText(event.reachedAt)},实于 ${instantText(event.at)}`;
      return `${words.clock(event.clock)}${titleOf(words, event.clock, event.rung)}(${when})${tells}${paper}`;
    }
    case 'rung-overtaken':
      return `${words.clock(event.clock)}${titleOf(words, event.clock, event.rung)}的提醒(应于 ${instantText(event.reachedAt)})不再发出:更晚的一级已到`;
    case 'breach-annulled':
      return `${words.clock(event.clock)}的超期认定不成立:按日历 ${event.calendar},最后一日为 ${event.dueOn}`;
  }
}
