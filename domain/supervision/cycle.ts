/**
 * One period of supervision over the district or a part of it, from the confirmed plan to the frozen figures
 * (BB-04, BB-09, BB-10). Knows no single visit: rounds are read set-based by the activities that page and count.
 */
import { isCivilDate, startOfDay } from '../kernel/civil-day.ts';
import {
  ANNULLED,
  refused,
  wrote,
  type Decision,
  type Lapse,
  type Moment,
  type Need,
  type Process,
} from '../kernel/process.ts';
import { isSystem, liesUnder, stampOf, unitFact } from '../kernel/acting.ts';
import type { CycleCommand, CycleEvent, RateFigure, RateName, UnitFigures } from './cycle-messages.ts';
import { cycleConsequences } from './cycle-notices.ts';
import { cycleClock, evolveCycle, isOpening, isStopped, stageOf, type Cycle } from './cycle-state.ts';

export const cycle: Process<Cycle, CycleCommand, CycleEvent> = {
  kind: 'cycle',
  revision: 1,
  stateVersion: 1,
  texts: ['reason', 'note'],
  needs,
  decide,
  evolve: evolveCycle,
  clocks: (state) => [cycleClock(state)],
  consequences: cycleConsequences,
  summary(state) {
    const stage = stageOf(state);
    const isOver = stage === 'closed' || stage === 'withdrawn';
    return {
      stage,
      holder: isOver ? null : state.openedBy,
      unit: state.unit,
      ...(isOver ? { closedAs: stage } : {}),
      figures: {
        rounds: state.rounds,
        visits: state.visits,
        opened: state.opened,
        existing: state.existing,
        failed: state.failed,
        lastOrdinal: state.lastOrdinal,
      },
    };
  },
  work: workOf,
};

/** What the driver's paging must do: `open-rounds`, `pause-rounds`, `resume-rounds`, `withdraw-rounds`, `freeze-figures`. */
export type CycleWork = 'open-rounds' | 'pause-rounds' | 'resume-rounds' | 'withdraw-rounds' | 'freeze-figures';

export function workOf(state: Cycle): CycleWork | null {
  if (state.telling !== null) return `${state.telling}-rounds`;
  if (state.withdrawnAt !== null || state.closedAt !== null || isStopped(state)) return null;
  if (isOpening(state)) return 'open-rounds';
  return state.periodEndedAt !== null && state.figures === null ? 'freeze-figures' : null;
}

function needs(state: Cycle | undefined, command: CycleCommand | Lapse): readonly Need[] {
  const unit = command.type === 'open' ? command.scope.unit : state?.unit;
  return unit === undefined || unit === null || command.type === 'lapse' ? [] : [{ of: 'unit', id: unit }];
}

function decide(state: Cycle | undefined, command: CycleCommand | Lapse, at: Moment): Decision<CycleEvent> {
  const done = { by: stampOf(at.actor), at: at.now };
  if (command.type === 'open') return state === undefined ? opened(command, at) : refused('already-open');
  if (state === undefined) return refused('not-open');
  switch (command.type) {
    case 'lapse':
      if (!isSystem(at.actor)) return refused('not-allowed');
      if (command.clock !== 'period' || isOver(state) || state.figures !== null) return wrote();
      if (command.rung === ANNULLED)
        return state.periodEndedAt === null ? wrote() : wrote({ type: 'period-resumed', ...done });
      return command.rung === 'due' && state.periodEndedAt === null
        ? wrote({ type: 'period-ended', ...done })
        : wrote();
    case 'rounds-opened':
      return isSystem(at.actor) ? paged(state, command, at) : refused('not-allowed');
    case 'rounds-told':
      if (!isSystem(at.actor)) return refused('not-allowed');
      return state.telling === command.told
        ? wrote({ type: 'rounds-told', told: command.told, rounds: command.rounds, ...done })
        : wrote();
    case 'figures-frozen':
      return isSystem(at.actor) ? frozen(state, command, at) : refused('not-allowed');
    case 'pause':
    case 'resume':
    case 'add-late':
    case 'withdraw':
    case 'close':
      return led(state, command, at);
  }
}

const isOver = (state: Cycle): boolean => state.closedAt !== null || state.withdrawnAt !== null;

/** 区食药安办 leads any cycle; 镇街食安办 leads those of its own unit. */
function refuseLeader(unit: string | null | undefined, { actor, facts }: Moment): 'not-office' | 'other-unit' | null {
  if (actor.role === 'district-office') return null;
  if (actor.role !== 'town-office') return 'not-office';
  if (unit === null || unit === undefined) return 'other-unit';
  const path = unitFact(facts, unit)?.path;
  return unit === actor.unit || (path !== undefined && liesUnder(path, actor.unit)) ? null : 'other-unit';
}

function opened(command: Extract<CycleCommand, { type: 'open' }>, at: Moment): Decision<CycleEvent> {
  const { title, period, scope, planHash, rounds, visits, provisional } = command;
  const refusal = refuseLeader(scope.unit, at);
  if (refusal !== null) return refused(refusal);
  if (!isCivilDate(period.fromOn) || !isCivilDate(period.toOn) || period.fromOn > period.toOn)
    return refused('bad-period');
  if (rounds === 0) return refused('empty-plan');
  const startedAt = Math.max(at.now, startOfDay(period.fromOn));
  const by = stampOf(at.actor);
  return wrote({
    type: 'opened',
    title,
    period,
    scope,
    planHash,
    rounds,
    visits,
    provisional,
    startedAt,
    by,
    at: at.now,
  });
}

/** A page told twice is heard once. */
function paged(
  state: Cycle,
  { opened: some, existing, failed, lastOrdinal }: Extract<CycleCommand, { type: 'rounds-opened' }>,
  at: Moment,
): Decision<CycleEvent> {
  if (isOver(state) || lastOrdinal <= state.lastOrdinal) return wrote();
  const done = { by: stampOf(at.actor), at: at.now };
  const page: CycleEvent = { type: 'page-opened', opened: some, existing, failed, lastOrdinal, ...done };
  return lastOrdinal >= state.rounds ? wrote<CycleEvent>(page, { type: 'running', ...done }) : wrote(page);
}

function led(
  state: Cycle,
  command: Extract<CycleCommand, { type: 'pause' | 'resume' | 'add-late' | 'withdraw' | 'close' }>,
  at: Moment,
): Decision<CycleEvent> {
  const refusal = refuseLeader(state.unit, at);
  if (refusal !== null) return refused(refusal);
  if (isOver(state)) return refused('cycle-closed');
  const done = { by: stampOf(at.actor), at: at.now };
  switch (command.type) {
    case 'pause':
      if (isStopped(state)) return refused('already-paused');
      if (state.periodEndedAt !== null) return refused('period-over');
      return wrote({ type: 'paused', reason: command.reason, document: command.document, ...done });
    case 'resume':
      return isStopped(state)
        ? wrote({ type: 'resumed', reason: command.reason, document: command.document, ...done })
        : refused('not-paused');
    case 'add-late': {
      const { planHash, rounds, visits, reason } = command;
      if (state.periodEndedAt !== null) return refused('period-over');
      if (rounds === 0) return refused('nothing-to-add');
      return wrote({ type: 'late-added', planHash, rounds, visits, reason, ...done });
    }
    case 'withdraw':
      if (state.periodEndedAt !== null) return refused('period-over');
      return command.touched > 0
        ? refused('already-touched', undefined, { rounds: command.touched })
        : wrote({ type: 'withdrawn', reason: command.reason, ...done });
    case 'close':
      return state.figures === null
        ? refused('not-reported')
        : wrote({ type: 'closed', note: command.note ?? null, ...done });
  }
}

const RATES: readonly RateName[] = ['binding', 'pledge', 'completion'];

const isFigure = ({ numerator, denominator }: Omit<RateFigure, 'digest'>): boolean =>
  Number.isSafeInteger(numerator) && numerator >= 0 && numerator <= denominator;

const isBelow = ({ numerator, denominator }: Omit<RateFigure, 'digest'>): boolean => numerator < denominator;

/** Frozen once; a second freezing is heard and changes nothing. Units below 100 % are proposed for 督查 (BB-09). */
function frozen(
  state: Cycle,
  { rates, coverage, byUnit }: Extract<CycleCommand, { type: 'figures-frozen' }>,
  at: Moment,
): Decision<CycleEvent> {
  if (state.figures !== null) return wrote();
  if (state.periodEndedAt === null || isOver(state)) return refused('not-freezing');
  if (isOpening(state)) return refused('rounds-not-opened');
  const figures = [
    ...RATES.map((rate) => rates[rate]),
    coverage,
    ...byUnit.flatMap((unit) => RATES.map((r) => unit[r])),
  ];
  if (!figures.every(isFigure)) return refused('bad-figures');
  const done = { by: stampOf(at.actor), at: at.now };
  const under = (unit: UnitFigures): readonly RateName[] => RATES.filter((rate) => isBelow(unit[rate]));
  const followUps = byUnit
    .map((unit) => ({ unit: unit.unit, rates: under(unit) }))
    .filter(({ rates: below }) => below.length > 0)
    .map((followUp): CycleEvent => ({ type: 'follow-up-proposed', ...followUp, ...done }));
  return wrote({ type: 'figures-frozen', rates, coverage, byUnit, ...done }, ...followUps);
}
