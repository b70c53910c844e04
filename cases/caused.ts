/** An entry and what it sets off. */
import type { Actor, Consequence } from '../domain/kernel/process.ts';

/** The entry that caused it. */
export interface ConsequenceCause {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly actor: Actor;
}

export interface Caused {
  readonly cause: ConsequenceCause;
  readonly consequences: readonly Consequence[];
}
