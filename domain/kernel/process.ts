/**
 * What a process is: pure functions over a journal. Knows no clock, no database, no Temporal.
 * Everything a process may rest on reaches it through `Moment`.
 */
import type { WorkCalendar } from './calendar.ts';
import type { Clock } from './clock.ts';
import type { RulePack } from './rule.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Every command and event carries its type; the rest is plain JSON (no Date, Map, undefined inside arrays). */
export interface Typed {
  readonly type: string;
}

/** What kind of post the acting person acts for. One word per thing: docs/GLOSSARY.md. */
export type PostRole =
  | 'district-leader' // 区领导
  | 'district-office' // 区食药安办
  | 'town-head' // 镇街主要负责人
  | 'town-office' // 镇街食安办
  | 'community-head' // 村社负责人
  | 'cadre' // 包保干部
  | 'regulator' // 市场监管所执法人员
  | 'regulator-head' // 市场监管所所长
  | 'department-head' // 部门负责人
  | 'officer' // 部门承办人
  | 'auditor' // 审计员
  | 'system-admin' // 系统管理员
  | 'security-admin' // 安全管理员
  | 'audit-admin' // 审计管理员
  | 'system';

/** Who acts, for which post, in which capacity. Taken from the session, never from a request body (architecture §6). */
export interface Actor {
  readonly person: string;
  readonly post: string;
  readonly role: PostRole;
  /** The unit the post belongs to. */
  readonly unit: string;
  readonly capacity: 'self' | 'deputy' | 'delegate' | 'recorded-for' | 'system';
  readonly authority?: string;
}

/** The office itself, acting through the system: alarms, deliveries, invariants. */
export const SYSTEM: Actor = { person: 'system', post: 'system', role: 'system', unit: 'system', capacity: 'system' };

/** A row of the register that a command rests on; read and locked in the transaction and written into the entry. */
export interface Need {
  readonly of: 'subject' | 'post' | 'unit' | 'binding' | 'pledge';
  readonly id: string;
}

/** Register rows by `<of>/<id>`; `null` where the register has no such row. Ids and codes only, never names. */
export type Facts = { readonly [needed: string]: Json };

/** District policy values by key, each owned by somebody and shown as "district policy, not law". */
export interface Policy {
  readonly hash: string;
  /** The value as written in the policy; throws when the key is not in it, so that a missing value never passes silently. */
  value<T extends Json>(key: string): T;
}

/** What a decision may look at besides the state and the command. Instants are epoch milliseconds. */
export interface Moment {
  /** The database's clock, read under the case's lock, never before the case's last instant. */
  readonly now: number;
  /** When the API received the request; what the law's "in time" looks at where the rule says receipt. */
  readonly received: number;
  readonly caseId: string;
  readonly actor: Actor;
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly policy: Policy;
  readonly facts: Facts;
}

/** The command the office itself gives when a rung of a clock is reached. */
export interface Lapse {
  readonly type: 'lapse';
  readonly clock: string;
  readonly arming: number;
  readonly rung: string;
  /** The instant at which the rung was due; `Moment.now` is the instant at which it fired. */
  readonly reachedAt: number;
}

/** Why something may not be done. `code` is stable and kebab-case; its Chinese text stands in one table at the edge. */
export interface Refusal {
  readonly code: string;
  /** Where law is the reason: the article, e.g. `INS §33`. */
  readonly article?: string;
  /** Values for the text's placeholders: ids, dates, numbers; no personal data. */
  readonly details?: { readonly [key: string]: Json };
}

/**
 * The rung name of the lapse that tells a process its breach was none: a later calendar shows that the clock was not yet
 * due. The breach's own events stay; the process may answer them with one of its own.
 */
export const ANNULLED = 'annulled';

export type Decision<Event> = { readonly events: readonly Event[] } | { readonly refused: Refusal };

export const wrote = <Event>(...events: Event[]): Decision<Event> => ({ events });
export const refused = (code: string, article?: string, details?: Refusal['details']): { refused: Refusal } => ({
  refused: { code, ...(article === undefined ? {} : { article }), ...(details === undefined ? {} : { details }) },
});

/**
 * Whom a notice is for. Symbolic: `cases` finds the post in the transaction, the person is found when the message
 * is frozen. A notice never names a person.
 */
export type Addressee =
  { readonly post: string } | { readonly superiorOf: string } | { readonly role: PostRole; readonly unit?: string };

export type Consequence =
  | {
      readonly does: 'notify';
      readonly to: Addressee;
      readonly template: string;
      readonly urgency: 'digest' | 'at-once';
      /** Values for the template: ids, dates, numbers. */
      readonly details?: { readonly [key: string]: Json };
    }
  /** Opens `<kind>/<key>` with `input` as its first command; an existing one is left as it is. */
  | { readonly does: 'open'; readonly kind: string; readonly key: string; readonly input: Typed }
  /** Gives another case a command, later, in a transaction of its own, at least once. */
  | { readonly does: 'tell'; readonly caseId: string; readonly command: Typed };

/** What lists show. Ids only; names are joined from the register when a list is read. */
export interface Summary {
  readonly stage: string;
  /** The post that must act next; `null` when nobody must. */
  readonly holder: string | null;
  readonly unit: string | null;
  readonly subject?: string;
  readonly cycle?: string;
  /** Set once the case is closed: how it ended. A closed case has no alarms; it may be reopened by a later event. */
  readonly closedAs?: string;
  /** Small figures lists and rates need, e.g. visits due and done. */
  readonly figures?: { readonly [key: string]: number };
}

/** A case is a journal; a process says what may be written in it. */
export interface Process<State = unknown, Command extends Typed = Typed, Event extends Typed = Typed> {
  readonly kind: string;
  /** Rises when `decide`, `clocks` or `consequences` can answer differently; golden journals in CI notice when it should have. */
  readonly revision: number;
  /** Rises when the shape of `State` changes; a row with another version is refolded under its lock. */
  readonly stateVersion: number;
  /** Names of command fields that hold text of people; `cases` seals them into the erasable side table and leaves `{ text: id, digest }`. */
  readonly texts?: readonly string[];
  needs(state: State | undefined, command: Command | Lapse): readonly Need[];
  /** What a command writes, or why the law or the office refuses it. `state` is undefined before the case is opened. */
  decide(state: State | undefined, command: Command | Lapse, at: Moment): Decision<Event>;
  /** The state after one event. Total: every event ever written must still be readable. */
  evolve(state: State | undefined, event: Event): State;
  /** Every clock of the case, running, stopped or ended. */
  clocks(state: State): readonly Clock[];
  /** What an event sets off elsewhere. Notices of ladder rungs are not here: the ladder is data and brings its own. */
  consequences(event: Event, state: State, at: Moment): readonly Consequence[];
  summary(state: State): Summary;
  /** What the case's workflow must do besides waiting, e.g. `open-rounds`; `null` for nothing. Only orchestrating kinds have it. */
  work?(state: State): string | null;
}
