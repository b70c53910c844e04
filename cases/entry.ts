/** What stands in an entry, and how a case is folded from its entries. Pure apart from hashing. */
import { createHash } from 'node:crypto';
import { afterKernelEvent, type Armings, type KernelEvent } from '../domain/kernel/alarms.ts';
import { canonical } from '../domain/kernel/journal.ts';
import type { Actor, Facts, Lapse, Typed } from '../domain/kernel/process.ts';
import type { AnyProcess } from './deps.ts';

/** Why the entry exists. */
export type Cause =
  | { readonly type: 'command'; readonly command: Typed; readonly key: string }
  | { readonly type: 'lapse'; readonly lapse: Lapse }
  /** Told by another case: the row of its inbox. */
  | { readonly type: 'told'; readonly command: Typed; readonly from: string }
  /** A calendar, ladder or policy was published, or a build counts differently; the case was re-armed. */
  | { readonly type: 'recount'; readonly publication: string };

/** By content hash: what an auditor needs to decide again. */
export interface Versions {
  readonly rules: string;
  readonly calendar: string;
  readonly policy: string;
  readonly ladders: { readonly [name: string]: string };
}

export interface EntryContent {
  readonly v: 1;
  readonly kind: string;
  readonly cause: Cause;
  readonly actor: Actor;
  readonly at: number;
  readonly received: number;
  readonly events: readonly Typed[];
  readonly kernel: readonly KernelEvent[];
  readonly facts: Facts;
  readonly versions: Versions;
  readonly revision: number;
  readonly stateVersion: number;
  readonly build: string;
  /** SHA-256 of the canonical state and armings after this entry. */
  readonly state: string;
}

export interface Fold {
  readonly state: unknown;
  readonly armings: Armings;
}

export const EMPTY: Fold = { state: undefined, armings: {} };

export const foldHash = ({ state, armings }: Fold): string =>
  createHash('sha256').update('zhaodan/state/1\n').update(canonical({ state, armings })).digest('hex');

/** The case after one entry. */
export function afterEntry(process: AnyProcess, fold: Fold, entry: Pick<EntryContent, 'events' | 'kernel'>): Fold {
  return {
    state: entry.events.reduce((state: unknown, event) => process.evolve(state, event), fold.state),
    armings: entry.kernel.reduce(afterKernelEvent, fold.armings),
  };
}

export function parseEntry(body: string): EntryContent {
  return JSON.parse(body) as EntryContent;
}
