/** The ledger of notices: who was told what, when, and whether it arrived. */
import { z } from 'zod';
import { listNotices, markRead, NOTICE_STATES, retryNotice, showNotice } from '../../cases/notices/ledger.ts';
import { readClock } from '../../cases/deps.ts';
import { ANSWERED_WITHIN_DAYS, rungEffects } from '../../cases/effects.ts';
import { DAY_MS } from '../../domain/kernel/civil-day.ts';
import { reachOf } from '../../domain/rights/table.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, Flag, Id } from '../fields.ts';
import { acting, command, shared, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';

const at = z.int().nullable();
const row = {
  id: z.string(),
  caseId: z.string(),
  seq: z.int(),
  post: z.string(),
  postTitle: z.string().nullable(),
  template: z.string(),
  act: z.string(),
  urgency: z.string(),
  state: z.enum(NOTICE_STATES),
  why: z.string().nullable(),
  whyWords: z.string().nullable(),
  at: z.int(),
  person: z.string().nullable(),
  personName: z.string().nullable(),
  messageId: z.string().nullable(),
  frozenAt: at,
  attempts: z.int(),
  reply: z.string().nullable(),
  sentAt: at,
  readAt: at,
};
const NoticeRow = z.strictObject(row).meta({ id: 'Notice' });
const NoticeShown = z
  .strictObject({ ...row, message: z.strictObject({ subject: z.string(), text: z.string() }).nullable() })
  .meta({ id: 'NoticeWithMessage' });

const NoticeId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, '通知编号须为正整数')
  .meta({ description: '通知编号' });
const params = z.strictObject({ id: NoticeId });

const EffectShape = z.strictObject({
  ladder: z.string(),
  ladderTitle: z.string(),
  rung: z.string(),
  title: z.string(),
  tone: z.enum(['blue', 'yellow', 'red']),
  fired: z.int(),
  judged: z.int().meta({ description: '已有人办理的,或者发出已满三个工作日的' }),
  answered: z.int(),
});

export function noticeOperations({
  pool,
  notices: deps,
  cases,
}: Pick<ApiDeps, 'pool' | 'notices' | 'cases'>): Operation[] {
  return [
    shared({
      method: 'get',
      path: '/api/effects',
      right: 'notice.read',
      tag: '通知',
      summary: '哪一级起了作用:各阶梯各级发出后有人办理的份额',
      query: z.strictObject({ days: z.coerce.number().int().min(1).max(400).default(90) }),
      answers: [
        {
          status: 200,
          description: '各级',
          json: z.strictObject({ days: z.int(), within: z.int(), rungs: z.array(EffectShape) }).meta({ id: 'Effects' }),
        },
      ],
      handle: async ({ query: { days }, reach }) => {
        const client = await pool.connect();
        try {
          const now = await readClock(cases, client);
          const { calendar, ladders } = await cases.office.inForce(client);
          const rungs = await rungEffects(client, { reach, from: now - days * DAY_MS, now, calendar, ladders });
          return { json: { days, within: ANSWERED_WITHIN_DAYS, rungs } };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/notices',
      right: 'notice.read',
      tag: '通知',
      summary: '通知台账',
      query: z.strictObject({
        state: z.enum(NOTICE_STATES).optional(),
        stuck: Flag.optional().meta({ description: '迟了 15 分钟以上还没有发出' }),
        caseId: CaseId.optional(),
        post: Id.optional(),
        person: Id.optional(),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页通知,从新到旧', json: page(NoticeRow) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { limit, cursor, ...filter }, reach }) => {
        const before = readCursor(cursor, NoticeId);
        const client = await pool.connect();
        try {
          const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
          const more = await listNotices(client, deps, {
            ...asked,
            reach,
            ...(before === undefined ? {} : { before }),
            limit: limit + 1,
          });
          const rows = more.slice(0, limit);
          return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.id) : null } };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/notices/{id}',
      right: 'notice.read',
      tag: '通知',
      summary: '一条通知及其邮件',
      params,
      answers: [{ status: 200, description: '通知', json: NoticeShown }],
      problems: ['notice-not-found'],
      handle: async ({ params: { id }, reach }) => {
        const shown = await showNotice(pool, id, reach);
        if (shown === null) throw new ApiProblem('notice-not-found');
        return { json: shown };
      },
    }),
    command({
      method: 'post',
      path: '/api/notices/{id}/read',
      right: 'signed-in',
      tag: '通知',
      summary: '标记已读',
      description: '只有收件人能标记;重复标记答复第一次的时刻。',
      params,
      answers: [{ status: 200, description: '已读', json: z.strictObject({ readAt: z.int() }) }],
      problems: ['notice-not-found', 'not-sent-yet', 'not-addressee'],
      handle: async ({ params: { id }, actor }) => {
        const marked = await markRead(deps, id, actor.person);
        // Somebody else's notice says only to who may read it that it is somebody else's.
        if (!marked.ok && marked.code === 'not-addressee') {
          const reach = reachOf(actor, 'notice.read');
          if (reach === null || (await showNotice(pool, id, reach)) === null) throw new ApiProblem('notice-not-found');
        }
        if (!marked.ok) throw new ApiProblem(marked.code === 'unknown-notice' ? 'notice-not-found' : marked.code);
        return { json: { readAt: marked.readAt } };
      },
    }),
    command({
      method: 'post',
      path: '/api/notices/{id}/retry',
      right: 'notice.requeue',
      tag: '通知',
      summary: '重发',
      description: '原因排除后:被拒绝的重新排队,正在等待的立即再试,内容不变。',
      params,
      answers: [
        {
          status: 200,
          description: '已重发',
          json: z.strictObject({ as: z.enum(['queued-again', 'tried-at-once']) }),
        },
      ],
      problems: ['notice-not-found', 'nothing-to-retry'],
      handle: async ({ params: { id } }) => {
        const retried = await retryNotice(deps, id);
        if (!retried.ok) throw new ApiProblem(retried.code === 'unknown-notice' ? 'notice-not-found' : retried.code);
        return { json: { as: retried.as } };
      },
    }),
  ];
}
