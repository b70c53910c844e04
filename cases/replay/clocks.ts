/** Every clock of a case at one moment: running, stopped or ended, what it still had, and why its date. */
import { hasBreached, type Armings } from '../../domain/kernel/alarms.ts';
import {
  dueOf,
  explain,
  lawDay,
  remainingOf,
  type Clock,
  type Explanation,
  type Remaining,
} from '../../domain/kernel/clock.ts';
import type { WorkCalendar } from '../../domain/kernel/calendar.ts';
import { remainingWords } from '../../domain/notices/date-words.ts';
import { dueReason } from '../../domain/notices/due-reason.ts';
import type { RulePack } from '../../domain/kernel/rule.ts';
import { rungTitle } from '../../domain/words/kernel-said.ts';
import { LIMIT_UNITS } from '../../domain/words/units.ts';
import type { Library } from './versions.ts';

export interface ReplayClock {
  readonly id: string;
  readonly label: string;
  readonly status: 'running' | 'stopped' | 'ended';
  readonly rule: string;
  readonly version: string;
  readonly basis: string;
  /** By the strict reading; `null` while stopped. */
  readonly dueOn: string | null;
  readonly dueAt: number | null;
  readonly provisional: boolean;
  readonly endedAt: number | null;
  /** What remained then; `null` once ended. Never negative: what had run out says so in `remainingWords`. */
  readonly remaining: Remaining | null;
  /** 剩 5 个工作日, 停表,余 3 个工作日, 已超期 2 天; `null` once ended. */
  readonly remainingWords: string | null;
  /** Whether its due rung had been reached. */
  readonly breached: boolean;
  /** One or two sentences. */
  readonly why: string;
  /** Day by day. */
  readonly explanation: Explanation;
  readonly ladder: { readonly hash: string; readonly name: string; readonly version: string } | null;
  /** Rungs that had fired or were passed over, in Chinese, with their instants. */
  readonly rungs: readonly {
    readonly rung: string;
    readonly title: string;
    readonly how: 'fired' | 'overtaken';
    readonly at: number;
  }[];
}

export interface ClockMoment {
  readonly clocks: readonly Clock[];
  readonly armings: Armings;
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly library: Library;
  readonly labelOf: (clock: string) => string;
  readonly at: number;
}

export const clocksAt = (moment: ClockMoment): readonly ReplayClock[] =>
  moment.clocks.map((clock) => clockAt(clock, moment));

function clockAt(clock: Clock, { armings, rules, calendar, library, labelOf, at }: ClockMoment): ReplayClock {
  const rule = rules.rule(clock.rule, lawDay(clock));
  const due = dueOf(clock, rule, calendar);
  const arming = armings[clock.id];
  const ladder = arming === undefined ? undefined : library.ladder(arming.ladderHash);
  const status = clock.endedAt !== undefined ? 'ended' : due === null ? 'stopped' : 'running';
  const remaining = status === 'ended' ? null : remainingOf(clock, rule, calendar, at);
  return {
    id: clock.id,
    label: labelOf(clock.id),
    status,
    rule: rule.id,
    version: rule.version,
    basis: rule.basis,
    dueOn: due?.dueOn ?? null,
    dueAt: due?.dueAt ?? null,
    provisional: due?.provisional ?? false,
    endedAt: clock.endedAt ?? null,
    remaining,
    remainingWords:
      remaining === null
        ? null
        : due === null
          ? `停表,余 ${amountWords(remaining)}`
          : remainingWords(due, at, calendar),
    breached: arming !== undefined && hasBreached(arming),
    why: dueReason(clock, rule, calendar, at),
    explanation: explain(clock, rule, calendar),
    ladder: arming === undefined ? null : { ...library.name(arming.ladderHash), name: ladder?.title ?? arming.ladder },
    rungs: Object.entries(arming?.settled ?? {})
      .map(([id, { how, at: settledAt }]) => {
        const rung = ladder?.rungs.find((one) => one.id === id);
        return { rung: id, title: rung === undefined ? id : rungTitle(rung), how, at: settledAt };
      })
      .sort((a, b) => a.at - b.at),
  };
}

const amountWords = ({ amount, unit }: Remaining): string =>
  `${unit === 'h' ? String(Math.floor(amount * 10) / 10) : String(amount)} ${unit === 'CD' ? '天' : LIMIT_UNITS[unit]}`;
