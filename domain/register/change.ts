/**
 * What may change in the register, and which of its chains record it. Knows neither what a change means for running
 * work (`effects.ts`) nor whether it is allowed (`amend.ts`).
 */
import type { PostRole } from '../kernel/process.ts';
import type { Risk, SubjectClass, UnitKind } from './register.ts';

/** Personal data of one person; never written into an entry as it is. */
export interface PersonalData {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Stands in an entry for personal data: the erasable text's id and its salted digest. */
export interface SealedData {
  readonly text: string;
  readonly digest: string;
}

interface OfUnits {
  'unit-added': {
    readonly unit: string;
    readonly name: string;
    readonly kind: UnitKind;
    readonly parent: string | null;
  };
  'unit-corrected': { readonly unit: string; readonly name: string };
}

interface OfPosts {
  'post-added': {
    readonly post: string;
    readonly unit: string;
    readonly title: string;
    readonly role: PostRole;
    readonly superior: string | null;
    readonly class: SubjectClass | null;
    readonly on: string;
  };
  'post-ended': { readonly post: string; readonly on: string };
  'post-moved': { readonly post: string; readonly unit: string; readonly superior: string | null; readonly on: string };
  'post-corrected': {
    readonly post: string;
    readonly title: string;
    readonly role: PostRole;
    readonly class: SubjectClass | null;
  };
}

interface OfPeople {
  'person-added': { readonly person: string; readonly data: PersonalData; readonly generated: boolean };
  'person-changed': { readonly person: string; readonly data: PersonalData };
  'tenure-began': { readonly post: string; readonly person: string; readonly on: string };
  /** `on`: the first day on which the person no longer holds the post. */
  'tenure-ended': { readonly post: string; readonly person: string; readonly on: string };
  /** `until`: the last day of the absence. */
  'absence-began': {
    readonly person: string;
    readonly deputy: string | null;
    readonly on: string;
    readonly until: string;
    readonly cause: string;
  };
  /** Back on the day `on`, before the absence's last day. */
  'absence-ended': { readonly person: string; readonly on: string };
  'pledge-signed': {
    readonly person: string;
    readonly post: string;
    readonly version: string;
    readonly on: string;
    readonly withPost: string;
    readonly document: string | null;
  };
  'pledge-withdrawn': { readonly person: string; readonly post: string; readonly version: string; readonly on: string };
}

interface OfSubjects {
  'subject-added': {
    readonly subject: string;
    readonly name: string;
    readonly creditCode: string | null;
    readonly class: SubjectClass;
    readonly risk: Risk;
    readonly trade: string;
    readonly unit: string;
    readonly address: string;
    readonly on: string;
  };
  'subject-closed': { readonly subject: string; readonly on: string };
  'subject-suspended': { readonly subject: string; readonly on: string };
  'subject-reopened': { readonly subject: string; readonly on: string };
  'subject-class-moved': { readonly subject: string; readonly class: SubjectClass; readonly on: string };
  'subject-risk-changed': { readonly subject: string; readonly risk: Risk; readonly on: string };
  'subject-moved': { readonly subject: string; readonly unit: string; readonly address: string; readonly on: string };
  'subject-corrected': {
    readonly subject: string;
    readonly name?: string;
    readonly creditCode?: string | null;
    readonly trade?: string;
    readonly address?: string;
  };
  bound: { readonly subject: string; readonly post: string; readonly on: string };
  /** `on`: the first day on which the binding no longer holds. */
  unbound: { readonly subject: string; readonly post: string; readonly on: string; readonly reason: string };
}

type Changes = OfUnits & OfPosts & OfPeople & OfSubjects;
export type ChangeType = keyof Changes;
export type ChangeOf<T extends ChangeType> = { readonly type: T } & Changes[T];
export type RegisterChange = { [T in ChangeType]: ChangeOf<T> }[ChangeType];

/** A change as an entry keeps it: personal data sealed, everything else as given. */
export type WrittenChange =
  | Exclude<RegisterChange, { readonly data: PersonalData }>
  | (Omit<ChangeOf<'person-added'>, 'data'> & { readonly data: SealedData })
  | (Omit<ChangeOf<'person-changed'>, 'data'> & { readonly data: SealedData });

/** What a change names, by kind. */
export interface Named {
  readonly unit?: string;
  readonly post?: string;
  readonly person?: string;
  readonly subject?: string;
}

/**
 * The chains that record a change, sorted: of everything it is *about*. A binding is told on the subject's chain and on
 * the post's, a tenure on the post's and the person's. A unit or a superior that is only referred to gets no entry.
 */
export function chainsOf(change: RegisterChange): readonly string[] {
  switch (change.type) {
    case 'unit-added':
    case 'unit-corrected':
      return [`unit/${change.unit}`];
    case 'post-added':
    case 'post-ended':
    case 'post-moved':
    case 'post-corrected':
      return [`post/${change.post}`];
    case 'person-added':
    case 'person-changed':
    case 'absence-began':
    case 'absence-ended':
      return [`person/${change.person}`];
    case 'tenure-began':
    case 'tenure-ended':
    case 'pledge-signed':
    case 'pledge-withdrawn':
      return [`person/${change.person}`, `post/${change.post}`];
    case 'bound':
    case 'unbound':
      return [`post/${change.post}`, `subject/${change.subject}`];
    default:
      return [`subject/${change.subject}`];
  }
}

/** Chains that a change only refers to: they are locked with it, so that what it rests on cannot end meanwhile. */
export function referencesOf(change: RegisterChange): readonly string[] {
  const units =
    'unit' in change && change.type !== 'unit-added' && change.type !== 'unit-corrected' ? [`unit/${change.unit}`] : [];
  switch (change.type) {
    case 'unit-added':
      return change.parent === null ? [] : [`unit/${change.parent}`];
    case 'post-added':
    case 'post-moved':
      return change.superior === null ? units : [...units, `post/${change.superior}`];
    case 'absence-began':
      return change.deputy === null ? [] : [`person/${change.deputy}`];
    case 'pledge-signed':
      return [`post/${change.withPost}`];
    default:
      return units;
  }
}

/** What is wrong with a change. `code` is stable; `index` counts the changes of the batch from 0. */
export interface RegisterProblem {
  readonly code: ProblemCode;
  readonly index: number;
  readonly details: { readonly [key: string]: string | null };
}

export type ProblemCode =
  | 'id-shape'
  | 'text-empty'
  | 'text-too-long'
  | 'unit-exists'
  | 'unit-unknown'
  | 'unit-kind'
  | 'post-exists'
  | 'post-unknown'
  | 'post-ended'
  | 'post-superior-loop'
  | 'post-has-bindings'
  | 'post-has-holder'
  | 'person-exists'
  | 'person-unknown'
  | 'tenure-overlaps'
  | 'administrators-apart'
  | 'tenure-unknown'
  | 'absence-overlaps'
  | 'absence-unknown'
  | 'deputy-is-absent-person'
  | 'subject-exists'
  | 'subject-unknown'
  | 'subject-closed'
  | 'subject-not-active'
  | 'subject-not-suspended'
  | 'credit-code-shape'
  | 'credit-code-check'
  | 'credit-code-taken'
  | 'already-bound'
  | 'not-bound'
  | 'subject-still-bound'
  | 'post-guarantees-nobody'
  | 'class-mismatch'
  | 'town-mismatch'
  | 'pledge-exists'
  | 'pledge-unknown'
  | 'pledge-without-tenure'
  | 'date-invalid'
  | 'date-in-future'
  | 'date-order'
  | 'nothing-changed';
