/** 总览: what stands how, unit by unit; every number with the list it is counted from. */
import { z } from 'zod';
import { keptFor } from '../../cases/kept-for.ts';
import { readClock } from '../../cases/deps.ts';
import { ANSWERED_WITHIN_DAYS, rungEffects } from '../../cases/effects.ts';
import { countUndelivered } from '../../cases/notices/counts.ts';
import { overview } from '../../cases/overview.ts';
import { countBoard } from '../../cases/supervision/board.ts';
import { countTodo, listTodo } from '../../cases/todo.ts';
import { DAY_MS } from '../../domain/kernel/civil-day.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import type { Reach } from '../../domain/rights/table.ts';
import type { ApiDeps } from '../deps.ts';
import { acting, type Operation } from '../operation.ts';
import { reachKey } from '../shared-reads.ts';
import { StandingShape } from '../standing-shape.ts';

const EFFECT_DAYS = 90;
const DECISIONS = 5;

const Rate = z.strictObject({ numerator: z.int(), denominator: z.int(), missing: z.int(), overdue: z.int() });
const Unit = z.strictObject({
  unit: z.string(),
  name: z.string(),
  kind: z.string(),
  list: z.string().nullable().meta({ description: '未了结案件列表的筛选;不属于任何单位的没有' }),
  open: z.int(),
  near: z.int(),
  today: z.int(),
  overdue: z.int(),
  series: z.array(z.int()).meta({ description: '近八周周末的超期件数,旧的在前' }),
  longest: z.strictObject({ what: z.string(), caseId: z.string(), dueOn: z.string(), workingDays: z.int() }).nullable(),
});

const OverviewShape = z
  .strictObject({
    now: z.int().meta({ description: '这些数是哪一刻的;辖区相同的人十秒之内看到的是同一组' }),
    open: z.int(),
    near: z.int(),
    today: z.int(),
    overdue: z.int(),
    waiting: z.int().meta({ description: '等本岗位办的件数' }),
    decisions: z.array(
      z.strictObject({
        caseId: z.string(),
        kindTitle: z.string(),
        act: z.string(),
        subject: z.string().nullable(),
        standing: StandingShape.nullable(),
      }),
    ),
    rates: z.strictObject({ binding: Rate, pledge: Rate, completion: Rate, coverage: Rate }),
    units: z.array(Unit),
    coming: z.array(z.strictObject({ on: z.string(), off: z.boolean(), count: z.int(), list: z.string() })),
    effects: z.strictObject({
      days: z.int(),
      within: z.int().meta({ description: '几个工作日内有人办理计为起了作用' }),
      rungs: z.array(
        z.strictObject({
          ladder: z.string(),
          ladderTitle: z.string(),
          rung: z.string(),
          title: z.string(),
          tone: z.enum(['blue', 'yellow', 'red']),
          fired: z.int(),
          judged: z.int(),
          answered: z.int(),
        }),
      ),
    }),
    failed: z.array(
      z.strictObject({ state: z.string(), why: z.string().nullable(), words: z.string(), count: z.int() }),
    ),
  })
  .meta({ id: 'Overview' });

export function overviewOperations({
  cases,
  pool,
  settings,
}: Pick<ApiDeps, 'cases' | 'pool' | 'settings'>): Operation[] {
  /** Its connection is given back before others are taken: whoever holds one and waits for more may wait for himself. */
  const inForceNow = async () => {
    const client = await pool.connect();
    try {
      return { now: await readClock(cases, client), ...(await cases.office.inForce(client)) };
    } finally {
      client.release();
    }
  };

  /** What everybody with the same reach sees. */
  const countsWithin = keptFor(
    settings.overviewKeptMs,
    (reach: Reach) => JSON.stringify(reachKey(reach)),
    async (reach) => {
      const { now, calendar, ladders, policy } = await inForceNow();
      const { coming, ...whole } = await overview(pool, { reach, now, calendar });
      const pledgeVersion = policy.value<string>('pledge.version');
      const { total } = await countBoard(pool, { reach, now, pledgeVersion });
      const from = now - EFFECT_DAYS * DAY_MS;
      return {
        now,
        ...whole,
        coming: coming.map((day) => ({ ...day, off: !calendar.isWorkday(day.on) })),
        rates: total,
        effects: {
          days: EFFECT_DAYS,
          within: ANSWERED_WITHIN_DAYS,
          rungs: await rungEffects(pool, { reach, from, now, calendar, ladders }),
        },
        failed: await countUndelivered(pool, reach),
      };
    },
  );

  /** What waits for the post acted for. */
  const waitingFor = async (actor: Actor) => {
    const client = await pool.connect();
    try {
      const now = await readClock(cases, client);
      const { groups } = await countTodo(client, actor, now, await cases.office.inForce(client));
      const first = { group: null, day: null, limit: DECISIONS, after: null };
      const { rows } = await listTodo(cases, client, actor, first);
      return {
        waiting: Object.values(groups).reduce((sum, count) => sum + count, 0),
        decisions: rows.map(({ case: line, kindTitle, act, standing }) => ({
          caseId: line.id,
          kindTitle,
          act,
          subject: line.subject?.name ?? null,
          standing,
        })),
      };
    } finally {
      client.release();
    }
  };

  return [
    acting({
      method: 'get',
      path: '/api/overview',
      right: 'overview.read',
      tag: '督导',
      summary: '总览:三率、在办、临近、超期、今后两周、哪一级起了作用、没送到的通知',
      description: '只到本岗位的辖区。每个数都是案件列表的一个筛选:单位、日期的 `list`,再加 `rung`。',
      answers: [{ status: 200, description: '总览', json: OverviewShape }],
      handle: async ({ actor, reach }) => {
        const [counts, own] = await Promise.all([countsWithin(reach), waitingFor(actor)]);
        return { json: { ...counts, ...own } };
      },
    }),
  ];
}
