/** The board of a period: rates with their gaps, duties by week, and the ids behind every number. */
import { z } from 'zod';
import { BOARD_RATES, countBoard } from '../../cases/supervision/board.ts';
import type { BoardCycle } from '../../cases/supervision/board-asked.ts';
import {
  CELL_STATES,
  DUTY_NAMES,
  heatCell,
  heatMap,
  mondayOf,
  SPLITS,
  type Duty,
} from '../../cases/supervision/heat-map.ts';
import { listMissing } from '../../cases/supervision/refs.ts';
import { localDate } from '../../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../../domain/kernel/civil-day.ts';
import { SUBJECT_CLASSES } from '../../domain/register/register.ts';
import { boardAsked, knownCycle } from '../board-scope.ts';
import type { ApiDeps } from '../deps.ts';
import { CycleKey, Day, Id } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';

const Rate = z
  .strictObject({ numerator: z.int(), denominator: z.int(), missing: z.int(), overdue: z.int() })
  .meta({ id: 'BoardRate', description: '一个率:分子、分母、缺多少、其中超期多少' });
const Rates = { binding: Rate, pledge: Rate, completion: Rate, coverage: Rate };

const BoardShape = z
  .strictObject({
    at: z.int(),
    frozenAt: z.int().nullable().meta({ description: '周期已通报:三率冻结于此刻,以后的事不再改变它' }),
    total: z.strictObject(Rates),
    units: z.array(z.strictObject({ unit: z.string(), name: z.string(), ...Rates })),
    period: z
      .strictObject({
        title: z.string(),
        fromOn: z.string(),
        toOn: z.string(),
        stage: z.string(),
        passed: z.number().meta({ description: '时间已过的份额,0 到 1' }),
      })
      .nullable(),
  })
  .meta({ id: 'Board' });

const MissingShape = z
  .strictObject({
    ref: z.string(),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    unitName: z.string().nullable(),
    post: z.string().nullable(),
    person: z.string().nullable(),
    caseId: z.string().nullable(),
    counted: z.boolean(),
  })
  .meta({ id: 'MissingRef' });

const Cell = z.strictObject({
  week: z.string(),
  onTime: z.int(),
  late: z.int(),
  overdue: z.int(),
  near: z.int(),
  later: z.int(),
});

const HeatMapShape = z
  .strictObject({
    at: z.int(),
    from: z.string(),
    to: z.string(),
    weeks: z.array(z.string()).meta({ description: '各周的周一' }),
    thisWeek: z.string(),
    duties: z.array(
      z.strictObject({
        duty: z.string(),
        title: z.string(),
        rule: z.string(),
        total: z.array(Cell),
        rows: z.array(z.strictObject({ key: z.string(), name: z.string(), cells: z.array(Cell) })),
      }),
    ),
  })
  .meta({ id: 'HeatMap', description: '责任 × 周' });

const CellRefShape = z
  .strictObject({
    ref: z.string(),
    caseId: z.string(),
    subject: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    post: z.string().nullable(),
    postTitle: z.string().nullable(),
    person: z.string().nullable(),
    unit: z.string().nullable(),
    state: z.enum(CELL_STATES),
    dueOn: z.string(),
    dueAt: z.int(),
    told: z.strictObject({ template: z.string(), at: z.int(), readAt: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'HeatCellRef' });

/** A year and its ends: more would be asked year by year. */
const MOST_DAYS = 400;

const scope = {
  cycle: CycleKey.optional(),
  unit: Id.optional().meta({ description: '单位,含下级' }),
  class: z.enum(SUBJECT_CLASSES).optional(),
};

/** The share of the period's days that began, today among them; 1 once it is over. */
function passedOf({ fromOn, toOn }: BoardCycle, now: number): number {
  const [first, last, today] = [dayNumber(fromOn), dayNumber(toOn), dayNumber(localDate(now))];
  return Math.min(1, Math.max(0, (today - first + 1) / (last - first + 1)));
}

export function boardOperations(deps: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  const { pool } = deps;

  return [
    acting({
      method: 'get',
      path: '/api/board',
      right: 'rates.read',
      tag: '督导',
      summary: '看板:三率、缺口、走访进度',
      description: '指明周期则为该周期,已冻结的为冻结时的数;否则为所有进行中的周期。只到本岗位的辖区。',
      query: z.strictObject(scope),
      answers: [{ status: 200, description: '看板', json: BoardShape }],
      problems: ['unit-out-of-reach', 'cycle-not-found'],
      handle: async ({ query, reach }) => {
        const cycle = query.cycle === undefined ? null : await knownCycle(deps, query.cycle);
        const asked = await boardAsked(deps, query, reach);
        const period = cycle && {
          title: cycle.title,
          fromOn: cycle.fromOn,
          toOn: cycle.toOn,
          stage: cycle.stage,
          passed: passedOf(cycle, asked.now),
        };
        return { json: { at: asked.now, ...(await countBoard(pool, asked)), period } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/board/missing/{rate}',
      right: 'rates.read',
      tag: '督导',
      summary: '一个率缺的每一个编号',
      params: z.strictObject({ rate: z.enum(BOARD_RATES) }),
      query: z.strictObject({ ...scope, ...paged }),
      answers: [{ status: 200, description: '一页缺口', json: page(MissingShape) }],
      problems: ['unit-out-of-reach', 'invalid-cursor'],
      handle: async ({ params: { rate }, query: { limit, cursor, ...query }, reach }) => {
        const after = readCursor(cursor, z.string().max(600));
        const more = await listMissing(pool, rate, await boardAsked(deps, query, reach), { limit: limit + 1, after });
        const rows = more.slice(0, limit);
        return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.ref) : null } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/heat-map',
      right: 'cycle.read',
      tag: '督导',
      summary: '热力图:责任 × 周',
      query: z.strictObject({
        from: Day,
        to: Day,
        cycle: scope.cycle,
        unit: scope.unit,
        split: z.enum(SPLITS).default('town'),
        duty: z.enum(DUTY_NAMES as [Duty, ...Duty[]]).optional(),
      }),
      answers: [{ status: 200, description: '热力图', json: HeatMapShape }],
      problems: ['unit-out-of-reach', 'range-too-long'],
      handle: async ({ query: { from, to, ...query }, reach }) => {
        const days = dayNumber(to) - dayNumber(from);
        if (days < 0 || days > MOST_DAYS) throw new ApiProblem('range-too-long', { details: { most: MOST_DAYS } });
        const { now, unit } = await boardAsked(deps, { unit: query.unit }, reach);
        const duties = await heatMap(pool, { ...query, from, to, unit, reach, now });
        const weeks: string[] = [];
        for (let week = dayNumber(mondayOf(from)); week <= dayNumber(to); week += 7) weeks.push(civilDate(week));
        return { json: { at: now, from, to, weeks, thisWeek: mondayOf(localDate(now)), duties } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/heat-map/cell',
      right: 'cycle.read',
      tag: '督导',
      summary: '热力图一格里的每一户',
      query: z.strictObject({
        duty: z.enum(DUTY_NAMES as [Duty, ...Duty[]]),
        week: Day.meta({ description: '周一' }),
        key: z.string().max(64).optional().meta({ description: '镇街、级别或岗位' }),
        state: z.enum(CELL_STATES).optional(),
        cycle: scope.cycle,
        unit: scope.unit,
        split: z.enum(SPLITS).default('town'),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页', json: page(CellRefShape) }],
      problems: ['unit-out-of-reach', 'invalid-cursor'],
      handle: async ({ query: { limit, cursor, ...query }, reach }) => {
        const after = readCursor(cursor, z.string().max(600));
        const { now, unit } = await boardAsked(deps, { unit: query.unit }, reach);
        const more = await heatCell(pool, { ...query, unit, reach, now, limit: limit + 1, after });
        const rows = more.slice(0, limit);
        return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.ref) : null } };
      },
    }),
  ];
}
