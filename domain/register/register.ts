/**
 * What the register holds: units, posts, tenures, absences, subjects, bindings, pledges, and who is answerable on a day.
 * Knows no names or telephone numbers of people: a person is an id here.
 *
 * Dates: a post, tenure or binding holds from `fromOn` until the day before `toOn` (`toOn` is the first day on which it
 * no longer holds, so that a hand-over on one day leaves no gap and no overlap). An absence lasts through `toOn`.
 */
import type { PostRole } from '../kernel/process.ts';

/** 包保 class: A city, B district, C town, D community (rules-addenda.md §3.1). */
export const SUBJECT_CLASSES = ['A', 'B', 'C', 'D'] as const;
export type SubjectClass = (typeof SUBJECT_CLASSES)[number];

/** 低风险, 中等风险, 较高风险, 高风险. */
export const RISKS = ['low', 'medium', 'elevated', 'high'] as const;
export type Risk = (typeof RISKS)[number];

export type SubjectStatus = 'active' | 'suspended' | 'closed';

/** `city` stands for offices outside the district whose leaders guarantee class A. */
export const UNIT_KINDS = ['city', 'district', 'department', 'town', 'community'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly parent: string | null;
  /** Ids from the top down, each followed by `/`. */
  readonly path: string;
}

export interface Post {
  readonly id: string;
  readonly unit: string;
  readonly title: string;
  readonly role: PostRole;
  readonly superior: string | null;
  /** The class this post may guarantee; `null` for a post that guarantees nobody. */
  readonly class: SubjectClass | null;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** Somebody known to the register. What is personal about them stands outside the domain. */
export interface Person {
  readonly id: string;
  /** Identity of the personal data last written: two equal digests are the same name, e-mail and telephone number. */
  readonly data: string;
}

export interface Tenure {
  readonly id: string;
  readonly person: string;
  readonly post: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

export interface Absence {
  readonly id: string;
  readonly person: string;
  readonly deputy: string | null;
  readonly fromOn: string;
  /** The last day of the absence. */
  readonly toOn: string;
  readonly cause: string;
}

/** A business under guarantee (包保主体). */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly class: SubjectClass;
  readonly risk: Risk;
  readonly status: SubjectStatus;
  readonly trade: string;
  readonly unit: string;
  readonly address: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
}

/** Which post guarantees which subject (包保关系). */
export interface Binding {
  readonly id: string;
  readonly subject: string;
  readonly post: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** A signed 食品安全责任与任务承诺书. */
export interface Pledge {
  readonly id: string;
  readonly person: string;
  readonly post: string;
  readonly version: string;
  readonly signedOn: string;
  /** The post of the head it was signed with. */
  readonly withPost: string;
  /** SHA-256 of the uploaded paper. */
  readonly document: string | null;
}

export interface Register {
  readonly units: ReadonlyMap<string, Unit>;
  readonly posts: ReadonlyMap<string, Post>;
  readonly persons: ReadonlyMap<string, Person>;
  readonly tenures: ReadonlyMap<string, Tenure>;
  readonly absences: ReadonlyMap<string, Absence>;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly pledges: ReadonlyMap<string, Pledge>;
}

export const EMPTY_REGISTER: Register = {
  units: new Map(),
  posts: new Map(),
  persons: new Map(),
  tenures: new Map(),
  absences: new Map(),
  subjects: new Map(),
  bindings: new Map(),
  pledges: new Map(),
};

/** Whether something that holds from `fromOn` until the day before `toOn` holds on the day `on`. */
export const holdsOn = (span: { readonly fromOn: string; readonly toOn: string | null }, on: string): boolean =>
  span.fromOn <= on && (span.toOn === null || on < span.toOn);

/** The town (镇街) a unit belongs to, itself included; `null` for one outside every town. */
export function townOf(units: ReadonlyMap<string, Unit>, unit: string): string | null {
  let at = units.get(unit);
  for (let depth = 0; at !== undefined && depth < 16; depth++) {
    if (at.kind === 'town') return at.id;
    at = at.parent === null ? undefined : units.get(at.parent);
  }
  return null;
}

/** Whether a post of this class may guarantee a subject of that one (层级对应). */
export const classesMatch = (post: SubjectClass | null, subject: SubjectClass): boolean => post === subject;

/**
 * Whether a binding still fits after its subject changed: classes match, and a town's or community's post has the
 * subject in its own town. `null` when it fits, else why not.
 */
export function misfit(
  units: ReadonlyMap<string, Unit>,
  subject: Pick<Subject, 'class' | 'unit'>,
  post: Pick<Post, 'class' | 'unit'>,
): 'class-mismatch' | 'town-mismatch' | null {
  if (!classesMatch(post.class, subject.class)) return 'class-mismatch';
  const postTown = townOf(units, post.unit);
  return postTown !== null && postTown !== townOf(units, subject.unit) ? 'town-mismatch' : null;
}
