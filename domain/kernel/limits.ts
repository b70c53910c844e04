/**
 * The limits a case keeps in its state: begun, stopped, extended, ended, missed. What every process with several clocks
 * shares, so that each says only which of its events does which. Knows no rule's amount and no case.
 */
import type { BudgetUnit, Clock, Extension, Stop } from './clock.ts';

/** One limit as it ran; one that begins anew keeps its id and rises in `restarts`. Instants are epoch ms. */
export interface Limit {
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The last day, where a document or a period sets it. */
  readonly dueOn: string | null;
  readonly extensions: readonly Extension[];
  readonly restarts: number;
  /** When its due rung was reached unmet; a permanent fact. */
  readonly overdueAt: number | null;
  /** The rule, where a limit of this id may rest on several. */
  readonly rule?: string;
  /** The amount, where the case's own document sets it. */
  readonly budget?: { readonly unit: BudgetUnit; readonly amount: number };
  /** The day whose law applies, when it is not the day of the start. */
  readonly lawOn?: string;
  readonly stops?: readonly Stop[];
}

export type Limits<Id extends string> = { readonly [id in Id]?: Limit };

/** What a limit may bring with it when it begins. */
export interface Beginning {
  readonly dueOn?: string | null;
  readonly rule?: string;
  readonly budget?: Limit['budget'];
  readonly lawOn?: string;
}

/** With the limit begun at `startedAt`; one that ran before begins anew. */
export function begun<Id extends string>(
  limits: Limits<Id>,
  id: Id,
  startedAt: number,
  { dueOn = null, rule, budget, lawOn }: Beginning = {},
): Limits<Id> {
  const before = limits[id];
  const limit: Limit = {
    startedAt,
    endedAt: null,
    dueOn,
    extensions: [],
    restarts: before === undefined ? 0 : before.restarts + 1,
    overdueAt: null,
    ...(rule === undefined ? {} : { rule }),
    ...(budget === undefined ? {} : { budget }),
    ...(lawOn === undefined ? {} : { lawOn }),
  };
  return { ...limits, [id]: limit };
}

/** With the limit changed; as it was where it never began. */
export function changed<Id extends string>(limits: Limits<Id>, id: Id, change: Partial<Limit>): Limits<Id> {
  const limit = limits[id];
  return limit === undefined ? limits : { ...limits, [id]: { ...limit, ...change } };
}

/** With the limit ended, if it runs. */
export const ended = <Id extends string>(limits: Limits<Id>, id: Id, endedAt: number): Limits<Id> =>
  isRunning(limits, id) ? changed(limits, id, { endedAt }) : limits;

/** With the limit longer. */
export const extended = <Id extends string>(limits: Limits<Id>, id: Id, extension: Extension): Limits<Id> =>
  changed(limits, id, { extensions: [...(limits[id]?.extensions ?? []), extension] });

export const isRunning = <Id extends string>(limits: Limits<Id>, id: Id): boolean => limits[id]?.endedAt === null;

/** The limit as the kernel's clock; `null` where it never began. `rule` is used where the limit names none. */
export function clockFrom<Id extends string>(
  limits: Limits<Id>,
  id: Id,
  rule: string,
  closedAt?: number,
): Clock | null {
  const limit = limits[id];
  if (limit === undefined) return null;
  const { startedAt, dueOn, extensions, restarts, budget, lawOn, stops = [] } = limit;
  const endedAt = limit.endedAt ?? closedAt;
  return {
    id,
    rule: limit.rule ?? rule,
    startedAt,
    stops,
    extensions,
    restarts,
    ...(dueOn === null ? {} : { dueOn }),
    ...(budget === undefined ? {} : { budget }),
    ...(lawOn === undefined ? {} : { lawOn }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}
