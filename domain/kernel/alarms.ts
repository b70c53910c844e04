/**
 * Which rung of which clock is next, which one is reached, which was overtaken: the kernel's own part of a case.
 * Pure: it sees clocks, the calendar, ladders and what has been settled so far; it writes kernel events and folds them.
 */
import { localDate, startOfDay, type WorkCalendar } from './calendar.ts';
import { dueOf, type Clock, type Due } from './clock.ts';
import { rungInstants, type Ladder, type Rung } from './ladder.ts';
import type { RulePack } from './rule.ts';

export type ArmingCause = 'started' | 'restarted' | 'extended' | 'resumed' | 'ladder-changed' | 'date-moved';

export interface Settled {
  readonly how: 'fired' | 'overtaken';
  readonly at: number;
}

/** One running of a ladder against one due instant. A rung is settled once per arming. */
export interface Arming {
  readonly number: number;
  readonly rule: string;
  readonly ladder: string;
  readonly ladderHash: string;
  readonly dueAt: number;
  readonly dueOn: string;
  readonly provisional: boolean;
  /** What of the clock this arming rests on; another basis is another arming. */
  readonly basis: string;
  readonly settled: { readonly [rung: string]: Settled };
}

export type Armings = { readonly [clock: string]: Arming };

export type KernelEvent =
  | {
      readonly type: 'clock-armed';
      readonly clock: string;
      readonly arming: number;
      readonly cause: ArmingCause;
      readonly rule: string;
      readonly version: string;
      readonly ladder: string;
      readonly ladderHash: string;
      readonly dueAt: number;
      readonly dueOn: string;
      readonly provisional: boolean;
      readonly basis: string;
      readonly before?: { readonly dueOn: string; readonly dueAt: number };
      /** Rungs whose instant had passed when the clock was armed; they fire no more and told nobody. */
      readonly overtaken: readonly string[];
      readonly at: number;
    }
  | RungEvent<'rung-fired'>
  | RungEvent<'rung-overtaken'>
  | {
      readonly type: 'breach-annulled';
      readonly clock: string;
      readonly arming: number;
      readonly calendar: string;
      readonly dueOn: string;
      readonly at: number;
    };

interface RungEvent<Type> {
  readonly type: Type;
  readonly clock: string;
  readonly arming: number;
  readonly rung: string;
  /** The instant the rung was due; `at` is the instant it fired or was passed over. */
  readonly reachedAt: number;
  readonly at: number;
}

export interface LadderInForce extends Ladder {
  readonly hash: string;
}

/** What alarms are computed from, besides the case. */
export interface AlarmEnv {
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly ladders: ReadonlyMap<string, LadderInForce>;
  /** Start of the office's sending hours, milliseconds after local midnight. */
  readonly sendingStartMs: number;
  /** This case's place in the spread of rungs before due, 0 … 1. */
  readonly spread: number;
}

/** A clock whose rule or ladder nobody published: a fault of configuration, never passed over. */
export class UnknownLadder extends Error {
  constructor(ladder: string) {
    super(`no ladder called ${ladder} is in force`);
    this.name = 'UnknownLadder';
  }
}

interface Running {
  readonly clock: Clock;
  readonly version: string;
  readonly due: Due;
  readonly ladder: LadderInForce;
  readonly rungs: readonly { readonly rung: Rung; readonly at: number }[];
}

const basisOf = (clock: Clock): string =>
  [
    clock.startedAt,
    clock.restarts ?? 0,
    clock.extensions.length,
    clock.stops.length,
    clock.ladder ?? '',
    clock.dueOn ?? '',
  ].join('|');

/** Running clocks only: an ended one is over, a stopped one has no instant until it resumes. */
function running(clocks: readonly Clock[], env: AlarmEnv): Running[] {
  const found: Running[] = [];
  for (const clock of clocks) {
    if (clock.endedAt !== undefined) continue;
    const rule = env.rules.rule(clock.rule, clock.lawOn ?? localDate(clock.startedAt));
    const due = dueOf(clock, rule, env.calendar);
    if (due === null) continue;
    const name = clock.ladder ?? rule.ladder;
    const ladder = env.ladders.get(name);
    if (ladder === undefined) throw new UnknownLadder(name);
    const spreadMs = Math.floor(ladder.spreadMs * env.spread);
    const rungs = rungInstants(ladder, { startedAt: clock.startedAt, due }, env.calendar, {
      spreadMs,
      sendingStartMs: env.sendingStartMs,
    });
    found.push({ clock, version: rule.version, due, ladder, rungs });
  }
  return found;
}

const isDueRung = (rung: Rung): boolean => 'due' in rung.place;
const isAfterDue = (rung: Rung): boolean => 'workingDaysAfter' in rung.place;

function causeOf(clock: Clock, before: Arming | undefined, ladderHash: string): ArmingCause {
  if (before === undefined) return 'started';
  const [startedAt, restarts, extensions, stops] = before.basis.split('|').map(Number);
  if (clock.startedAt !== startedAt || (clock.restarts ?? 0) !== restarts) return 'restarted';
  if (clock.extensions.length !== extensions) return 'extended';
  if (clock.stops.length !== stops) return 'resumed';
  if (before.ladderHash !== ladderHash) return 'ladder-changed';
  return 'date-moved';
}

/**
 * The kernel events that bring the armings up to date with the clocks, the calendar and the ladders at `now`.
 * Empty when nothing moved. The due rung is never written off by a re-arming: a breach fires or stays.
 */
export function rearmed(clocks: readonly Clock[], armings: Armings, env: AlarmEnv, now: number): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (const { clock, version, due, ladder, rungs } of running(clocks, env)) {
    const before = armings[clock.id];
    const basis = basisOf(clock);
    const same =
      before !== undefined &&
      before.dueAt === due.dueAt &&
      before.provisional === due.provisional &&
      before.ladderHash === ladder.hash &&
      before.basis === basis;
    if (same) continue;
    const number = (before?.number ?? 0) + 1;
    const breachBefore = before !== undefined && hasBreached(before);
    const breachStands = breachBefore && due.dueAt <= now;
    // A limit that was renewed after it ran out did run out; only another calendar or date can show that it had not.
    const cause = causeOf(clock, before, ladder.hash);
    if (breachBefore && !breachStands && cause !== 'restarted' && cause !== 'extended') {
      events.push({
        type: 'breach-annulled',
        clock: clock.id,
        arming: before.number,
        calendar: env.calendar.version,
        dueOn: due.dueOn,
        at: now,
      });
    }
    const overtaken = rungs
      .filter(({ rung, at }) => at <= now && (isDueRung(rung) ? breachStands : true))
      .map(({ rung }) => rung.id);
    events.push({
      type: 'clock-armed',
      clock: clock.id,
      arming: number,
      cause,
      rule: clock.rule,
      version,
      ladder: ladder.name,
      ladderHash: ladder.hash,
      dueAt: due.dueAt,
      dueOn: due.dueOn,
      provisional: due.provisional,
      basis,
      ...(before === undefined ? {} : { before: { dueOn: before.dueOn, dueAt: before.dueAt } }),
      overtaken,
      at: now,
    });
  }
  return events;
}

/** The armings after one kernel event. */
export function afterKernelEvent(armings: Armings, event: KernelEvent): Armings {
  switch (event.type) {
    case 'clock-armed': {
      const settled = Object.fromEntries(
        event.overtaken.map((rung) => [rung, { how: 'overtaken', at: event.at } as const]),
      );
      const { arming: number, rule, ladder, ladderHash, dueAt, dueOn, provisional, basis } = event;
      return {
        ...armings,
        [event.clock]: { number, rule, ladder, ladderHash, dueAt, dueOn, provisional, basis, settled },
      };
    }
    case 'rung-fired':
    case 'rung-overtaken': {
      const arming = armings[event.clock];
      if (arming === undefined) throw new Error(`rung ${event.rung} of a clock that was never armed: ${event.clock}`);
      const how = event.type === 'rung-fired' ? 'fired' : 'overtaken';
      return {
        ...armings,
        [event.clock]: { ...arming, settled: { ...arming.settled, [event.rung]: { how, at: event.at } } },
      };
    }
    case 'breach-annulled':
      return armings;
  }
}

/** Whether the due rung of this arming has been reached; `due` is the id every ladder gives that rung. */
export const hasBreached = (arming: Arming): boolean => arming.settled['due'] !== undefined;

interface Pending {
  readonly clock: string;
  readonly rule: string;
  readonly arming: number;
  readonly rung: Rung;
  /** When the rung was reached, and when it may fire: an escalation waits for the next sending day after another. */
  readonly reachedAt: number;
  readonly firesAt: number;
}

/** The last instant at which any escalation after due fired in this case. */
function lastEscalation(runs: readonly Running[], armings: Armings): number | undefined {
  let last: number | undefined;
  for (const { clock, ladder } of runs) {
    const arming = armings[clock.id];
    for (const rung of ladder.rungs) {
      const settled = arming?.settled[rung.id];
      if (isAfterDue(rung) && settled?.how === 'fired' && (last === undefined || settled.at > last)) last = settled.at;
    }
  }
  return last;
}

function pending(clocks: readonly Clock[], armings: Armings, env: AlarmEnv): Pending[] {
  const runs = running(clocks, env);
  const last = lastEscalation(runs, armings);
  const free =
    last === undefined ? -Infinity : startOfDay(env.calendar.addWorkingDays(localDate(last), 1)) + env.sendingStartMs;
  const found: Pending[] = [];
  for (const { clock, rungs } of runs) {
    const arming = armings[clock.id];
    if (arming === undefined) continue;
    for (const { rung, at } of rungs) {
      if (arming.settled[rung.id] !== undefined) continue;
      const firesAt = isAfterDue(rung) ? Math.max(at, free) : at;
      found.push({ clock: clock.id, rule: clock.rule, arming: arming.number, rung, reachedAt: at, firesAt });
    }
  }
  return found.sort((a, b) => a.firesAt - b.firesAt || a.reachedAt - b.reachedAt || (a.clock < b.clock ? -1 : 1));
}

export interface Reached {
  /** Reminders passed over because a later rung of their clock is due too. */
  readonly overtaken: readonly KernelEvent[];
  readonly fired: RungEvent<'rung-fired'>;
  readonly rung: Rung;
  readonly rule: string;
}

/** The next rung that fires at `now`, with the reminders it overtakes; `null` when none is reached. */
export function reached(clocks: readonly Clock[], armings: Armings, env: AlarmEnv, now: number): Reached | null {
  const due = pending(clocks, armings, env).filter(({ firesAt }) => firesAt <= now);
  const overtaken: KernelEvent[] = [];
  for (const candidate of due) {
    const { clock, arming, rung, rule, reachedAt } = candidate;
    const later = due.some((other) => other !== candidate && other.clock === clock && other.reachedAt >= reachedAt);
    if (!isDueRung(rung) && !isAfterDue(rung) && later) {
      overtaken.push({ type: 'rung-overtaken', clock, arming, rung: rung.id, reachedAt, at: now });
      continue;
    }
    return { overtaken, fired: { type: 'rung-fired', clock, arming, rung: rung.id, reachedAt, at: now }, rung, rule };
  }
  return null;
}

/** A rung that fires if nothing is done before. */
export interface Ahead {
  readonly clock: string;
  readonly rung: Rung;
  readonly at: number;
}

/** What fires if nothing is done, in its order. A rung told of a later day than it is reached waits for its sending day. */
export const ahead = (clocks: readonly Clock[], armings: Armings, env: AlarmEnv): readonly Ahead[] =>
  pending(clocks, armings, env).map(({ clock, rung, firesAt }) => ({ clock, rung, at: firesAt }));

/** What lists and the driver need to know of a case's time. */
export interface Outlook {
  readonly nextAlarmAt: number | null;
  readonly nextClock: string | null;
  readonly nextRung: string | null;
  readonly dueAt: number | null;
  readonly dueOn: string | null;
  readonly dueRule: string | null;
  readonly provisional: boolean;
  readonly spanFrom: string | null;
  readonly spanTo: string | null;
  readonly breached: boolean;
}

/** The earliest alarm and due instant, and the days over which any running clock counts. */
export function outlook(clocks: readonly Clock[], armings: Armings, env: AlarmEnv): Outlook {
  const next = pending(clocks, armings, env)[0];
  const runs = running(clocks, env);
  const first = runs.reduce<Running | undefined>(
    (a, b) => (a === undefined || b.due.dueAt < a.due.dueAt ? b : a),
    undefined,
  );
  const spans = runs.map(({ clock, due, rungs }) => ({
    from: localDate(clock.startedAt),
    to: localDate(Math.max(due.dueAt, rungs.at(-1)?.at ?? due.dueAt)),
  }));
  return {
    nextAlarmAt: next?.firesAt ?? null,
    nextClock: next?.clock ?? null,
    nextRung: next?.rung.id ?? null,
    dueAt: first?.due.dueAt ?? null,
    dueOn: first?.due.dueOn ?? null,
    dueRule: first?.clock.rule ?? null,
    provisional: runs.some(({ due }) => due.provisional),
    spanFrom: spans.map(({ from }) => from).sort()[0] ?? null,
    spanTo:
      spans
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? null,
    breached: Object.values(armings).some(hasBreached),
  };
}
