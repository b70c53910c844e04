/**
 * What a driver asks each time it wakes: which rungs are reached, and how long until the next. Always recomputed from
 * the clocks and what is in force, under the case's lock, by the database's clock; the stored alarm is only a hint.
 */
import type pg from 'pg';
import { outlook, reached, rearmed, type KernelEvent, type Outlook, type Reached } from '../domain/kernel/alarms.ts';
import type { RungAddressee } from '../domain/kernel/ladder.ts';
import {
  ANNULLED,
  SYSTEM,
  type Addressee,
  type Consequence,
  type Lapse,
  type Summary,
  type Typed,
} from '../domain/kernel/process.ts';
import { commitStep, foldOf } from './apply.ts';
import { instantOf, lockCase, type CaseRow } from './case-row.ts';
import { processOf, type AnyProcess, type CasesDeps } from './deps.ts';
import type { Cause, Fold } from './entry.ts';
import { readFacts } from './facts.ts';
import { clearFault, recordFault } from './faults.ts';
import type { InForce } from './office.ts';
import { alarmEnv, momentOf, step, type Circumstance, type Step } from './step.ts';
import { inTransaction } from './transaction.ts';

/** A rung that fired at this wake. */
export interface Fired {
  readonly clock: string;
  readonly rung: string;
  readonly reachedAt: number;
}

/** What an officer sees of the case in the Temporal UI. No names. */
export interface Shown {
  readonly stage: string;
  readonly dueOn: string | null;
  /** The next rung and its rule, e.g. `BB-04 remind-80`. */
  readonly next: string;
}

export type Wake =
  | { readonly closed: true; readonly head: string }
  | {
      readonly closed: false;
      /** Milliseconds until the next alarm; `null`: open, and every clock stopped or silent. */
      readonly waitMs: number | null;
      readonly head: string;
      readonly fired: readonly Fired[];
      readonly shown: Shown;
      readonly work: string | null;
    };

/** A poison case may hold its own driver, nobody else's. */
const LIMITS = ["SET LOCAL lock_timeout = '2s'", "SET LOCAL statement_timeout = '5s'"] as const;

/** More rungs than any ladder has: a guard against a ladder that never settles. */
const MOST_RUNGS = 100;

export async function fire(deps: CasesDeps, caseId: string): Promise<Wake> {
  try {
    return await inTransaction(deps.pool, (client) => fireLocked(client, deps, caseId, null), LIMITS);
  } catch (error) {
    await recordFault(deps, caseId, error);
    throw error;
  }
}

/** The same, because a publication may have moved the case's dates; the entry names it. */
export async function recount(
  client: pg.ClientBase,
  deps: CasesDeps,
  caseId: string,
  publication: bigint,
): Promise<void> {
  await fireLocked(client, deps, caseId, publication);
}

interface Locked {
  readonly client: pg.ClientBase;
  readonly deps: CasesDeps;
  readonly process: AnyProcess;
  readonly inForce: InForce;
  readonly now: number;
}

async function fireLocked(
  client: pg.ClientBase,
  deps: CasesDeps,
  caseId: string,
  publication: bigint | null,
): Promise<Wake> {
  const found = await lockCase(client, caseId);
  let row: CaseRow = found;
  const process = processOf(deps, row.kind);
  let fold = await foldOf(client, process, row);
  const now = await instantOf(deps, client, found);
  const inForce = await deps.office.inForce(client, row.publication);
  const env = alarmEnv(inForce, caseId);
  const locked: Locked = { client, deps, process, inForce, now };
  const fired: Fired[] = [];
  await clearFault(client, caseId);

  const write = async (done: Step): Promise<void> => {
    await commitStep(client, deps, inForce, row, done, { driverAsks: publication === null });
    const closedAt = done.summary.closedAs === undefined ? null : now;
    row = { ...row, seq: done.sealed.seq, head: done.sealed.hash, closedAt, nextAlarmAt: done.outlook.nextAlarmAt };
    fold = done.fold;
  };

  if (row.closedAt === null) {
    const moved = rearmed(process.clocks(fold.state), fold.armings, env, now);
    if (moved.length > 0) await write(await recounted(locked, row, fold, moved, publication ?? inForce.publication));
  }
  for (let n = 0; row.closedAt === null; n += 1) {
    const next = reached(process.clocks(fold.state), fold.armings, env, now);
    if (next === null) break;
    if (n > MOST_RUNGS) throw new Error(`case ${caseId}: its ladder does not settle`);
    await write(await lapsed(locked, row, fold, next));
    fired.push({ clock: next.fired.clock, rung: next.fired.rung, reachedAt: next.fired.reachedAt });
  }
  if (row.closedAt !== null) return { closed: true, head: row.head };

  const ahead = outlook(process.clocks(fold.state), fold.armings, env);
  if (ahead.nextAlarmAt !== row.nextAlarmAt) {
    await correctHint(client, caseId, ahead);
    // A driver that asks is told its wait; one that sleeps while the case is recounted must not sleep past an earlier alarm.
    if (publication !== null && isEarlier(ahead.nextAlarmAt, row.nextAlarmAt)) await wakeDriver(client, row, now);
  }
  return {
    closed: false,
    waitMs: ahead.nextAlarmAt === null ? null : Math.max(0, ahead.nextAlarmAt - now),
    head: row.head,
    fired,
    shown: {
      stage: process.summary(fold.state).stage,
      dueOn: ahead.dueOn,
      next: ahead.nextRung === null ? '' : `${ahead.dueRule ?? ''} ${ahead.nextRung}`.trim(),
    },
    work: process.work?.(fold.state) ?? null,
  };
}

/** The entry that moves the case's dates; whoever was told of a breach that is none any more gets a correction. */
async function recounted(
  locked: Locked,
  row: CaseRow,
  fold: Fold,
  moved: readonly KernelEvent[],
  publication: bigint,
): Promise<Step> {
  const { client, process } = locked;
  const annulled = moved.flatMap((event) => (event.type === 'breach-annulled' ? [event] : []));
  const cause: Cause = { type: 'recount', publication: String(publication) };
  const events: Typed[] = [];
  let circumstance = circumstanceOf(locked, cause, {});
  for (const { clock, arming } of annulled) {
    const lapse: Lapse = { type: 'lapse', clock, arming, rung: ANNULLED, reachedAt: locked.now };
    const facts = await readFacts(client, process.needs(fold.state, lapse));
    circumstance = circumstanceOf(locked, cause, { ...circumstance.facts, ...facts });
    const decision = process.decide(fold.state, lapse, momentOf(row.id, circumstance));
    if ('events' in decision) events.push(...decision.events);
  }
  const done = step(process, { caseId: row.id, seq: row.seq, head: row.head, fold }, circumstance, events);
  const corrections = annulled.length === 0 ? [] : await correctionsFor(client, row.id, annulled);
  const changed = movedDates(process.summary(done.fold.state), moved, locked.inForce.calendar.version);
  return { ...done, consequences: [...done.consequences, ...corrections, ...changed] };
}

/** Owners hear only of dates that moved: a date that became certain, or a ladder that changed, tells nobody. */
function movedDates({ holder, unit }: Summary, moved: readonly KernelEvent[], calendar: string): Consequence[] {
  return moved.flatMap((event): Consequence[] => {
    if (event.type !== 'clock-armed' || event.cause !== 'date-moved') return [];
    if (event.before === undefined || event.before.dueOn === event.dueOn) return [];
    const { clock, arming, rule, dueOn } = event;
    const details = { clock, arming, rule, dueOn, before: event.before.dueOn, calendar };
    return [
      { does: 'notify', to: addresseeOf('holder', holder, unit), template: 'limit-moved', urgency: 'digest', details },
    ];
  });
}

async function correctionsFor(
  client: pg.ClientBase,
  caseId: string,
  annulled: readonly {
    readonly clock: string;
    readonly arming: number;
    readonly dueOn: string;
    readonly calendar: string;
  }[],
): Promise<Consequence[]> {
  const corrections: Consequence[] = [];
  for (const { clock, arming, dueOn, calendar } of annulled) {
    const { rows } = await client.query<{ post: string }>(
      `SELECT DISTINCT post FROM notices
        WHERE case_id = $1 AND details->>'clock' = $2 AND (details->>'arming')::int = $3 AND (details->>'late')::boolean ORDER BY post`,
      [caseId, clock, arming],
    );
    for (const { post } of rows) {
      const details = { clock, arming, dueOn, calendar };
      corrections.push({ does: 'notify', to: { post }, template: 'breach-annulled', urgency: 'at-once', details });
    }
  }
  return corrections;
}

/** The entry of a rung that is reached: what the process makes of it, and the notices the ladder asks for. */
async function lapsed(locked: Locked, row: CaseRow, fold: Fold, next: Reached): Promise<Step> {
  const { client, process } = locked;
  const { clock, arming, rung, reachedAt } = next.fired;
  const lapse: Lapse = { type: 'lapse', clock, arming, rung, reachedAt };
  const facts = await readFacts(client, process.needs(fold.state, lapse));
  const circumstance = circumstanceOf(locked, { type: 'lapse', lapse }, facts);
  const decision = process.decide(fold.state, lapse, momentOf(row.id, circumstance));
  if ('refused' in decision)
    throw new Error(`case ${row.id}: the process refused its own lapse: ${decision.refused.code}`);
  const kernel = [...next.overtaken, next.fired];
  const done = step(
    process,
    { caseId: row.id, seq: row.seq, head: row.head, fold },
    circumstance,
    decision.events,
    kernel,
  );
  return { ...done, consequences: [...done.consequences, ...ladderNotices(process.summary(fold.state), fold, next)] };
}

function ladderNotices({ holder, unit }: Summary, { armings }: Fold, { fired, rung, rule }: Reached): Consequence[] {
  const arming = armings[fired.clock];
  const details = {
    clock: fired.clock,
    arming: fired.arming,
    rung: rung.id,
    rule,
    late: 'due' in rung.place || 'workingDaysAfter' in rung.place,
    ladder: arming?.ladder ?? '',
    dueOn: arming?.dueOn ?? '',
    dueAt: arming?.dueAt ?? 0,
    provisional: arming?.provisional ?? false,
    ...(rung.document === undefined ? {} : { document: rung.document }),
  };
  return rung.to.map((to) => ({
    does: 'notify',
    to: addresseeOf(to, holder, unit),
    template: rung.template,
    urgency: rung.urgency,
    details,
  }));
}

function addresseeOf(to: RungAddressee, holder: string | null, unit: string | null): Addressee {
  const within = unit === null ? {} : { unit };
  if (to === 'holder') return holder === null ? { role: 'town-office', ...within } : { post: holder };
  if (to === 'superior') return holder === null ? { role: 'district-office' } : { superiorOf: holder };
  return { role: to.role, ...within };
}

/** The stored alarm had gone stale without an entry: a ladder's rung between two due instants moved. */
async function correctHint(
  client: pg.ClientBase,
  caseId: string,
  { nextAlarmAt, nextClock, nextRung }: Outlook,
): Promise<void> {
  await client.query('UPDATE cases SET next_alarm_at = $2, next_clock = $3, next_rung = $4 WHERE id = $1', [
    caseId,
    nextAlarmAt,
    nextClock,
    nextRung,
  ]);
}

const isEarlier = (next: number | null, before: number | null): boolean =>
  next !== null && (before === null || next < before);

async function wakeDriver(client: pg.ClientBase, { id, kind, seq }: CaseRow, now: number): Promise<void> {
  await client.query(
    `INSERT INTO outbox (case_id, kind, generation, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (case_id) DO UPDATE SET generation = greatest(outbox.generation, excluded.generation), at = excluded.at`,
    [id, kind, seq, now],
  );
}

function circumstanceOf({ deps, inForce, now }: Locked, cause: Cause, facts: Circumstance['facts']): Circumstance {
  return { cause, actor: SYSTEM, now, received: now, facts, inForce, build: deps.build };
}
