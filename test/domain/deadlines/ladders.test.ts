/** Ladders: where their rungs stand, and that every published ladder is one. */
import { describe, expect, test } from 'vitest';
import { localIso, startOfDay } from '../../../domain/kernel/calendar.ts';
import { dueOf } from '../../../domain/kernel/clock.ts';
import { rungInstants, type Ladder } from '../../../domain/kernel/ladder.ts';
import { calendar2026, clockFrom, office, ruleOf } from './deadline-fixtures.ts';

function ladder(name: string): Ladder {
  const found = office.ladders.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ladder ${name}`);
  return found;
}

const startedAt = startOfDay('2026-07-01');
const period = clockFrom(startedAt, { dueOn: '2026-09-30' });
const due = dueOf(period, ruleOf(), calendar2026);
if (due === null) throw new Error('stands still');

const placed = (name: string, spreadMs = 0): (readonly [string, string])[] =>
  rungInstants(ladder(name), { startedAt, due }, calendar2026, { spreadMs }).map(({ rung, at }) => [
    rung.id,
    localIso(at),
  ]);

describe('the third quarter of 2026 on the ladder of a round', () => {
  test('reminds at half, at four fifths, five working days before, and climbs after the October holiday', () => {
    expect(placed('supervision-round')).toEqual([
      ['half', '2026-08-16T00:00:00+08:00'],
      ['four-fifths', '2026-09-12T14:24:00+08:00'],
      ['five-days-before', '2026-09-22T09:00:00+08:00'],
      ['due', '2026-10-01T00:01:00+08:00'],
      ['cadre-again', '2026-10-08T09:00:00+08:00'],
      ['town-head', '2026-10-10T09:00:00+08:00'],
      ['district-office', '2026-10-13T09:00:00+08:00'],
      ['circular', '2026-10-20T09:00:00+08:00'],
    ]);
  });

  test('under 督办 reminds more often and reaches the office sooner', () => {
    const rungs = placed('supervision-watch').map(([id, at]) => `${id} ${at.slice(0, 10)}`);
    expect(rungs).toEqual([
      'half 2026-08-16',
      'four-fifths 2026-09-12',
      'five-days-before 2026-09-22',
      'three-days-before 2026-09-24',
      'one-day-before 2026-09-29',
      'due 2026-10-01',
      'cadre-again 2026-10-08',
      'district-office 2026-10-09',
      'circular 2026-10-12',
    ]);
  });

  test('is spread by case before due and nowhere else', () => {
    const still = new Map(placed('supervision-round'));
    const moved = placed('supervision-round', 30_000).filter(([id, at]) => still.get(id) !== at);
    expect(moved.map(([id]) => id)).toEqual(['half', 'four-fifths', 'five-days-before']);
  });
});

describe('every published ladder', () => {
  test.each(office.ladders.map((one) => [one.name, one] as const))(
    '%s is well formed',
    (name, { rungs, version, owner, graceMs, spreadMs }) => {
      const ids = rungs.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect([version, owner].every((text) => text !== '')).toBe(true);
      expect([graceMs, spreadMs]).toEqual([60_000, 60_000]);
      const dueRungs = rungs.filter(({ place }) => 'due' in place);
      expect(dueRungs.map(({ id }) => id)).toEqual(name === 'none' ? [] : ['due']);
      for (const { place } of rungs) {
        if ('share' in place) expect(place.share > 0 && place.share < 1).toBe(true);
        if ('workingDaysBefore' in place) expect(place.workingDaysBefore).toBeGreaterThan(0);
        if ('workingDaysAfter' in place) expect(place.workingDaysAfter).toBeGreaterThan(0);
      }
    },
  );
});
