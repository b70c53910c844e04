/** What a cycle knows: its plan's progress, its period and its frozen figures. Decides nothing. */
import type { Clock, Stop } from '../kernel/clock.ts';
import { PAUSE_CAUSE, resumed } from '../kernel/case-clock.ts';
import type {
  CycleEvent,
  CyclePeriod,
  CycleScope,
  RateFigure,
  RateName,
  ToldRounds,
  UnitFigures,
} from './cycle-messages.ts';

export type CycleStage =
  'opening' | 'running' | 'paused' | 'freezing' | 'reported' | 'withdrawing' | 'withdrawn' | 'closed';

export interface FrozenFigures {
  readonly rates: Readonly<Record<RateName, RateFigure>>;
  readonly coverage: RateFigure;
  readonly byUnit: readonly UnitFigures[];
  readonly at: number;
}

export interface Cycle {
  readonly title: string;
  readonly period: CyclePeriod;
  readonly scope: CycleScope;
  /** The preview confirmed first, then those of late joiners. */
  readonly planHashes: readonly string[];
  /** Rows of the plan; ordinals 1 … `rounds`. */
  readonly rounds: number;
  readonly visits: number;
  readonly provisional: boolean;
  readonly openedBy: string;
  readonly unit: string | null;
  readonly startedAt: number;
  /** Paging: the last row whose round was opened, existed or failed; 0 before the first page. */
  readonly lastOrdinal: number;
  readonly opened: number;
  readonly existing: number;
  readonly failed: number;
  readonly stops: readonly Stop[];
  /** What the rounds must still be told. */
  readonly telling: ToldRounds | null;
  readonly periodEndedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly figures: FrozenFigures | null;
  readonly followUps: readonly { readonly unit: string; readonly rates: readonly RateName[] }[];
  readonly closedAt: number | null;
}

export const isOpening = ({ lastOrdinal, rounds }: Cycle): boolean => lastOrdinal < rounds;
export const isStopped = ({ stops }: Cycle): boolean => stops.some(({ to }) => to === undefined);

export function stageOf(state: Cycle): CycleStage {
  if (state.closedAt !== null) return 'closed';
  if (state.withdrawnAt !== null) return state.telling === 'withdraw' ? 'withdrawing' : 'withdrawn';
  if (state.figures !== null) return 'reported';
  if (state.periodEndedAt !== null) return 'freezing';
  if (isStopped(state)) return 'paused';
  return isOpening(state) ? 'opening' : 'running';
}

/** BB-04 over the whole scope; its due rung starts the freezing. */
export function cycleClock(state: Cycle): Clock {
  const endedAt = state.closedAt ?? state.withdrawnAt;
  return {
    id: 'period',
    rule: 'BB-04',
    startedAt: state.startedAt,
    dueOn: state.period.toOn,
    stops: state.stops,
    extensions: [],
    ladder: 'cycle',
    ...(endedAt === null ? {} : { endedAt }),
  };
}

export function evolveCycle(state: Cycle | undefined, event: CycleEvent): Cycle {
  if (event.type === 'opened') {
    const { title, period, scope, planHash, rounds, visits, provisional, startedAt, by } = event;
    return {
      title,
      period,
      scope,
      planHashes: [planHash],
      rounds,
      visits,
      provisional,
      openedBy: by.post,
      unit: scope.unit ?? null,
      startedAt,
      lastOrdinal: 0,
      opened: 0,
      existing: 0,
      failed: 0,
      stops: [],
      telling: null,
      periodEndedAt: null,
      withdrawnAt: null,
      figures: null,
      followUps: [],
      closedAt: null,
    };
  }
  if (state === undefined) throw new Error(`${event.type} before opened`);
  switch (event.type) {
    case 'page-opened':
      return {
        ...state,
        lastOrdinal: event.lastOrdinal,
        opened: state.opened + event.opened,
        existing: state.existing + event.existing,
        failed: state.failed + event.failed,
      };
    case 'running':
      return state;
    case 'rounds-told':
      return { ...state, telling: state.telling === event.told ? null : state.telling };
    case 'paused': {
      const stop = { cause: PAUSE_CAUSE, from: event.at, document: event.document };
      return { ...state, stops: [...state.stops, stop], telling: state.lastOrdinal === 0 ? null : 'pause' };
    }
    case 'resumed':
      return {
        ...state,
        stops: resumed(state.stops, event.at),
        telling: state.lastOrdinal === 0 ? null : 'resume',
      };
    case 'late-added':
      return {
        ...state,
        planHashes: [...state.planHashes, event.planHash],
        rounds: state.rounds + event.rounds,
        visits: state.visits + event.visits,
      };
    case 'withdrawn':
      return { ...state, withdrawnAt: event.at, telling: state.lastOrdinal === 0 ? null : 'withdraw' };
    case 'period-ended':
      return { ...state, periodEndedAt: event.at };
    case 'period-resumed':
      return { ...state, periodEndedAt: null };
    case 'figures-frozen': {
      const { rates, coverage, byUnit, at } = event;
      return { ...state, figures: { rates, coverage, byUnit, at } };
    }
    case 'follow-up-proposed':
      return { ...state, followUps: [...state.followUps, { unit: event.unit, rates: event.rates }] };
    case 'closed':
      return { ...state, closedAt: event.at };
  }
}
