/** What the district decided about sending: hours, gathering, patience. District policy, not law. */
import type { Json, Policy } from '../kernel/process.ts';

export interface SendingPolicy {
  /** Local times `HH:MM`. */
  readonly hours: { readonly from: string; readonly to: string };
  /** Start of the hours in milliseconds after local midnight: where the kernel places rungs of whole days. */
  readonly startMs: number;
  /** On which days no digest is sent. */
  readonly quietDays: 'non-working' | 'none';
  /** Whether what cannot wait is sent at night and on days off too. */
  readonly atOnceOutsideHours: boolean;
  /** How long a digest waits for what else is coming. */
  readonly gatherMs: number;
  /** How long a mail server may be away before a message is given up and the office told. */
  readonly giveUpAfterMs: number;
  /** How long a notice may be late before it counts as stuck. */
  readonly stuckAfterMs: number;
  /** Windows of this length, day and night, instead of hours and quiet days: for a stack that is only shown. */
  readonly slotMs?: number;
}

/** A policy value that says nothing usable; the message names the key. */
export class BadPolicy extends Error {
  readonly key: string;
  constructor(key: string, why: string) {
    super(`policy value ${key}: ${why}`);
    this.name = 'BadPolicy';
    this.key = key;
  }
}

const HOUR = 3_600_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reads the keys `notices.*`. Throws `BadPolicy` for a value of another shape; a missing key throws where it is read. */
export function sendingPolicy(policy: Policy): SendingPolicy {
  const hours = hoursOf(policy.value('notices.sendingHours'));
  const [hour = 0, minute = 0] = hours.from.split(':').map(Number);
  return {
    hours,
    startMs: hour * HOUR + minute * 60_000,
    quietDays: quietDaysOf(policy.value('notices.quietDays')),
    atOnceOutsideHours: flag('notices.atOnceOutsideHours', policy.value('notices.atOnceOutsideHours')),
    gatherMs: amount('notices.gatherSeconds', policy.value('notices.gatherSeconds'), 0) * 1_000,
    giveUpAfterMs: amount('notices.giveUpAfterHours', policy.value('notices.giveUpAfterHours'), 1) * HOUR,
    stuckAfterMs: amount('notices.stuckAfterMinutes', policy.value('notices.stuckAfterMinutes'), 1) * 60_000,
  };
}

function hoursOf(value: Json): SendingPolicy['hours'] {
  const key = 'notices.sendingHours';
  const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown };
  if (typeof from !== 'string' || typeof to !== 'string' || !TIME.test(from) || !TIME.test(to)) {
    throw new BadPolicy(key, 'from and to are times HH:MM');
  }
  if (from >= to) throw new BadPolicy(key, `${from} is not before ${to}`);
  return { from, to };
}

function quietDaysOf(value: Json): SendingPolicy['quietDays'] {
  if (value !== 'non-working' && value !== 'none')
    throw new BadPolicy('notices.quietDays', 'must be non-working or none');
  return value;
}

function flag(key: string, value: Json): boolean {
  if (typeof value !== 'boolean') throw new BadPolicy(key, 'must be true or false');
  return value;
}

function amount(key: string, value: Json, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new BadPolicy(key, `must be a whole number of at least ${least}`);
  }
  return value;
}
