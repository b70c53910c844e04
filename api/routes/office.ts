/** The office's own data: holiday calendars, ladders and district policy; published in versions, never changed. */
import { z } from 'zod';
import { previewCalendar } from '../../cases/calendar-preview.ts';
import { previewPolicy } from '../../cases/policy-preview.ts';
import { bodiesInForce, contentOf, listContents, recountsLeft } from '../../cases/office-lists.ts';
import { CALENDAR_NAME, UnknownContent } from '../../cases/office.ts';
import { faultsOf, publishContent, Unacceptable } from '../../cases/publication.ts';
import type { WorkCalendar } from '../../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../../domain/kernel/civil-day.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import type { ApiDeps } from '../deps.ts';
import { Digest, Flag, name } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import { CalendarBody, LadderBody, PolicyBody } from '../../cases/office-bodies.ts';

const Listed = z
  .strictObject({
    publication: z.string(),
    kind: z.string(),
    name: z.string(),
    version: z.string(),
    hash: z.string(),
    at: z.int(),
    person: z.string(),
    personName: z.string().nullable(),
    reason: z.string().nullable(),
    inForce: z.boolean(),
  })
  .meta({ id: 'PublishedContent' });

const Published = z
  .strictObject({ hash: z.string(), publication: z.string().nullable(), touched: z.int() })
  .meta({ id: 'Published', description: 'publication 为 null:此内容已在施行;touched:将重新计算的案件数' });

const Moved = z.array(
  z.strictObject({
    caseId: z.string(),
    clock: z.string(),
    rule: z.string(),
    dueOn: z.string(),
    wouldBe: z.string(),
    earlier: z.boolean(),
  }),
);

const Preview = z
  .strictObject({
    days: z.array(z.string()),
    touched: z.int(),
    counted: z.int(),
    moved: Moved,
  })
  .meta({ id: 'CalendarPreview' });

const PolicyPreviewShape = z
  .strictObject({
    changed: z.array(
      z.strictObject({
        key: z.string(),
        title: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        rules: z.array(z.string()).meta({ description: '以此值为期限或延长上限的规则' }),
      }),
    ),
    touched: z.int(),
    counted: z.int(),
    moved: Moved,
  })
  .meta({ id: 'PolicyPreview' });

const YearShape = z
  .strictObject({
    year: z.int(),
    version: z.string(),
    knownThrough: z.string(),
    days: z.array(
      z.strictObject({
        on: z.string(),
        kind: z.enum(['work', 'weekend', 'holiday', 'make-up']),
        name: z.string().nullable(),
        provisional: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'CalendarYear' });

/** Every day of the year as the calendar has it. */
function daysOf(calendar: WorkCalendar, year: number) {
  const first = dayNumber(`${String(year)}-01-01`);
  const last = dayNumber(`${String(year)}-12-31`);
  return Array.from({ length: last - first + 1 }, (_, nth) => {
    const on = civilDate(first + nth);
    const kind = calendar.isMakeUpWorkday(on)
      ? ('make-up' as const)
      : calendar.isHoliday(on)
        ? ('holiday' as const)
        : calendar.isWorkday(on)
          ? ('work' as const)
          : ('weekend' as const);
    return { on, kind, name: calendar.nameOf(on) ?? null, provisional: calendar.isProvisional(on) };
  });
}

const listOf = (what: string, body: z.ZodType) => ({
  status: 200,
  description: what,
  json: z.strictObject({ versions: z.array(Listed), inForce: z.array(z.strictObject({ hash: z.string(), body })) }),
});
/** Why it is put in force; kept with the publication. */
const reason = name(200).optional().meta({ description: '公布的理由' });
const published = { status: 200, description: '已公布', json: Published };

const faulty = (faults: readonly string[]): ApiProblem =>
  new ApiProblem('invalid-request', {
    errors: faults.map((message) => ({ path: '', code: 'custom', message: `${message}。` })),
  });

/** The same content published twice is in force once, so a repeated command does nothing new whatever its key. */
export function officeOperations({ cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  const listing = async (kind: 'calendar' | 'ladder' | 'policy') => ({
    json: { versions: await listContents(pool, kind), inForce: await bodiesInForce(pool, kind) },
  });

  const mustBeAcceptable = async (content: Parameters<typeof faultsOf>[1]): Promise<void> => {
    const faults = await faultsOf(pool, content);
    if (faults.length > 0) throw faulty(faults);
  };
  const put = async (content: Parameters<typeof publishContent>[1], { person }: Actor, why: string | undefined) => {
    try {
      return { json: await publishContent(cases, content, person, why ?? null) };
    } catch (error) {
      if (error instanceof Unacceptable) throw faulty(error.faults);
      throw error;
    }
  };

  return [
    acting({
      method: 'get',
      path: '/api/recounts',
      right: 'office.read',
      tag: '规则与日历',
      summary: '公布后还有多少案件待重新计算',
      answers: [{ status: 200, description: '待计算的件数', json: z.strictObject({ left: z.int() }) }],
      handle: async () => ({ json: { left: await recountsLeft(pool) } }),
    }),
    acting({
      method: 'get',
      path: '/api/calendars',
      right: 'office.read',
      tag: '规则与日历',
      summary: '放假安排:各版本与现行内容',
      answers: [listOf('日历', CalendarBody)],
      handle: () => listing('calendar'),
    }),
    command({
      method: 'post',
      path: '/api/calendars',
      right: 'calendar.publish',
      tag: '规则与日历',
      summary: '公布放假安排,或预览会改动哪些日期',
      description: '`dryRun=true` 只预览:哪些未了结案件的期限会变。公布后逐案重新计算,只通知日期有变的责任人。',
      query: z.strictObject({ dryRun: Flag.optional(), reason }),
      body: CalendarBody,
      answers: [{ status: 200, description: '已公布,或预览', json: z.union([Published, Preview]) }],
      handle: async ({ query: { dryRun, reason: why }, body, actor }) => {
        const content = { kind: 'calendar', name: CALENDAR_NAME, version: body.version, body } as const;
        if (dryRun !== true) return put(content, actor, why);
        await mustBeAcceptable(content);
        return { json: await previewCalendar(cases, body) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/calendars/{year}',
      right: 'office.read',
      tag: '规则与日历',
      summary: '一年的每一天:工作日、休息日、放假、调休上班',
      params: z.strictObject({ year: z.coerce.number().int().min(2019).max(2100) }),
      answers: [{ status: 200, description: '一年', json: YearShape }],
      handle: async ({ params: { year } }) => {
        const client = await pool.connect();
        try {
          const { calendar } = await cases.office.inForce(client);
          return {
            json: {
              year,
              version: calendar.version,
              knownThrough: calendar.knownThrough,
              days: daysOf(calendar, year),
            },
          };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/ladders',
      right: 'office.read',
      tag: '规则与日历',
      summary: '提醒与升级阶梯:各版本与现行内容',
      answers: [listOf('阶梯', LadderBody)],
      handle: () => listing('ladder'),
    }),
    command({
      method: 'post',
      path: '/api/ladders',
      right: 'ladder.publish',
      tag: '规则与日历',
      summary: '公布一个阶梯',
      query: z.strictObject({ reason }),
      body: LadderBody,
      answers: [published],
      handle: async ({ query: { reason: why }, body, actor }) =>
        put({ kind: 'ladder', name: body.name, version: body.version, body }, actor, why),
    }),
    acting({
      method: 'get',
      path: '/api/policies',
      right: 'office.read',
      tag: '规则与日历',
      summary: '区政策值:各版本与现行内容',
      answers: [listOf('政策', PolicyBody)],
      handle: () => listing('policy'),
    }),
    command({
      method: 'post',
      path: '/api/policies',
      right: 'policy.publish',
      tag: '规则与日历',
      summary: '公布区政策值,或预览会改动什么',
      description: '`dryRun=true` 只预览:哪些值变了、哪些规则用到、哪些未了结案件的期限会变。',
      query: z.strictObject({ dryRun: Flag.optional(), reason }),
      body: PolicyBody,
      answers: [{ status: 200, description: '已公布,或预览', json: z.union([Published, PolicyPreviewShape]) }],
      handle: async ({ query: { dryRun, reason: why }, body, actor }) => {
        const content = { kind: 'policy', name: body.name, version: body.version, body } as const;
        if (dryRun !== true) return put(content, actor, why);
        await mustBeAcceptable(content);
        return { json: await previewPolicy(cases, body) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/contents/{hash}',
      right: 'office.read',
      tag: '规则与日历',
      summary: '按内容哈希取任一版本',
      params: z.strictObject({ hash: Digest }),
      answers: [
        {
          status: 200,
          description: '内容',
          json: z.strictObject({
            hash: z.string(),
            kind: z.string(),
            name: z.string(),
            version: z.string(),
            storedAt: z.int(),
            body: z.unknown(),
          }),
        },
      ],
      problems: ['content-not-found'],
      handle: async ({ params: { hash } }) => {
        try {
          return { json: await contentOf(pool, hash) };
        } catch (error) {
          if (error instanceof UnknownContent) throw new ApiProblem('content-not-found');
          throw error;
        }
      },
    }),
  ];
}
