/** The laws every limit obeys, whatever its unit, regime, stops and extensions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfDay, localDate, startOfDay } from '../../../domain/kernel/calendar.ts';
import { DAY_MS } from '../../../domain/kernel/civil-day.ts';
import {
  dueOf,
  explain,
  recomputed,
  remainingOf,
  type BudgetUnit,
  type Clock,
  type Stop,
} from '../../../domain/kernel/clock.ts';
import type { RegimeId, Rule } from '../../../domain/kernel/rule.ts';
import { calendar2026, clockFrom, ruleOf } from './deadline-fixtures.ts';

const FIRST = startOfDay('2019-06-01');
const LAST = startOfDay('2027-06-01');

const regimes = fc.constantFrom<RegimeId>('O121', 'APR', 'APL', 'CPL', 'R310', 'SILENT', 'POLICY');
const units = fc.constantFrom<BudgetUnit>('h', 'WD', 'CD', 'month', 'year');
const LARGEST: Readonly<Record<BudgetUnit, number>> = { h: 400, WD: 90, CD: 120, month: 6, year: 3 };
const budgets = units.chain((unit) => fc.record({ unit: fc.constant(unit), amount: fc.nat(LARGEST[unit]) }));
/** Half of the instants stand on the edge of a day, where off-by-one errors live. */
const instants = fc.oneof(
  fc.integer({ min: FIRST, max: LAST }),
  fc.integer({ min: 0, max: (LAST - FIRST) / DAY_MS }).map((days) => FIRST + days * DAY_MS),
);
const stopsAfter = (startedAt: number): fc.Arbitrary<Stop> =>
  fc
    .record({
      wait: fc.nat(60 * DAY_MS),
      length: fc.oneof(
        fc.nat(40 * DAY_MS),
        fc.nat(40).map((days) => days * DAY_MS),
      ),
    })
    .map(({ wait, length }) => ({
      cause: 'testing',
      from: startedAt + wait,
      to: startedAt + wait + length,
      document: '检验委托书',
    }));

interface Case {
  readonly rule: Rule;
  readonly clock: Clock;
}

const extensions = fc.array(
  budgets.map((budget) => ({ ...budget, approvedBy: 'head', approvedAt: 0, reason: '案情复杂' })),
  { maxLength: 2 },
);

/** Limits with any stops and extensions, some with a fixed last day. */
const cases: fc.Arbitrary<Case> = fc
  .record({ startedAt: instants, budget: budgets, regime: regimes, extensions })
  .chain(({ startedAt, budget, regime, extensions: granted }) =>
    fc
      .record({ stops: fc.array(stopsAfter(startedAt), { maxLength: 3 }), fixed: fc.option(fc.nat(120)) })
      .map(({ stops, fixed }) => ({
        rule: ruleOf({ budget, regime }),
        clock: clockFrom(startedAt, {
          stops,
          extensions: granted,
          ...(fixed === null ? {} : { dueOn: localDate(startedAt + fixed * DAY_MS) }),
        }),
      })),
  );

const due = ({ clock, rule }: Case) => {
  const found = dueOf(clock, rule, calendar2026);
  if (found === null) throw new Error('stands still');
  return found;
};

const RUNS = { numRuns: 1_000 };

describe('a limit', () => {
  test('with a longer budget never ends earlier', () => {
    fc.assert(
      fc.property(cases, fc.nat(40), ({ rule, clock }, more) => {
        if (rule.budget === null) return;
        const { unit, amount } = rule.budget;
        const longer = { rule: { ...rule, budget: { unit, amount: amount + more } }, clock };
        expect(due(longer).dueAt).toBeGreaterThanOrEqual(due({ rule, clock }).dueAt);
        expect(due(longer).dueAtLenient).toBeGreaterThanOrEqual(due({ rule, clock }).dueAtLenient);
      }),
      RUNS,
    );
  });

  test('is never made earlier by a stop', () => {
    fc.assert(
      fc.property(
        cases.chain((one) => fc.tuple(fc.constant(one), stopsAfter(one.clock.startedAt))),
        ([{ rule, clock }, stop]) => {
          const stopped = { rule, clock: { ...clock, stops: [...clock.stops, stop] } };
          expect(due(stopped).dueAt).toBeGreaterThanOrEqual(due({ rule, clock }).dueAt);
          expect(due(stopped).dueAtLenient).toBeGreaterThanOrEqual(due({ rule, clock }).dueAtLenient);
        },
      ),
      RUNS,
    );
  });

  test('is never made earlier by an extension', () => {
    fc.assert(
      fc.property(cases, budgets, ({ rule, clock }, more) => {
        const extension = { ...more, approvedBy: 'head', approvedAt: 0, reason: '' };
        const extended = { rule, clock: { ...clock, extensions: [...clock.extensions, extension] } };
        expect(due(extended).dueAt).toBeGreaterThanOrEqual(due({ rule, clock }).dueAt);
      }),
      RUNS,
    );
  });

  test('is not moved by a stop whose cause the rule does not list, nor by one that begins after its end', () => {
    fc.assert(
      fc.property(cases, ({ rule, clock }) => {
        const before = due({ rule, clock });
        const other = { cause: 'weather', from: clock.startedAt, to: clock.startedAt + 30 * DAY_MS, document: '' };
        const late = {
          cause: 'testing',
          from: before.dueAtLenient,
          to: before.dueAtLenient + 5 * DAY_MS,
          document: '',
        };
        expect(due({ rule, clock: { ...clock, stops: [...clock.stops, other, late] } })).toEqual(before);
        const open = { cause: 'testing', from: before.dueAtLenient, document: '' };
        expect(dueOf({ ...clock, stops: [...clock.stops, open] }, rule, calendar2026)).toEqual(before);
      }),
      RUNS,
    );
  });

  test('never ends while its clock stands still', () => {
    fc.assert(
      fc.property(cases, ({ rule, clock }) => {
        const { dueAt } = due({ rule, clock });
        const { length } = clock.stops.filter(
          ({ from, to = 0 }) => from < dueAt && dueAt <= to && to > from && dueAt > clock.startedAt,
        );
        expect(length).toBe(0);
      }),
      RUNS,
    );
  });

  test('reads widely no earlier than strictly, and in working days ends on one', () => {
    fc.assert(
      fc.property(cases, ({ rule, clock }) => {
        const found = due({ rule, clock });
        expect(found.dueAtLenient).toBeGreaterThanOrEqual(found.dueAt);
        const inWorkingDays =
          found.unit === 'WD' && found.amount > 0 && clock.extensions.length === 0 && clock.dueOn === undefined;
        if (inWorkingDays) expect(calendar2026.isWorkday(found.dueOn)).toBe(true);
      }),
      RUNS,
    );
  });

  test('is explained day by day to the same instant by both readings', () => {
    fc.assert(
      fc.property(cases, ({ rule, clock }) => {
        const explanation = explain(clock, rule, calendar2026);
        expect(explanation.due).toEqual(due({ rule, clock }));
        expect(recomputed(explanation)).toBe(due({ rule, clock }).dueAt);
      }),
      RUNS,
    );
  });
});

/** A day limit that is stopped once, at a known instant, and runs on for `more` days afterwards. */
const stoppedOnce = fc.record({
  startedAt: instants,
  unit: fc.constantFrom<'WD' | 'CD'>('WD', 'CD'),
  amount: fc.integer({ min: 1, max: 60 }),
  wait: fc.nat(80 * DAY_MS),
  length: fc.integer({ min: 1, max: 40 * DAY_MS }),
});

describe('a stopped clock', () => {
  test('keeps what it has left, however long it stands, and goes on with it the day after', () => {
    fc.assert(
      fc.property(stoppedOnce, ({ startedAt, unit, amount, wait, length }) => {
        const rule = ruleOf({ budget: { unit, amount }, regime: 'R310' });
        const stop = { cause: 'testing', from: startedAt + wait, document: '' };
        const open = clockFrom(startedAt, { stops: [stop] });
        if (dueOf(open, rule, calendar2026) !== null) return;
        const left = remainingOf(open, rule, calendar2026, stop.from + 1);
        expect(remainingOf(open, rule, calendar2026, stop.from + length)).toEqual(left);

        const closed = clockFrom(startedAt, { stops: [{ ...stop, to: stop.from + length }] });
        const resumed = clockFrom(Math.max(stop.from + length - 1, startedAt));
        const rest = dueOf(resumed, ruleOf({ budget: { unit, amount: left.amount }, regime: 'R310' }), calendar2026);
        expect(dueOf(closed, rule, calendar2026)?.dueOn).toBe(rest?.dueOn);
      }),
      RUNS,
    );
  });

  test('has no due instant and an explanation that ends where it stands', () => {
    const startedAt = startOfDay('2026-09-14') + 9 * 3_600_000;
    const stop = { cause: 'testing', from: startOfDay('2026-09-16') + 1, document: '检验委托书' };
    const clock = clockFrom(startedAt, { stops: [stop] });
    const explanation = explain(clock, ruleOf(), calendar2026);

    expect(dueOf(clock, ruleOf(), calendar2026)).toBeNull();
    expect(explanation.due).toBeNull();
    expect(recomputed(explanation)).toBeNull();
    expect(explanation.days.at(-1)).toEqual({
      date: '2026-09-16',
      counted: false,
      reason: '检验检测期间,时限停止,不计入',
    });
    expect(remainingOf(clock, ruleOf(), calendar2026, startOfDay('2026-12-01'))).toEqual({ unit: 'WD', amount: 6 });
  });

  test('is running still for whoever asks about an earlier moment', () => {
    const stop = { cause: 'testing', from: startOfDay('2026-09-16'), document: '' };
    const clock = clockFrom(startOfDay('2026-09-14'), { stops: [stop] });
    expect(dueOf(clock, ruleOf(), calendar2026, startOfDay('2026-09-15'))?.dueOn).toBe('2026-09-22');
  });
});

describe('what a running clock has left', () => {
  test('falls from the whole budget to nothing', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom<'WD' | 'CD'>('WD', 'CD'),
        fc.integer({ min: 1, max: 60 }),
        (startedAt, unit, amount) => {
          const rule = ruleOf({ budget: { unit, amount }, regime: 'R310' });
          const clock = clockFrom(startedAt);
          const end = dueOf(clock, rule, calendar2026)?.dueAt ?? 0;
          expect(remainingOf(clock, rule, calendar2026, startedAt)).toEqual({ unit, amount });
          expect(remainingOf(clock, rule, calendar2026, end - 1)).toEqual({ unit, amount: 1 });
          expect(remainingOf(clock, rule, calendar2026, end)).toEqual({ unit, amount: 0 });
        },
      ),
      RUNS,
    );
  });

  test('is told in hours for limits in hours', () => {
    const rule = ruleOf({ budget: { unit: 'h', amount: 24 } });
    const startedAt = startOfDay('2026-09-30') + 10 * 3_600_000;
    expect(remainingOf(clockFrom(startedAt), rule, calendar2026, startedAt + 90 * 60_000)).toEqual({
      unit: 'h',
      amount: 22.5,
    });
  });
});

describe('hours', () => {
  test('run through nights and holidays and stand still to the millisecond', () => {
    const startedAt = startOfDay('2026-09-30') + 10 * 3_600_000;
    const rule = ruleOf({ budget: { unit: 'h', amount: 24 } });
    expect(dueOf(clockFrom(startedAt), rule, calendar2026)?.dueAt).toBe(startedAt + DAY_MS);
    const stop = { cause: 'testing', from: startedAt + 1_000, to: startedAt + 8_234, document: '' };
    expect(dueOf(clockFrom(startedAt, { stops: [stop] }), rule, calendar2026)?.dueAt).toBe(startedAt + DAY_MS + 7_234);
  });
});

describe('a fixed last day', () => {
  test('stays on a holiday until something moves it', () => {
    const clock = clockFrom(startOfDay('2026-07-01'), { dueOn: '2026-10-03' });
    expect(dueOf(clock, ruleOf(), calendar2026)).toMatchObject({ dueOn: '2026-10-03', dueOnLenient: '2026-10-03' });
    const extension = { amount: 5, unit: 'WD', approvedBy: 'head', approvedAt: 0, reason: '' } as const;
    expect(dueOf({ ...clock, extensions: [extension] }, ruleOf(), calendar2026)?.dueOn).toBe('2026-10-13');
    expect(dueOf(clock, ruleOf(), calendar2026)?.dueAt).toBe(endOfDay('2026-10-03'));
  });
});

describe('the due date of a long limit', () => {
  test.each([
    ['WD', 5],
    ['WD', 1_000],
    ['CD', 5],
    ['CD', 3_000],
    ['year', 10],
  ] as const)('in %s of %i is looked up, not stepped through', (unit, amount) => {
    let asked = 0;
    const counting = Object.fromEntries(
      Object.entries(calendar2026).map(([name, member]) => [
        name,
        typeof member === 'function'
          ? (...args: unknown[]) => {
              asked += 1;
              return (member as (...given: unknown[]) => unknown)(...args);
            }
          : (member as unknown),
      ]),
    ) as unknown as typeof calendar2026;
    const startedAt = startOfDay('2026-03-02');
    const stops = [1, 3].map((n) => ({
      cause: 'testing',
      from: startedAt + n * DAY_MS,
      to: startedAt + (n + 1) * DAY_MS,
      document: '',
    }));
    dueOf(clockFrom(startedAt, { stops }), ruleOf({ budget: { unit, amount } }), counting);
    expect(asked).toBeLessThan(40);
  });
});
