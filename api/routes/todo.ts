/** 我的待办: what waits for the post acted for, what the person did, and one verb on several cases at once. */
import { z } from 'zod';
import { noteAccess } from '../../cases/access-log.ts';
import { apply } from '../../cases/apply.ts';
import { readClock } from '../../cases/deps.ts';
import { COMMANDS, kindOf } from '../../cases/kinds/index.ts';
import { countUnread } from '../../cases/notices/counts.ts';
import { countTodo, listDone, listTodo, STRIP_DAYS, TODO_GROUPS } from '../../cases/todo.ts';
import { maySeeCase } from '../../cases/visible.ts';
import { localDate, type WorkCalendar } from '../../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../../domain/kernel/civil-day.ts';
import { CASE_PAGES } from '../../domain/words/kind-words.ts';
import { NEAR_DAYS } from '../../domain/kernel/standing.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, Day, Kebab } from '../fields.ts';
import { IdempotencyKey } from '../idempotency-key.ts';
import { accepted } from '../malformed.ts';
import { acting, command, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import { problemText, REFUSAL_CODES } from '../problem-texts.ts';
import { CaseLineShape } from '../shapes.ts';
import { StandingShape } from '../standing-shape.ts';

const Group = z.enum(TODO_GROUPS).meta({ description: '已超期、今日到期、三个工作日内、更晚、停表' });

const TodoRowShape = z
  .strictObject({
    case: CaseLineShape,
    kindTitle: z.string(),
    stageTitle: z.string(),
    act: z.string(),
    matter: z.string().nullable().meta({ description: '主体以外所涉何事' }),
    page: z.enum(CASE_PAGES).nullable().meta({ description: '在哪一页办;空则就地办' }),
    commands: z.array(z.strictObject({ type: z.string(), label: z.string(), batch: z.boolean() })),
    standing: StandingShape.nullable(),
    clock: z.string().nullable(),
    clockTitle: z.string().nullable(),
  })
  .meta({ id: 'TodoRow', description: '等本岗位办的一件事' });

const TodoShape = z
  .strictObject({
    now: z.int(),
    groups: z.record(z.string(), z.int()),
    kinds: z
      .array(z.strictObject({ kind: z.string(), title: z.string(), count: z.int() }))
      .meta({ description: '各类案件件数,不受 kind 影响' }),
    strip: z.array(
      z.strictObject({
        on: z.string(),
        kind: z.enum(['work', 'off']),
        name: z.string(),
        urgency: z.enum(['yellow', 'blue']).nullable().meta({ description: '这一天到期的此刻多急:今日、三个工作日内' }),
        count: z.int(),
      }),
    ),
    next: z.string().nullable().meta({ description: '今天没有到期的事时,下一件的日期' }),
    unread: z.int().meta({ description: '抄送本岗位、还没有读的通知' }),
  })
  .meta({ id: 'Todo' });

const DoneShape = z
  .strictObject({
    at: z.int(),
    caseId: z.string(),
    seq: z.int(),
    label: z.string(),
    kindTitle: z.string(),
    subject: z.string().nullable(),
    entryId: z.string(),
  })
  .meta({ id: 'TodoDone' });

const KindName = Kebab.meta({ description: '只看这一类案件' });

const cursorShape = z.strictObject({ at: z.int().min(0), id: z.string().max(400) });

const dayKind = (calendar: WorkCalendar, on: string) => ({
  kind: calendar.isWorkday(on) ? ('work' as const) : ('off' as const),
  name: calendar.isMakeUpWorkday(on) ? '班' : calendar.isHoliday(on) ? '假' : calendar.isWorkday(on) ? '' : '休',
});

const MOST_AT_ONCE = 50;

const Batch = z.strictObject({
  command: z.looseObject({ type: z.string().max(60) }),
  cases: z
    .array(z.strictObject({ caseId: CaseId, key: IdempotencyKey }))
    .min(1)
    .max(MOST_AT_ONCE)
    .meta({ description: '每个案件各带自己的编号:重发时同一编号只办一次' }),
});

const BatchResult = z
  .strictObject({
    caseId: z.string(),
    done: z.boolean(),
    code: z.string().nullable(),
    why: z.string().nullable(),
    article: z.string().nullable(),
  })
  .meta({ id: 'BatchResult' });

export function todoOperations({ cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  return [
    acting({
      method: 'get',
      path: '/api/todo',
      right: 'todo.read',
      tag: '待办',
      summary: '待办:各组件数与今后两周',
      query: z.strictObject({ kind: KindName.optional() }),
      answers: [{ status: 200, description: '各组件数', json: TodoShape }],
      handle: async ({ query: { kind }, actor }) => {
        const client = await pool.connect();
        try {
          const now = await readClock(cases, client);
          const inForce = await cases.office.inForce(client);
          const { groups, kinds, days } = await countTodo(client, actor, now, inForce, kind ?? null);
          const unread = await countUnread(client, actor.post);
          const first = localDate(now);
          const near = inForce.calendar.addWorkingDays(first, NEAR_DAYS);
          const strip = Array.from({ length: STRIP_DAYS }, (_, nth) => {
            const on = civilDate(dayNumber(first) + nth);
            const urgency = nth === 0 ? ('yellow' as const) : on <= near ? ('blue' as const) : null;
            const count = days.find((day) => day.on === on)?.count ?? 0;
            return { on, ...dayKind(inForce.calendar, on), urgency, count };
          });
          return { json: { now, groups, kinds, strip, next: days[0]?.on ?? null, unread } };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/todo/rows',
      right: 'todo.read',
      tag: '待办',
      summary: '待办:一组的各件',
      query: z.strictObject({ group: Group.optional(), day: Day.optional(), kind: KindName.optional(), ...paged }),
      answers: [{ status: 200, description: '一页待办,期限在前的在前', json: page(TodoRowShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { group, day, kind, limit, cursor }, actor }) => {
        const after = readCursor(cursor, cursorShape) ?? null;
        const client = await pool.connect();
        try {
          const asked = { group: group ?? null, day: day ?? null, kind: kind ?? null, limit, after };
          const { rows, next } = await listTodo(cases, client, actor, asked);
          return { json: { rows, next: next === null ? null : cursorOf(next) } };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/todo/done',
      right: 'todo.read',
      tag: '待办',
      summary: '我办过的',
      query: z.strictObject(paged),
      answers: [{ status: 200, description: '一页,从新到旧', json: page(DoneShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { limit, cursor }, actor }) => {
        const before = readCursor(cursor, z.string().regex(/^\d{1,18}$/)) ?? null;
        const more = await listDone(pool, actor.person, { limit: limit + 1, before });
        const rows = more.slice(0, limit);
        return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.entryId) : null } };
      },
    }),
    command({
      method: 'post',
      path: '/api/todo/batch',
      right: 'case.act',
      tag: '待办',
      summary: '对几个案件一并办同一步',
      description: '只限签收、催办一类;受理、立案、处罚类决定须逐件作出。逐件办理,各有结果,一件不成不影响其余。',
      body: Batch,
      answers: [{ status: 200, description: '逐件结果', json: z.strictObject({ results: z.array(BatchResult) }) }],
      problems: ['not-in-batch', ...REFUSAL_CODES],
      handle: async ({ body: { command: said, cases: asked }, actor, received, reach, requestId }) => {
        const forbidden = asked.find(({ caseId }) => kindOf(caseId)?.verbs[said.type]?.batch !== true);
        if (forbidden !== undefined) throw new ApiProblem('not-in-batch', { details: { case: forbidden.caseId } });
        const results = [];
        for (const { caseId, key } of asked) {
          const schema = COMMANDS.get(caseId.slice(0, caseId.indexOf('/')));
          const one = schema === undefined ? undefined : accepted(schema, said, 'command');
          if (one === undefined || !(await maySeeCase(pool, reach, caseId))) {
            const asked = { right: 'case.act', route: 'POST /api/todo/batch', about: caseId, request: requestId };
            await noteAccess(cases, actor, { outcome: 'not-visible', ...asked });
            results.push(refusedFor(caseId, 'case-not-found'));
            continue;
          }
          const answer = await apply(cases, one, { caseId, key, actor, received });
          results.push(
            answer.ok
              ? { caseId, done: true, code: null, why: null, article: null }
              : refusedFor(caseId, answer.refusal.code, answer.refusal.details, answer.refusal.article),
          );
        }
        return { json: { results } };
      },
    }),
  ];
}

const refusedFor = (
  caseId: string,
  code: string,
  details?: Parameters<typeof problemText>[1],
  article: string | null = null,
) => ({ caseId, done: false, code, why: problemText(code, details).detail, article });
