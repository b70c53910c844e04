/** The three rates as callers read them: counted and named. Counts nothing itself. */
import type pg from 'pg';
import { BOARD_RATES, countBoard, type Board, type BoardAsked, type BoardRate } from '../cases/supervision/board.ts';

export const RATE_NAMES = BOARD_RATES;
export type RateNamed = (typeof RATE_NAMES)[number];

export interface Counts {
  readonly numerator: number;
  readonly denominator: number;
}

export interface FiguresView {
  /** Null while the figures are live. */
  readonly frozenAt: number | null;
  readonly total: Readonly<Record<RateNamed, Counts>>;
  readonly units: readonly ({ readonly unit: string; readonly name: string } & Readonly<Record<RateNamed, Counts>>)[];
}

const countsOf = ({ numerator, denominator }: BoardRate): Counts => ({ numerator, denominator });

const byName = <T>(of: (name: RateNamed) => T): Readonly<Record<RateNamed, T>> =>
  Object.fromEntries(RATE_NAMES.map((name) => [name, of(name)])) as Record<RateNamed, T>;

export const viewFigures = ({ frozenAt, total, units }: Board): FiguresView => ({
  frozenAt,
  total: byName((name) => countsOf(total[name])),
  units: units.map(({ unit, name: called, ...rates }) => ({
    unit,
    name: called,
    ...byName((name) => countsOf(rates[name])),
  })),
});

export interface LiveRate extends Counts {
  /** 0 … 1; null where there is nothing to count. */
  readonly rate: number | null;
  /** Their ids are `/api/board/missing/{rate}`. */
  readonly missing: number;
}

/** The rates as they stand now, over the reach or a unit and everything below it (BB-10). */
export async function viewLiveRates(pool: pg.Pool, asked: BoardAsked): Promise<Readonly<Record<RateNamed, LiveRate>>> {
  const { total } = await countBoard(pool, asked);
  return byName((name) => {
    const { numerator, denominator, missing } = total[name];
    return { numerator, denominator, rate: denominator === 0 ? null : numerator / denominator, missing };
  });
}
