/** The ledger of notices: who was told what, when, and whether it arrived. */
import { z } from 'zod';
import { listNotices, markRead, NOTICE_STATES, retryNotice, showNotice } from '../../cases/notices/ledger.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, Flag, Id } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
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

export function noticeOperations({ pool, notices: deps }: Pick<ApiDeps, 'pool' | 'notices'>): Operation[] {
  return [
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
