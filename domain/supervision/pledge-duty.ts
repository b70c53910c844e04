/** One cadre in one post who has not signed the pledge of a version, until it is signed or the post is left (BB-03). */
import type { Clock } from '../kernel/clock.ts';
import { localDate } from '../kernel/civil-day.ts';
import { ANNULLED, refused, wrote, type Decision, type Lapse, type Moment, type Process } from '../kernel/process.ts';
import { isSystem } from '../kernel/acting.ts';

export type PledgeDutyCommand =
  | {
      readonly type: 'open';
      readonly post: string;
      readonly person: string;
      readonly unit: string;
      readonly version: string;
    }
  | { readonly type: 'signed'; readonly pledge: string; readonly signedOn: string }
  | { readonly type: 'left' };

export type PledgeDutyEvent =
  | {
      readonly type: 'opened';
      readonly post: string;
      readonly person: string;
      readonly unit: string;
      readonly version: string;
      readonly at: number;
    }
  | { readonly type: 'signed'; readonly pledge: string; readonly signedOn: string; readonly at: number }
  | { readonly type: 'left'; readonly at: number }
  | { readonly type: 'overdue'; readonly at: number }
  /** A later calendar shows that the limit had not run out. */
  | { readonly type: 'overdue-annulled'; readonly at: number };

export interface PledgeDuty {
  readonly post: string;
  readonly person: string;
  readonly unit: string;
  readonly version: string;
  readonly openedAt: number;
  readonly overdueAt: number | null;
  readonly pledge: string | null;
  readonly end: { readonly as: 'signed' | 'signed-late' | 'left'; readonly at: number } | null;
}

export const PLEDGE_DUTY_REFUSALS = [
  'not-open',
  'already-open',
  'not-allowed',
  'duty-closed',
  'signed-in-future',
] as const;

function decide(
  state: PledgeDuty | undefined,
  command: PledgeDutyCommand | Lapse,
  at: Moment,
): Decision<PledgeDutyEvent> {
  const { now } = at;
  if (command.type === 'open') {
    if (state !== undefined) return refused('already-open');
    // Opened by the entry that changes the register, under the name of whoever changed it.
    const { post, person, unit, version } = command;
    return wrote({ type: 'opened', post, person, unit, version, at: now });
  }
  if (state === undefined) return refused('not-open');
  if (!isSystem(at.actor)) return refused('not-allowed');
  switch (command.type) {
    case 'lapse':
      if (command.clock !== 'sign' || state.end !== null) return wrote();
      if (command.rung === ANNULLED)
        return state.overdueAt === null ? wrote() : wrote({ type: 'overdue-annulled', at: now });
      return command.rung === 'due' && state.overdueAt === null ? wrote({ type: 'overdue', at: now }) : wrote();
    case 'signed':
      if (state.end !== null) return refused('duty-closed');
      if (command.signedOn > localDate(now))
        return refused('signed-in-future', undefined, { signedOn: command.signedOn });
      return wrote({ type: 'signed', pledge: command.pledge, signedOn: command.signedOn, at: now });
    case 'left':
      if (state.end !== null) return refused('duty-closed');
      return wrote({ type: 'left', at: now });
  }
}

function folded(state: PledgeDuty | undefined, event: PledgeDutyEvent): PledgeDuty {
  if (event.type === 'opened') {
    const { post, person, unit, version, at } = event;
    return { post, person, unit, version, openedAt: at, overdueAt: null, pledge: null, end: null };
  }
  if (state === undefined) throw new Error(`${event.type} before opened`);
  switch (event.type) {
    case 'signed':
      return {
        ...state,
        pledge: event.pledge,
        end: { as: state.overdueAt === null ? 'signed' : 'signed-late', at: event.at },
      };
    case 'left':
      return { ...state, end: { as: 'left', at: event.at } };
    case 'overdue':
      return { ...state, overdueAt: event.at };
    case 'overdue-annulled':
      return { ...state, overdueAt: null };
  }
}

export const pledgeDuty: Process<PledgeDuty, PledgeDutyCommand, PledgeDutyEvent> = {
  kind: 'pledge-duty',
  revision: 1,
  stateVersion: 1,
  needs: () => [],
  decide,
  evolve: folded,
  clocks({ openedAt, end }) {
    const sign: Clock = {
      id: 'sign',
      rule: 'BB-03',
      startedAt: openedAt,
      stops: [],
      extensions: [],
      ladder: 'duty',
      ...(end === null ? {} : { endedAt: end.at }),
    };
    return [sign];
  },
  consequences(event) {
    if (event.type !== 'opened') return [];
    const details = { post: event.post, version: event.version };
    return [{ does: 'notify', to: { post: event.post }, template: 'pledge-wanted', urgency: 'digest', details }];
  },
  summary: ({ post, unit, end, overdueAt }) => ({
    stage: end?.as ?? (overdueAt === null ? 'unsigned' : 'overdue'),
    holder: end === null ? post : null,
    unit,
    ...(end === null ? {} : { closedAs: end.as }),
  }),
};
