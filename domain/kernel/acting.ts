/** Who acts and for whom may they act: the office's say over units, by post and role. Knows no case. */
import type { Actor, Facts, Json, PostRole } from './process.ts';

/** Who did something, as it stands in an event: ids only. */
export interface Stamp {
  readonly person: string;
  readonly post: string;
  readonly capacity: Actor['capacity'];
}

export const stampOf = ({ person, post, capacity }: Actor): Stamp => ({ person, post, capacity });

/** The office itself: alarms, deliveries from other cases, the register's inbox. */
export const isSystem = (actor: Actor): boolean => actor.role === 'system';

/** `subject/<id>` as the register answers it; codes only. */
export interface SubjectFact {
  readonly status: string;
  readonly class: string;
  readonly risk: string;
  readonly unit: string;
}

/** `post/<id>` as the register answers it. `unitPath` holds unit ids from the district down, each followed by `/`. */
export interface PostFact {
  readonly unit: string;
  readonly unitPath: string;
  readonly role: PostRole;
  readonly superior: string | null;
  /** The person who holds the post today; `null` while it is vacant. */
  readonly holder: string | null;
}

/** `unit/<id>` as the register answers it. */
export interface UnitFact {
  readonly path: string;
}

const factOf = <Fact>(facts: Facts, key: string): Fact | null => {
  const fact: Json | undefined = facts[key];
  return fact === undefined || fact === null ? null : (fact as Fact);
};

export const subjectFact = (facts: Facts, id: string): SubjectFact | null => factOf(facts, `subject/${id}`);
export const postFact = (facts: Facts, id: string): PostFact | null => factOf(facts, `post/${id}`);
export const unitFact = (facts: Facts, id: string): UnitFact | null => factOf(facts, `unit/${id}`);

/** Whether `unit` is the unit at the end of `path` or one above it. */
export const liesUnder = (path: string, unit: string): boolean => `/${path}`.includes(`/${unit}/`);

/** Where a case lies: its unit and, when the register knows it, the path down to it. */
export interface Place {
  readonly unit: string;
  readonly path: string | null;
}

const isOver = (actor: Actor, { unit, path }: Place): boolean =>
  actor.unit === unit || (path !== null && liesUnder(path, actor.unit));

/** 区食药安办 for the whole district, 镇街食安办 for its own town and what lies under it. */
export const isOfficeOver = (actor: Actor, place: Place): boolean =>
  actor.role === 'district-office' || (actor.role === 'town-office' && isOver(actor, place));

/** The office, or the head of the town: who may urge and watch. */
export const isAbove = (actor: Actor, place: Place): boolean =>
  isOfficeOver(actor, place) ||
  actor.role === 'district-leader' ||
  (actor.role === 'town-head' && isOver(actor, place));

/** 市场监管所 of the place: its officers and their head. */
export const isRegulatorOf = (actor: Actor, place: Place): boolean =>
  (actor.role === 'regulator' || actor.role === 'regulator-head') && isOver(actor, place);
