/** Other people's accounts, for the administrators: one makes and resets, another unlocks and ends sessions. */
import { z } from 'zod';
import { candidates, listAccounts } from '../../sign-on/account-list.ts';
import {
  createAccount,
  linkSubject,
  resetPassword,
  setDisabled,
  takeSecondFactor,
  unlinkSubjects,
  unlock,
  type By,
} from '../../sign-on/account-office.ts';
import { revokeSessions, sessionsOf } from '../../sign-on/session-list.ts';
import { Id, words } from '../fields.ts';
import { acting, type Call, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import type { Context } from './context.ts';
import { SessionId, SessionRow } from './shapes.ts';

const tag = '登录';

const AccountRow = z
  .strictObject({
    person: z.string(),
    personName: z.string().nullable(),
    name: z.string(),
    posts: z.array(z.string()),
    hasPassword: z.boolean(),
    mustChange: z.boolean(),
    secondFactor: z.boolean(),
    linked: z.boolean(),
    sample: z.boolean(),
    disabled: z.boolean(),
    lockedUntil: z.int().nullable(),
    sessions: z.int(),
    lastSignInAt: z.int().nullable(),
  })
  .meta({ id: 'AccountRow', description: '一个账号' });

const params = z.strictObject({ person: Id });
const Done = z.strictObject({ done: z.literal(true) });
const OneTime = z
  .strictObject({ password: z.string() })
  .meta({ id: 'OneTimePassword', description: '一次性密码，只显示这一次；首次登录须修改' });
const done = (description: string) => [{ status: 200, description, json: Done }];
const DONE = { json: { done: true } } as const;

/** `issuer`: whose subjects are linked; null without a single sign-on. */
export function accountOperations({ deps, callerOf }: Context, issuer: string | null): Operation[] {
  const by = ({ actor, request }: Pick<Call<unknown, unknown, unknown>, 'actor' | 'request'>): By => ({
    by: { person: actor.person, post: actor.post },
    caller: callerOf(request),
  });

  return [
    acting({
      method: 'get',
      path: '/api/accounts',
      right: 'account.read',
      tag,
      summary: '账号名单',
      query: z.strictObject({ text: words(60).optional(), ...paged }),
      answers: [{ status: 200, description: '一页账号，按账号名', json: page(AccountRow) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { text, limit, cursor } }) => {
        const after = readCursor(cursor, z.string());
        const filter = { ...(text === undefined ? {} : { text }), ...(after === undefined ? {} : { after }) };
        const rows = await listAccounts(deps, { ...filter, limit });
        const last = rows.length === limit ? rows.at(-1) : undefined;
        return { json: { rows, next: last === undefined ? null : cursorOf(last.name) } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/account-candidates',
      right: 'account.manage',
      tag,
      summary: '还没有账号的人员，按姓名或编号查找',
      query: z.strictObject({ text: words(60) }),
      answers: [
        {
          status: 200,
          description: '至多 20 人',
          json: z.strictObject({
            rows: z.array(z.strictObject({ person: z.string(), name: z.string(), posts: z.array(z.string()) })),
          }),
        },
      ],
      handle: async ({ query }) => ({ json: { rows: await candidates(deps, query.text) } }),
    }),
    acting({
      method: 'post',
      path: '/api/accounts',
      right: 'account.manage',
      tag,
      summary: '为一名人员建立账号',
      body: z.strictObject({ person: Id, name: words(40) }),
      answers: [{ status: 200, description: '已建立', json: OneTime }],
      problems: ['account-exists', 'account-name-taken', 'account-name-malformed', 'account-person-unknown'],
      handle: async ({ body, ...call }) => ({ json: await createAccount(deps, body, by(call)) }),
    }),
    acting({
      method: 'post',
      path: '/api/accounts/{person}/password',
      right: 'account.manage',
      tag,
      summary: '重设密码；其会话随即结束',
      params,
      answers: [{ status: 200, description: '已重设', json: OneTime }],
      problems: ['account-not-found', 'own-account'],
      handle: async ({ params: { person }, ...call }) => ({ json: await resetPassword(deps, person, by(call)) }),
    }),
    acting({
      method: 'put',
      path: '/api/accounts/{person}/disabled',
      right: 'account.manage',
      tag,
      summary: '停用或恢复账号',
      params,
      body: z.strictObject({ disabled: z.boolean() }),
      answers: done('已停用或恢复'),
      problems: ['account-not-found', 'own-account'],
      handle: async ({ params: { person }, body, ...call }) => {
        await setDisabled(deps, person, body.disabled, by(call));
        return DONE;
      },
    }),
    acting({
      method: 'put',
      path: '/api/accounts/{person}/single-sign-on',
      right: 'account.manage',
      tag,
      summary: '绑定统一身份认证的用户标识',
      params,
      body: z.strictObject({ subject: words(255) }),
      answers: done('已绑定'),
      problems: ['account-not-found', 'oidc-subject-taken', 'oidc-not-set-up'],
      handle: async ({ params: { person }, body: { subject }, ...call }) => {
        if (issuer === null) throw new ApiProblem('oidc-not-set-up');
        await linkSubject(deps, { person, issuer, subject }, by(call));
        return DONE;
      },
    }),
    acting({
      method: 'delete',
      path: '/api/accounts/{person}/single-sign-on',
      right: 'account.manage',
      tag,
      summary: '解除统一身份认证的绑定',
      params,
      answers: done('已解除'),
      problems: ['account-not-found'],
      handle: async ({ params: { person }, ...call }) => {
        await unlinkSubjects(deps, person, by(call));
        return DONE;
      },
    }),
    acting({
      method: 'delete',
      path: '/api/accounts/{person}/lock',
      right: 'account.unlock',
      tag,
      summary: '解除连续失败后的暂停',
      params,
      answers: done('已解除'),
      problems: ['account-not-found'],
      handle: async ({ params: { person }, ...call }) => {
        await unlock(deps, person, by(call));
        return DONE;
      },
    }),
    acting({
      method: 'delete',
      path: '/api/accounts/{person}/second-factor',
      right: 'account.unlock',
      tag,
      summary: '取消第二步验证：本人丢失身份验证器和恢复码时',
      params,
      answers: done('已取消'),
      problems: ['account-not-found', 'own-account'],
      handle: async ({ params: { person }, ...call }) => {
        await takeSecondFactor(deps, person, by(call));
        return DONE;
      },
    }),
    acting({
      method: 'get',
      path: '/api/accounts/{person}/sessions',
      right: 'session.revoke',
      tag,
      summary: '某人的登录会话',
      params,
      answers: [
        { status: 200, description: '从最近使用的起', json: z.strictObject({ sessions: z.array(SessionRow) }) },
      ],
      handle: async ({ params: { person } }) => ({ json: { sessions: await sessionsOf(deps, person) } }),
    }),
    acting({
      method: 'delete',
      path: '/api/accounts/{person}/sessions',
      right: 'session.revoke',
      tag,
      summary: '结束某人的全部会话',
      params,
      answers: [{ status: 200, description: '结束了几个', json: z.strictObject({ ended: z.int() }) }],
      handle: async ({ params: { person }, ...call }) => ({
        json: { ended: await revokeSessions(deps, { person }, by(call)) },
      }),
    }),
    acting({
      method: 'delete',
      path: '/api/accounts/{person}/sessions/{session}',
      right: 'session.revoke',
      tag,
      summary: '结束某人的一个会话',
      params: z.strictObject({ person: Id, session: SessionId }),
      answers: [{ status: 200, description: '已结束', json: z.strictObject({ ended: z.int() }) }],
      problems: ['session-not-found'],
      handle: async ({ params: { person, session }, ...call }) => ({
        json: { ended: await revokeSessions(deps, { person, id: session }, by(call)) },
      }),
    }),
  ];
}
