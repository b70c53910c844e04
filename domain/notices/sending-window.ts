/** When may the office write to people: sending hours on sending days. Knows no notice and no person. */
import { localDate, localTime, type WorkCalendar } from '../kernel/calendar.ts';
import { civilDate, dayNumber } from '../kernel/civil-day.ts';
import type { SendingPolicy } from './sending-policy.ts';

/** The sending hours of one day; `closesAt` is exclusive. */
export interface SendingWindow {
  /** Day and opening time, e.g. `2026-11-24/09:00`: what makes a second digest to a person recognisable. */
  readonly id: string;
  readonly opensAt: number;
  readonly closesAt: number;
}

function windowOn(on: string, { hours: { from, to } }: SendingPolicy): SendingWindow {
  return { id: `${on}/${from}`, opensAt: localTime(on, from), closesAt: localTime(on, to) };
}

/** The slot that holds `now`, where the policy has slots instead of hours. */
const slotAt = (now: number, slotMs: number): SendingWindow => {
  const opensAt = Math.floor(now / slotMs) * slotMs;
  return { id: `slot/${opensAt}`, opensAt, closesAt: opensAt + slotMs };
};

/** The first sending day after (`step` 1) or before (-1) the day. */
function sendingDay(on: string, step: 1 | -1, { quietDays }: SendingPolicy, calendar: WorkCalendar): string {
  return quietDays === 'none' ? civilDate(dayNumber(on) + step) : calendar.addWorkingDays(on, step);
}

/** Today's window, if today is a sending day. */
function todaysWindow(now: number, policy: SendingPolicy, calendar: WorkCalendar): SendingWindow | null {
  const on = localDate(now);
  return policy.quietDays === 'none' || calendar.isWorkday(on) ? windowOn(on, policy) : null;
}

/** The window open at `now`; `null` at night and on quiet days. */
export function windowAt(now: number, policy: SendingPolicy, calendar: WorkCalendar): SendingWindow | null {
  if (policy.slotMs !== undefined) return slotAt(now, policy.slotMs);
  const today = todaysWindow(now, policy, calendar);
  return today !== null && today.opensAt <= now && now < today.closesAt ? today : null;
}

/** The first window that opens after `now`; one that is open already does not count. */
export function nextWindow(now: number, policy: SendingPolicy, calendar: WorkCalendar): SendingWindow {
  if (policy.slotMs !== undefined) return slotAt(now + policy.slotMs, policy.slotMs);
  const today = todaysWindow(now, policy, calendar);
  return today !== null && today.opensAt > now
    ? today
    : windowOn(sendingDay(localDate(now), 1, policy, calendar), policy);
}

/** The last window that opened at or before `now`, open or closed. */
export function lastWindow(now: number, policy: SendingPolicy, calendar: WorkCalendar): SendingWindow {
  if (policy.slotMs !== undefined) return slotAt(now, policy.slotMs);
  const today = todaysWindow(now, policy, calendar);
  return today !== null && today.opensAt <= now
    ? today
    : windowOn(sendingDay(localDate(now), -1, policy, calendar), policy);
}

/** A digest leaves when nothing was added to it for `gatherMs`, or after this many times that long, whatever still arrives. */
const LONGEST_GATHERING = 5;

/**
 * From when a person's digest may be frozen in `window`. Alarms fire in numbers when sending hours begin, so even what
 * waited overnight stays a moment for what belongs into the same mail. Instants of queueing in epoch ms.
 */
export function readyAt(
  queued: { readonly oldestAt: number; readonly newestAt: number },
  window: SendingWindow,
  gatherMs: number,
): number {
  const quiet = Math.max(window.opensAt, queued.newestAt) + gatherMs;
  const longest = Math.max(window.opensAt, queued.oldestAt) + LONGEST_GATHERING * gatherMs;
  return Math.min(quiet, longest);
}
