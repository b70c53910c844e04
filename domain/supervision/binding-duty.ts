/**
 * One episode in which an active subject is guaranteed by nobody, from its beginning until it is bound (BB-01, BB-02).
 * Knows no rate and no visit.
 */
import { startOfDay } from '../kernel/civil-day.ts';
import type { Clock } from '../kernel/clock.ts';
import { localDate } from '../kernel/civil-day.ts';
import { dueOf, lawDay } from '../kernel/due.ts';
import { ANNULLED, refused, wrote, type Decision, type Lapse, type Moment, type Process } from '../kernel/process.ts';
import { isSystem } from '../kernel/acting.ts';

export type BindingCause = 'opened' | 'moved-class' | 'cadre-left' | 'moved' | 'missing';

export type BindingDutyCommand =
  | {
      readonly type: 'open';
      readonly subject: string;
      readonly unit: string;
      readonly cause: BindingCause;
      /** The day of the change itself; BB-01 counts from it. */
      readonly since: string;
      /** The office post that must bind; `null` where the register has none. */
      readonly holder: string | null;
    }
  | { readonly type: 'bound'; readonly binding: string; readonly post: string }
  | { readonly type: 'subject-closed' };

export type BindingDutyEvent =
  | {
      readonly type: 'opened';
      readonly subject: string;
      readonly unit: string;
      readonly cause: BindingCause;
      readonly since: string;
      readonly holder: string | null;
      /** Whether the change reached the office after BB-01's limit; recorded, never escalated. */
      readonly reportedLate: boolean;
      readonly at: number;
    }
  | { readonly type: 'bound'; readonly binding: string; readonly post: string; readonly at: number }
  | { readonly type: 'subject-closed'; readonly at: number }
  | { readonly type: 'overdue'; readonly at: number }
  /** A later calendar shows that the limit had not run out. */
  | { readonly type: 'overdue-annulled'; readonly at: number };

export interface BindingDuty {
  readonly subject: string;
  readonly unit: string;
  readonly cause: BindingCause;
  readonly since: string;
  readonly holder: string | null;
  readonly openedAt: number;
  readonly reportedLate: boolean;
  readonly overdueAt: number | null;
  readonly end: { readonly as: 'bound' | 'bound-late' | 'subject-closed'; readonly at: number } | null;
  readonly binding: string | null;
}

export const BINDING_DUTY_REFUSALS = ['not-open', 'already-open', 'not-allowed', 'duty-closed'] as const;

/** The change a market regulator had to report: a cadre who left is the office's own knowledge. */
const isReported = (cause: BindingCause): boolean => cause === 'opened' || cause === 'moved-class' || cause === 'moved';

/** BB-01, ended the moment the duty opens: it shows how long the report took and sets off nothing. */
const reportClock = (since: string, openedAt: number): Clock => ({
  id: 'report',
  rule: 'BB-01',
  startedAt: Math.min(startOfDay(since), openedAt),
  stops: [],
  extensions: [],
  endedAt: openedAt,
});

function reportedLate(cause: BindingCause, since: string, { now, rules, calendar }: Moment): boolean {
  if (!isReported(cause)) return false;
  const clock = reportClock(since, now);
  const due = dueOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar);
  return due !== null && now > due.dueAt;
}

function decide(
  state: BindingDuty | undefined,
  command: BindingDutyCommand | Lapse,
  at: Moment,
): Decision<BindingDutyEvent> {
  const { now } = at;
  if (command.type === 'open') {
    if (state !== undefined) return refused('already-open');
    // Opened by the entry that changes the register, under the name of whoever changed it.
    const { subject, unit, cause, since, holder } = command;
    const late = reportedLate(cause, since, at);
    return wrote({ type: 'opened', subject, unit, cause, since, holder, reportedLate: late, at: now });
  }
  if (state === undefined) return refused('not-open');
  if (!isSystem(at.actor)) return refused('not-allowed');
  switch (command.type) {
    case 'lapse':
      if (command.clock !== 'bind' || state.end !== null) return wrote();
      if (command.rung === ANNULLED)
        return state.overdueAt === null ? wrote() : wrote({ type: 'overdue-annulled', at: now });
      return command.rung === 'due' && state.overdueAt === null ? wrote({ type: 'overdue', at: now }) : wrote();
    case 'bound':
      if (state.end !== null) return refused('duty-closed');
      return wrote({ type: 'bound', binding: command.binding, post: command.post, at: now });
    case 'subject-closed':
      if (state.end !== null) return refused('duty-closed');
      return wrote({ type: 'subject-closed', at: now });
  }
}

function folded(state: BindingDuty | undefined, event: BindingDutyEvent): BindingDuty {
  if (event.type === 'opened') {
    const { subject, unit, cause, since, holder, reportedLate: late, at } = event;
    return {
      subject,
      unit,
      cause,
      since,
      holder,
      openedAt: at,
      reportedLate: late,
      overdueAt: null,
      end: null,
      binding: null,
    };
  }
  if (state === undefined) throw new Error(`${event.type} before opened`);
  switch (event.type) {
    case 'bound':
      return {
        ...state,
        binding: event.binding,
        end: { as: state.overdueAt === null ? 'bound' : 'bound-late', at: event.at },
      };
    case 'subject-closed':
      return { ...state, end: { as: 'subject-closed', at: event.at } };
    case 'overdue':
      return { ...state, overdueAt: event.at };
    case 'overdue-annulled':
      return { ...state, overdueAt: null };
  }
}

export const bindingDuty: Process<BindingDuty, BindingDutyCommand, BindingDutyEvent> = {
  kind: 'binding-duty',
  revision: 1,
  stateVersion: 1,
  needs: () => [],
  decide,
  evolve: folded,
  clocks({ openedAt, cause, since, end }) {
    const bind: Clock = {
      id: 'bind',
      rule: 'BB-02',
      startedAt: openedAt,
      stops: [],
      extensions: [],
      ladder: 'duty',
      ...(end === null ? {} : { endedAt: end.at }),
    };
    return isReported(cause) && since <= localDate(openedAt) ? [bind, reportClock(since, openedAt)] : [bind];
  },
  consequences(event, state) {
    if (event.type !== 'opened') return [];
    const details = { subject: event.subject, cause: event.cause, since: event.since };
    const to = state.holder === null ? { role: 'town-office' as const, unit: state.unit } : { post: state.holder };
    return [{ does: 'notify', to, template: 'subject-unbound', urgency: 'at-once', details }];
  },
  summary: ({ subject, unit, holder, end, overdueAt }) => ({
    stage: end?.as ?? (overdueAt === null ? 'unbound' : 'overdue'),
    holder: end === null ? holder : null,
    unit,
    subject,
    ...(end === null ? {} : { closedAs: end.as }),
  }),
};
