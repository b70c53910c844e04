/** The board of a period: rates with their gaps, duties by week, and the ids behind every number. */
import { z } from 'zod';
import { BOARD_RATES, countBoard } from '../../cases/supervision/board.ts';
import type { BoardCycle } from '../../cases/supervision/board-asked.ts';
import { CELL_STATES, daysOf, heatCell, withStandings } from '../../cases/supervision/heat-cell.ts';
import { DUTY_NAMES, heatMap, mondayOf, SPLITS, type Duty } from '../../cases/supervision/heat-map.ts';
import { cycleSpan, type Span } from '../../cases/supervision/heat-span.ts';
import { listMissing } from '../../cases/supervision/refs.ts';
import { localDate } from '../../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../../domain/kernel/civil-day.ts';
import { SUBJECT_CLASSES } from '../../domain/register/register.ts';
import { boardAsked, knownCycle } from '../board-scope.ts';
import type { ApiDeps } from '../deps.ts';
import { CycleKey, Day, Id } from '../fields.ts';
import { shared, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import { StandingShape } from '../standing-shape.ts';

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
        stopped: z.int().meta({ description: '停表中,末日未定,不在任何一周' }),
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
    standing: StandingShape.nullable(),
    rung: z
      .strictObject({ title: z.string(), tone: z.enum(['blue', 'yellow', 'red']), at: z.int() })
      .nullable()
      .meta({ description: '最近触发的一档' }),
    told: z.strictObject({ template: z.string(), at: z.int(), readAt: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'HeatCellRef' });

const CellPageShape = z
  .strictObject({
    from: z.string().meta({ description: '这一格的首日:首末两周只算期间之内' }),
    to: z.string(),
    cell: Cell.meta({ description: '这一格的数,与热力图相同' }),
    rows: z.array(CellRefShape),
    next: z.string().nullable(),
  })
  .meta({ id: 'HeatCell' });

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

const DutyName = z.enum(DUTY_NAMES as [Duty, ...Duty[]]);
const split = z.enum(SPLITS).default('town');
const span = {
  from: Day.optional(),
  to: Day.optional(),
  year: z.coerce.number().pipe(z.int().min(2000).max(2100)).optional(),
  cycle: scope.cycle,
};
interface SpanAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly year?: number | undefined;
  readonly cycle?: string | undefined;
}

export function boardOperations(deps: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  const { cases, pool } = deps;

  /** Throws `range-missing`, `range-too-long`, `cycle-not-found`. */
  async function spanOf({ from, to, year, cycle }: SpanAsked): Promise<Span> {
    if (from !== undefined && to !== undefined) {
      const days = dayNumber(to) - dayNumber(from);
      if (days < 0 || days > MOST_DAYS) throw new ApiProblem('range-too-long', { details: { most: MOST_DAYS } });
      return { from, to };
    }
    if (year !== undefined) return { from: `${String(year)}-01-01`, to: `${String(year)}-12-31` };
    if (cycle === undefined) throw new ApiProblem('range-missing');
    const found = await cycleSpan(pool, cycle);
    if (found === undefined) throw new ApiProblem('cycle-not-found');
    return found;
  }

  return [
    shared({
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
    shared({
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
    shared({
      method: 'get',
      path: '/api/heat-map',
      right: 'cycle.read',
      tag: '督导',
      summary: '热力图:责任 × 周',
      description: '指明起止日、一年,或一个周期:周期的止于其末日,轮次延长的止于延长后的末日。',
      query: z.strictObject({ ...span, unit: scope.unit, split, duty: DutyName.optional() }),
      answers: [{ status: 200, description: '热力图', json: HeatMapShape }],
      problems: ['unit-out-of-reach', 'range-too-long', 'range-missing', 'cycle-not-found'],
      handle: async ({ query, reach }) => {
        const { from, to } = await spanOf(query);
        const { now, unit } = await boardAsked(deps, { unit: query.unit }, reach);
        const { cycle, split: by, duty } = query;
        const duties = await heatMap(pool, { from, to, cycle, split: by, duty, unit, reach, now });
        const weeks: string[] = [];
        for (let week = dayNumber(mondayOf(from)); week <= dayNumber(to); week += 7) weeks.push(civilDate(week));
        return { json: { at: now, from, to, weeks, thisWeek: mondayOf(localDate(now)), duties } };
      },
    }),
    shared({
      method: 'get',
      path: '/api/heat-map/cell',
      right: 'cycle.read',
      tag: '督导',
      summary: '热力图一格里的每一户',
      description: '起止与热力图相同:首末两周只算期间之内的日子。',
      query: z.strictObject({
        ...span,
        duty: DutyName,
        week: Day.meta({ description: '周一' }),
        key: z.string().max(64).optional().meta({ description: '镇街、级别或岗位' }),
        state: z.enum(CELL_STATES).optional(),
        unit: scope.unit,
        split,
        ...paged,
      }),
      answers: [{ status: 200, description: '一页', json: CellPageShape }],
      problems: ['unit-out-of-reach', 'invalid-cursor', 'range-too-long', 'range-missing', 'cycle-not-found'],
      handle: async ({ query, reach }) => {
        const after = readCursor(query.cursor, z.string().max(600));
        const { from, to } = await spanOf(query);
        const { now, unit } = await boardAsked(deps, { unit: query.unit }, reach);
        const { duty, week, key, state, cycle, split: by, limit } = query;
        const cell = { duty, week, key, cycle, split: by, from, to, unit, reach, now };
        const { cell: counted, refs: more } = await heatCell(pool, { ...cell, state, limit: limit + 1, after });
        const client = await pool.connect();
        try {
          const inForce = await cases.office.inForce(client);
          const rows = await withStandings(client, cases, inForce, cell, more.slice(0, limit));
          return {
            json: {
              ...daysOf(cell),
              cell: counted,
              rows,
              next: more.length > limit ? cursorOf(rows.at(-1)?.ref) : null,
            },
          };
        } finally {
          client.release();
        }
      },
    }),
  ];
}
