/** From a queued notice and its case to what the reader is told. Knows no database; names and rules come in. */
import type { Arming } from '../kernel/alarms.ts';
import type { WorkCalendar } from '../kernel/calendar.ts';
import { localDate } from '../kernel/civil-day.ts';
import { lawDay, type Clock } from '../kernel/clock.ts';
import type { Ladder } from '../kernel/ladder.ts';
import type { Rule, RulePack } from '../kernel/rule.ts';
import { dueWords, remainingWords } from './date-words.ts';
import type { Item } from './digest.ts';
import { dueReason } from './due-reason.ts';
import { matterOf, progressOf, type MatterFacts } from './matter.ts';
import { nextRungWords } from './next-rung.ts';
import type { Details, NameOf } from './says.ts';
import { singleLine } from './single-line.ts';
import { templateOf, type Group } from './templates.ts';

/** The case as it stands when the message is frozen. */
export interface ItemCase extends MatterFacts {
  /** `null` where another build wrote the state. */
  readonly clocks: readonly Clock[] | null;
  readonly armings: Readonly<Record<string, Arming>>;
  readonly holderPost: string | null;
}

export interface ItemNotice {
  readonly post: string;
  readonly template: string;
  readonly details: Details;
}

export interface ItemEnv {
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly ladders: ReadonlyMap<string, Ladder>;
  readonly sendingStartMs: number;
  readonly now: number;
  readonly nameOf: NameOf;
}

interface Running {
  readonly clock: Clock;
  readonly rule: Rule;
  readonly arming: Arming;
}

export interface Reading {
  /** For whom the reader reads it, when not for the own post. */
  readonly through: string | null;
  /** Whether the reader acts for the addressed post. */
  readonly ownDuty: boolean;
  /** Absolute. */
  readonly link: string;
}

/** Throws what rules and calendars throw when they cannot answer; `plainItemOf` never does. */
export function itemOf(notice: ItemNotice, about: ItemCase, reading: Reading, env: ItemEnv): Item {
  const template = templateOf(notice.template);
  const running = template.dated ? runningClock(notice, about, env) : null;
  const says = template.says(notice.details, (id) => singleLine(env.nameOf(id), 60));
  const worded = running === null ? null : wordsOf(running, reading.ownDuty && notice.post === about.holderPost, env);
  return {
    ...plainItemOf(notice, about, reading),
    group: groupOf(template.group, running, env.now),
    due: worded?.due ?? null,
    why: worded?.why ?? null,
    next: worded?.next ?? null,
    says: says === null ? null : singleLine(says, 300),
  };
}

/** What can be said without rules and calendar: the act, the matter, the link. */
export function plainItemOf({ template }: ItemNotice, about: ItemCase, { through, link }: Reading): Item {
  const { act, group } = templateOf(template);
  return {
    group: group === 'by-date' ? 'to-do' : group,
    kind: about.kind,
    act,
    matter: matterOf(about),
    progress: progressOf(about),
    due: null,
    why: null,
    next: null,
    says: null,
    through: through === null ? null : singleLine(through, 120),
    link,
  };
}

/** The clock the notice is about; else the one that runs out first. */
function runningClock({ details }: ItemNotice, { clocks, armings }: ItemCase, { rules }: ItemEnv): Running | null {
  const candidates = (clocks ?? []).flatMap((clock): Running[] => {
    const arming = armings[clock.id];
    if (arming === undefined || clock.endedAt !== undefined) return [];
    return [{ clock, arming, rule: rules.rule(clock.rule, lawDay(clock)) }];
  });
  const named = candidates.find(({ clock }) => clock.id === details['clock']);
  return named ?? candidates.sort((a, b) => a.arming.dueAt - b.arming.dueAt)[0] ?? null;
}

function unitOf({ clock, rule }: Running): 'h' | 'WD' | 'CD' {
  const unit = clock.dueOn === undefined ? (clock.budget ?? rule.budget)?.unit : 'CD';
  return unit === 'h' || unit === 'WD' ? unit : 'CD';
}

function wordsOf(
  running: Running,
  readerIsHolder: boolean,
  env: ItemEnv,
): { due: string; why: string; next: string | null } {
  const { clock, rule, arming } = running;
  const date = { dueOn: arming.dueOn, dueAt: arming.dueAt, provisional: arming.provisional, unit: unitOf(running) };
  const ladder = env.ladders.get(arming.ladder);
  return {
    due: `${dueWords(date, env.now)}(${remainingWords(date, env.now, env.calendar)})`,
    why: dueReason(clock, rule, env.calendar, env.now),
    next:
      ladder === undefined
        ? null
        : nextRungWords(
            ladder,
            { startedAt: clock.startedAt, due: arming, settled: new Set(Object.keys(arming.settled)), readerIsHolder },
            env,
          ),
  };
}

function groupOf(wanted: 'by-date' | 'to-do' | 'for-information', running: Running | null, now: number): Group {
  if (wanted === 'for-information') return wanted;
  if (running !== null && running.arming.dueAt <= now) return 'overdue';
  if (running === null || wanted === 'to-do') return 'to-do';
  return running.arming.dueOn === localDate(now) ? 'due-today' : 'near';
}
