/**
 * Which rounds would a cycle open: for each post its visits, its due day and why, problems first. Pure and sorted: the
 * same register gives the same plan, so that its hash can be confirmed. Writes nothing and knows no database.
 */
import { endOfDay, startOfDay } from '../kernel/civil-day.ts';
import type { WorkCalendar } from '../kernel/calendar.ts';
import { dueOf } from '../kernel/due.ts';
import type { Policy } from '../kernel/process.ts';
import type { RulePack, TrustMark } from '../kernel/rule.ts';
import { holdsOn, type Binding, type Post, type Register, type Subject } from '../register/register.ts';
import { liesUnder } from '../kernel/acting.ts';
import type { CyclePeriod, CycleScope } from './cycle-messages.ts';
import { fallsDue, levelOf, visitsPerYear } from './frequency.ts';
import { sorted, rankOf, type PlanProblem, type PlanProblemCode } from './plan-problems.ts';
import type { PlannedVisit, RoundCommand } from './round-messages.ts';

export type PlanRegister = Pick<
  Register,
  'units' | 'posts' | 'tenures' | 'absences' | 'subjects' | 'bindings' | 'pledges'
>;

export interface PlanRequest {
  /** `2026-Q4`, `2026-Q4/national-day`. */
  readonly cycle: string;
  readonly period: CyclePeriod;
  readonly scope: CycleScope;
  readonly register: PlanRegister;
  /** Keys of rounds that exist already, `<cycle>/<post>`. */
  readonly existing: ReadonlySet<string>;
  /** The day of each subject's last visit, where it had one; matters below four visits a year only. */
  readonly lastVisitedOn?: ReadonlyMap<string, string>;
  readonly calendar: WorkCalendar;
  readonly policy: Policy;
  readonly rules: RulePack;
  readonly today: string;
}

/** Why the visits are due on that day. */
export interface PlanReason {
  readonly rule: string;
  readonly version: string;
  readonly basis: string;
  readonly mark: TrustMark;
  readonly fromOn: string;
  readonly toOn: string;
  readonly provisional: boolean;
}

export interface PlanRow {
  /** 1 …; the order in which rounds are opened. */
  readonly ordinal: number;
  readonly post: string;
  /** Who holds the post on the day of the plan; `null` is a vacancy. */
  readonly person: string | null;
  readonly unit: string;
  readonly roundKey: string;
  readonly visits: readonly PlannedVisit[];
  readonly dueOn: string;
  readonly why: PlanReason;
  readonly problems: readonly PlanProblem[];
}

export interface PlanTotals {
  readonly rounds: number;
  readonly visits: number;
  readonly onSite: number;
  /** Active subjects in scope, planned or not. */
  readonly subjects: number;
  readonly problems: { readonly [code in PlanProblemCode]?: number };
}

export interface CyclePlan {
  readonly cycle: string;
  readonly period: CyclePeriod;
  readonly scope: CycleScope;
  readonly rows: readonly PlanRow[];
  /** Of the plan as a whole; those of a round stand in its row. */
  readonly problems: readonly PlanProblem[];
  readonly totals: PlanTotals;
  readonly provisional: boolean;
}

/** The first command of the round a row becomes. */
export const openingOf = ({ cycle, period }: CyclePlan, row: PlanRow): RoundCommand & { readonly type: 'open' } => ({
  type: 'open',
  cycle,
  period: { fromOn: period.fromOn, toOn: period.toOn },
  post: row.post,
  unit: row.unit,
  person: row.person,
  visits: row.visits,
  dueOn: row.dueOn,
});

/** Throws UnknownRule or RangeError where rules or calendar do not cover the period. */
export function planCycle(request: PlanRequest): CyclePlan {
  const { cycle, period, scope, today } = request;
  const on = today > period.fromOn ? today : period.fromOn;
  const why = reasonOf(request, on);
  const { visits, problems, subjects } = visitsByPost(request, on);
  const facts = factsOf(request, on);
  const rows = [...visits]
    .map(([post, planned]) => rowOf(request, facts, post, planned, why))
    .sort((a, b) => worst(a.row) - worst(b.row) || compare(a.path, b.path) || compare(a.row.post, b.row.post))
    .map(({ row }, index): PlanRow => ({ ordinal: index + 1, ...row }));
  const ofPlan = sorted(why.provisional ? [...problems, provisionalOf(period.toOn, request.calendar)] : problems);
  return {
    cycle,
    period,
    scope,
    rows,
    problems: ofPlan,
    totals: totalsOf(rows, ofPlan, subjects),
    provisional: why.provisional,
  };
}

const provisionalOf = (toOn: string, { knownThrough }: WorkCalendar): PlanProblem => ({
  code: 'provisional-calendar',
  details: { toOn, knownThrough },
});

/** BB-04 to the period's end, counted once: every round of the plan has the same limit. */
function reasonOf({ period, rules, calendar }: PlanRequest, on: string): PlanReason {
  const rule = rules.rule('BB-04', on);
  const startedAt = Math.min(startOfDay(on), endOfDay(period.toOn));
  const clock = { id: 'period', rule: rule.id, startedAt, dueOn: period.toOn, stops: [], extensions: [] };
  const due = dueOf(clock, rule, calendar);
  return {
    rule: rule.id,
    version: rule.version,
    basis: rule.basis,
    mark: rule.mark,
    fromOn: period.fromOn,
    toOn: period.toOn,
    provisional: due?.provisional ?? false,
  };
}

interface Planned {
  readonly visits: ReadonlyMap<string, readonly PlannedVisit[]>;
  readonly problems: readonly PlanProblem[];
  readonly subjects: number;
}

function visitsByPost(request: PlanRequest, on: string): Planned {
  const { register, policy, scope, period, lastVisitedOn } = request;
  const onSiteRisks = policy.value<readonly string[]>('supervision.onSiteRisks');
  const bindings = bindingsOn(register.bindings, on);
  const visits = new Map<string, PlannedVisit[]>();
  const problems: PlanProblem[] = [];
  const perYear = new Map<string, number | null>();
  const counted = new Map<string, { code: PlanProblemCode; class: string; level: string; subjects: number }>();
  const count = (code: PlanProblemCode, subjectClass: string, level: string): void => {
    const key = `${code} ${subjectClass} ${level}`;
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { code, class: subjectClass, level, subjects: 1 });
    else known.subjects += 1;
  };

  let subjects = 0;
  for (const subject of register.subjects.values()) {
    if (subject.status !== 'active' || !isInScope(subject, scope, register)) continue;
    subjects += 1;
    const post = register.posts.get(bindings.get(subject.id) ?? '');
    const unit = post === undefined ? undefined : register.units.get(post.unit);
    if (post === undefined || unit === undefined || !holdsOn(post, on)) {
      problems.push({ code: 'unbound', details: { subject: subject.id, unit: subject.unit, class: subject.class } });
      continue;
    }
    const level = levelOf(unit.kind);
    const key = `${subject.class} ${level}`;
    let figure = perYear.get(key);
    if (figure === undefined) perYear.set(key, (figure = visitsPerYear(policy, subject.class, level, on)));
    if (figure === null) {
      count('frequency-unset', subject.class, level);
      continue;
    }
    // A key period asks for a visit beside the quarter's; only the quarter follows the yearly figure.
    if (scope.kind === 'quarter' && !fallsDue(figure, lastVisitedOn?.get(subject.id), period.toOn)) continue;
    if (scope.kind === 'quarter' && figure > 4) count('more-than-one-a-period', subject.class, level);
    const visit = { subject: subject.id, onSite: onSiteRisks.includes(subject.risk) };
    const planned = visits.get(post.id);
    if (planned === undefined) visits.set(post.id, [visit]);
    else planned.push(visit);
  }
  for (const planned of visits.values()) planned.sort((a, b) => (a.subject < b.subject ? -1 : 1));
  for (const { code, ...details } of counted.values()) problems.push({ code, details });
  return { visits, problems, subjects };
}

/** Subject → post on the day; where the register holds two, the one with the smaller id, so that the plan is stable. */
function bindingsOn(bindings: ReadonlyMap<string, Binding>, on: string): ReadonlyMap<string, string> {
  const found = new Map<string, Binding>();
  for (const binding of bindings.values()) {
    if (!holdsOn(binding, on)) continue;
    const known = found.get(binding.subject);
    if (known === undefined || binding.id < known.id) found.set(binding.subject, binding);
  }
  return new Map([...found].map(([subject, { post }]) => [subject, post]));
}

function isInScope(subject: Subject, scope: CycleScope, { units }: PlanRegister): boolean {
  if (scope.class !== undefined && scope.class !== subject.class) return false;
  return scope.unit === undefined || liesUnder(units.get(subject.unit)?.path ?? '', scope.unit);
}

/** Who holds each post on the day, who is away in the period, who has signed: looked up once. */
interface PeopleFacts {
  readonly holders: ReadonlyMap<string, string>;
  readonly away: ReadonlyMap<
    string,
    { readonly fromOn: string; readonly toOn: string; readonly deputy: string | null }
  >;
  readonly pledged: ReadonlySet<string>;
}

function factsOf({ register, period, policy }: PlanRequest, on: string): PeopleFacts {
  const holders = new Map<string, string>();
  const tenures = [...register.tenures.values()].filter((tenure) => holdsOn(tenure, on));
  for (const { post, person } of tenures.sort((a, b) => (a.id < b.id ? 1 : -1))) holders.set(post, person);
  const away = new Map<string, { fromOn: string; toOn: string; deputy: string | null }>();
  const absences = [...register.absences.values()].filter(({ fromOn, toOn }) => fromOn <= period.toOn && toOn >= on);
  for (const { person, fromOn, toOn, deputy } of absences.sort((a, b) => (a.fromOn < b.fromOn ? 1 : -1)))
    away.set(person, { fromOn, toOn, deputy });
  const version = policy.value<string>('pledge.version');
  const pledged = new Set<string>();
  for (const pledge of register.pledges.values())
    if (pledge.version === version && pledge.signedOn <= on) pledged.add(`${pledge.post}/${pledge.person}`);
  return { holders, away, pledged };
}

function rowOf(
  { cycle, register, existing }: PlanRequest,
  facts: PeopleFacts,
  postId: string,
  visits: readonly PlannedVisit[],
  why: PlanReason,
): { readonly row: Omit<PlanRow, 'ordinal'>; readonly path: string } {
  const post = register.posts.get(postId);
  if (post === undefined) throw new Error(`no post ${postId} in the register`);
  const person = facts.holders.get(postId) ?? null;
  const roundKey = `${cycle}/${postId}`;
  const problems = problemsOf(post, person, facts);
  if (existing.has(roundKey)) problems.push({ code: 'already-in-period', details: { post: postId, round: roundKey } });
  const row = {
    post: postId,
    person,
    unit: post.unit,
    roundKey,
    visits,
    dueOn: why.toOn,
    why,
    problems: sorted(problems),
  };
  return { row, path: register.units.get(post.unit)?.path ?? '' };
}

function problemsOf({ id, superior }: Post, person: string | null, { away, pledged }: PeopleFacts): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (superior === null) problems.push({ code: 'no-superior', details: { post: id } });
  if (person === null) return [...problems, { code: 'vacancy', details: { post: id } }];
  const absence = away.get(person);
  if (absence !== undefined) problems.push({ code: 'absence', details: { post: id, ...absence } });
  if (!pledged.has(`${id}/${person}`)) problems.push({ code: 'no-pledge', details: { post: id } });
  return problems;
}

/** By UTF-16 code unit: the same order on every host. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Rows without a problem come last. */
const worst = ({ problems }: Pick<PlanRow, 'problems'>): number =>
  problems[0] === undefined ? Number.MAX_SAFE_INTEGER : rankOf(problems[0]);

function totalsOf(rows: readonly PlanRow[], ofPlan: readonly PlanProblem[], subjects: number): PlanTotals {
  const problems: { [code in PlanProblemCode]?: number } = {};
  for (const { code } of [...ofPlan, ...rows.flatMap((row) => row.problems)])
    problems[code] = (problems[code] ?? 0) + 1;
  const visits = rows.flatMap((row) => row.visits);
  return {
    rounds: rows.length,
    visits: visits.length,
    onSite: visits.filter(({ onSite }) => onSite).length,
    subjects,
    problems,
  };
}
