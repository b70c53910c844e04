/** A town with a cadre, an office and a station, and the real rules, calendar and policy, for stories without a database. */
import { loadOfficeData } from '../../../cases/office-data.ts';
import { compileCalendar } from '../../../domain/kernel/calendar.ts';
import type {
  Actor,
  Consequence,
  Decision,
  Facts,
  Json,
  Lapse,
  Moment,
  Policy,
  Process,
  Typed,
} from '../../../domain/kernel/process.ts';
import type { TextRef } from '../../../domain/kernel/text.ts';
import { ALL_RULES, compileRules, type PolicyValues } from '../../../domain/rules/index.ts';
import type { CheckedItem, EvidenceRef, RoundCommand } from '../../../domain/supervision/round-messages.ts';

const data = loadOfficeData();
const newestCalendar = data.calendars.at(-1);
const newestPolicy = data.policies.at(-1);
if (newestCalendar === undefined || newestPolicy === undefined) throw new Error('no calendar or policy in data/');

export const calendar = compileCalendar(newestCalendar, 'calendar');
export const VALUES: PolicyValues = newestPolicy.values;

export const rulesWith = (changed: { readonly [key: string]: Json } = {}) =>
  compileRules(ALL_RULES, changedValues(changed), 'rules');

export const policyWith = (changed: { readonly [key: string]: Json } = {}): Policy => {
  const values = changedValues(changed);
  return {
    hash: 'policy',
    value<T extends Json>(key: string): T {
      const entry = values[key];
      if (entry === undefined) throw new Error(`no policy value ${key}`);
      return entry.value as T;
    },
  };
};

function changedValues(changed: { readonly [key: string]: Json }): PolicyValues {
  const entries = Object.entries(changed).map(([key, value]) => {
    const entry = VALUES[key];
    if (entry === undefined) throw new Error(`no policy value ${key}`);
    return [key, { ...entry, value }] as const;
  });
  return { ...VALUES, ...Object.fromEntries(entries) };
}

const rules = rulesWith();
const policy = policyWith();

/** Local time in Shanghai, e.g. `2026-11-24T10:00`; a day alone is its 00:00. */
export const at = (local: string): number => Date.parse(`${local.length === 10 ? `${local}T00:00` : local}+08:00`);

const acting = (person: string, post: string, role: Actor['role'], unit: string): Actor => ({
  person,
  post,
  role,
  unit,
  capacity: 'self',
});

export const SYSTEM_ACTOR: Actor = { ...acting('system', 'system', 'system', 'system'), capacity: 'system' };
export const CADRE = acting('p-cadre', 'post-cadre', 'cadre', 'c-1');
export const OTHER_CADRE = acting('p-other', 'post-other', 'cadre', 'c-2');
export const TOWN_OFFICE = acting('p-town', 'post-town-office', 'town-office', 't-1');
export const OTHER_TOWN_OFFICE = acting('p-town2', 'post-town2-office', 'town-office', 't-2');
export const TOWN_HEAD = acting('p-head', 'post-town-head', 'town-head', 't-1');
export const DISTRICT_OFFICE = acting('p-district', 'post-district-office', 'district-office', 'd-1');
export const REGULATOR = acting('p-reg1', 'post-regulator', 'regulator', 't-1');
export const SECOND_REGULATOR = acting('p-reg2', 'post-regulator-2', 'regulator', 't-1');
export const OTHER_TOWN_REGULATOR = acting('p-reg3', 'post-regulator-3', 'regulator', 't-2');
export const STATION_HEAD = acting('p-chief', 'post-regulator-head', 'regulator-head', 't-1');
export const BUREAU = acting('p-bureau', 'post-bureau', 'officer', 'dep-1');
export const BUREAU_HEAD = acting('p-bureau-head', 'post-bureau-head', 'department-head', 'dep-1');

const post = (unit: string, unitPath: string, role: string, holder: string | null): Json => ({
  unit,
  unitPath,
  role,
  superior: 'post-town-head',
  holder,
});
const subject = (risk: string, status = 'active'): Json => ({ status, class: 'D', risk, unit: 'c-1' });

/** The register every story starts from. */
export const REGISTER: Facts = {
  'post/post-cadre': post('c-1', 'd-1/t-1/c-1/', 'cadre', 'p-cadre'),
  'post/post-other': post('c-2', 'd-1/t-1/c-2/', 'cadre', 'p-other'),
  'post/post-vacant': post('c-3', 'd-1/t-1/c-3/', 'cadre', null),
  'post/post-regulator-2': post('t-1', 'd-1/t-1/', 'regulator', 'p-reg2'),
  'post/post-bureau': post('dep-1', 'd-1/dep-1/', 'officer', 'p-bureau'),
  'unit/c-1': { path: 'd-1/t-1/c-1/' },
  'unit/t-1': { path: 'd-1/t-1/' },
  'subject/s1': subject('low'),
  'subject/s2': subject('low'),
  'subject/s3': subject('high'),
  'subject/s4': subject('low'),
  'subject/s-closed': subject('low', 'closed'),
};

export interface Step<C> {
  readonly when: string;
  /** When the request was received; `when` unless told otherwise. */
  readonly received?: string;
  readonly by: Actor;
  readonly does: C | Lapse;
  readonly register?: Facts;
  readonly policy?: { readonly [key: string]: Json };
}

export interface Told<S, E> {
  readonly state: S | undefined;
  readonly events: readonly E[];
  readonly consequences: readonly Consequence[];
  /** Codes in order; `null` for a command that was written. */
  readonly refusals: readonly (string | null)[];
}

export function momentOf<S, C extends Typed, E extends Typed>(
  process: Process<S, C, E>,
  caseId: string,
  state: S | undefined,
  step: Step<C>,
): Moment {
  const register: Facts = { ...REGISTER, ...step.register };
  const asked = process.needs(state, step.does).map(({ of, id }) => `${of}/${id}`);
  // A decision sees what it asked for and nothing else, as in the database.
  const facts = Object.fromEntries(asked.map((key) => [key, register[key] ?? null]));
  const now = at(step.when);
  const changed = step.policy !== undefined;
  return {
    now,
    received: step.received === undefined ? now : at(step.received),
    caseId,
    actor: step.by,
    rules: changed ? rulesWith(step.policy) : rules,
    calendar,
    policy: changed ? policyWith(step.policy) : policy,
    facts,
  };
}

/** What one command answers on a state. */
export const tried = <S, C extends Typed, E extends Typed>(
  process: Process<S, C, E>,
  caseId: string,
  state: S | undefined,
  step: Step<C>,
): Decision<E> => process.decide(state, step.does, momentOf(process, caseId, state, step));

/** A story: each command decided and folded in turn; refused ones change nothing. */
export function told<S, C extends Typed, E extends Typed>(
  process: Process<S, C, E>,
  caseId: string,
  steps: readonly Step<C>[],
): Told<S, E> {
  let state: S | undefined;
  const events: E[] = [];
  const consequences: Consequence[] = [];
  const refusals: (string | null)[] = [];
  for (const step of steps) {
    const moment = momentOf(process, caseId, state, step);
    const decision = process.decide(state, step.does, moment);
    if ('refused' in decision) {
      refusals.push(decision.refused.code);
      continue;
    }
    refusals.push(null);
    for (const event of decision.events) state = process.evolve(state, event);
    if (state !== undefined)
      for (const event of decision.events) consequences.push(...process.consequences(event, state, moment));
    events.push(...decision.events);
  }
  return { state, events, consequences, refusals };
}

export const lapse = (clock: string, rung = 'due'): Lapse => ({ type: 'lapse', clock, arming: 1, rung, reachedAt: 0 });

export const words = (text = 't-1'): TextRef => ({ text, digest: `digest of ${text}` });

export const photo = (takenOn: string): EvidenceRef => ({ digest: 'a'.repeat(64), takenOn });

interface ListedItem {
  readonly code: string;
  readonly required: boolean;
}

/** Every item of the checklist, met. */
export const ALL_MET: readonly CheckedItem[] = (VALUES['supervision.checklist']?.value as readonly unknown[]).map(
  (item) => ({ code: (item as ListedItem).code, met: true }),
);

export const ROUND_ID = 'round/2026-Q4/post-cadre';

export const openRound = (...subjects: readonly string[]): Step<RoundCommand> => ({
  when: '2026-10-01T08:00',
  by: SYSTEM_ACTOR,
  does: {
    type: 'open',
    cycle: '2026-Q4',
    period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
    post: 'post-cadre',
    unit: 'c-1',
    person: 'p-cadre',
    visits: subjects.map((id) => ({ subject: id, onSite: id === 's3' })),
    dueOn: '2026-12-31',
  },
});

/** A visit on site that nothing is wrong with. */
export const visit = (
  id: string,
  subjectId: string,
  visitedOn: string,
  changed: Partial<Extract<RoundCommand, { type: 'record-visit' }>> = {},
): Extract<RoundCommand, { type: 'record-visit' }> => ({
  type: 'record-visit',
  visit: id,
  subject: subjectId,
  visitedOn,
  mode: 'on-site',
  items: ALL_MET,
  findings: [],
  evidence: [photo(visitedOn)],
  confirmedBy: 'business',
  ...changed,
});
