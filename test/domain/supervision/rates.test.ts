import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bindingRate,
  byUnit,
  completionCounted,
  completionRate,
  coverage,
  pledgeRate,
  rateOf,
  type VisitRow,
} from '../../../domain/supervision/rates.ts';
import { at } from './world.ts';

const due = at('2027-01-01');
const row = (subject: string, changed: Partial<VisitRow> = {}): VisitRow => ({
  round: 'round/2026-Q4/p1',
  subject,
  unit: 'c-1',
  dueAt: due,
  defaulted: false,
  done: false,
  inTime: false,
  dropped: false,
  ...changed,
});

describe('包保关系建立率', () => {
  test('counts active subjects with exactly one binding', () => {
    expect(
      bindingRate([
        { subject: 's3', unit: 'c-1', status: 'active', bindings: 1 },
        { subject: 's1', unit: 'c-1', status: 'active', bindings: 0 },
        { subject: 's2', unit: 'c-1', status: 'active', bindings: 2 },
        { subject: 's4', unit: 'c-1', status: 'closed', bindings: 0 },
        { subject: 's5', unit: 'c-1', status: 'suspended', bindings: 1 },
      ]),
    ).toEqual({ numerator: ['s3'], denominator: ['s1', 's2', 's3'], missing: ['s1', 's2'], rate: 1 / 3 });
  });
});

describe('承诺书签订率', () => {
  test('counts cadres by post and person; a vacant post owes none', () => {
    expect(
      pledgeRate([
        { post: 'p1', unit: 'c-1', person: 'a', pledged: true },
        { post: 'p2', unit: 'c-1', person: 'b', pledged: false },
        { post: 'p3', unit: 'c-1', person: null, pledged: false },
      ]),
    ).toEqual({ numerator: ['p1/a'], denominator: ['p1/a', 'p2/b'], missing: ['p2/b'], rate: 0.5 });
  });
});

describe('督导完成率', () => {
  const visits = [
    row('s1', { done: true, inTime: true }),
    row('s2', { done: true, inTime: false, defaulted: true }),
    row('s3', { defaulted: true }),
    row('s4', { dropped: true }),
    row('s5', { dueAt: at('2027-02-01'), done: true, inTime: true }),
    row('s6', { dueAt: null }),
  ];

  test('counts visits due by now and made in time; excused ones on neither side', () => {
    const { numerator, missing } = completionRate(visits, due);
    expect(numerator).toEqual(['round/2026-Q4/p1/s1']);
    expect(missing).toEqual(['round/2026-Q4/p1/s2', 'round/2026-Q4/p1/s3']);
  });

  test('is nothing before anything is due, not 0 % and not 100 %', () => {
    expect(completionRate([row('s1'), row('s2', { done: true, inTime: true })], due - 1).rate).toBeNull();
  });

  test('has the visits on the due instant itself', () => {
    expect(completionRate([row('s1')], due)).toMatchObject({ rate: 0 });
  });

  test('has beside it the coverage of the period to date, late visits included', () => {
    expect(coverage(visits)).toMatchObject({
      numerator: ['round/2026-Q4/p1/s1', 'round/2026-Q4/p1/s2', 'round/2026-Q4/p1/s5'],
      missing: ['round/2026-Q4/p1/s3', 'round/2026-Q4/p1/s6'],
      rate: 0.6,
    });
  });

  test('stands unit by unit, in order', () => {
    const counted = completionCounted([row('s1', { unit: 'c-2' }), row('s2', { inTime: true }), row('s3')], due);
    expect(byUnit(counted).map(({ unit, rate }) => [unit, rate.rate])).toEqual([
      ['c-1', 0.5],
      ['c-2', 0],
    ]);
  });
});

describe('a rate', () => {
  const rows = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 8 }),
      unit: fc.constantFrom('a', 'b', 'c'),
      counts: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  );

  test('splits its denominator into numerator and missing, lies between 0 and 1, and is null for nothing', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const { numerator, denominator, missing, rate } = rateOf(some);
        expect([...numerator, ...missing].sort()).toEqual([...denominator].sort());
        expect(rate).toBe(some.length === 0 ? null : numerator.length / some.length);
      }),
    );
  });

  test('does not depend on the order of rows, and its units add up', () => {
    fc.assert(
      fc.property(rows, (some) => {
        expect(rateOf([...some].reverse())).toEqual(rateOf(some));
        const units = byUnit(some);
        expect(units.reduce((sum, { rate }) => sum + rate.denominator.length, 0)).toBe(some.length);
      }),
    );
  });
});
