/** Signing in and out, the second step, whose session this is, and for which post it acts. */
import { z } from 'zod';
import { listSamples, SAMPLE_PASSWORD } from '../../sign-on/sample-accounts.ts';
import { passSecondFactor } from '../../sign-on/second-factor.ts';
import { revokeSessions, sessionsOf, signOut, switchPost } from '../../sign-on/session-list.ts';
import { findSession } from '../../sign-on/sessions.ts';
import { signIn } from '../../sign-on/sign-in.ts';
import { Id } from '../fields.ts';
import { open, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import { tokenIn } from './cookies.ts';
import type { Context } from './context.ts';
import { sessionAnswer, SessionShape } from './session-shape.ts';
import { Proof, SessionId, SessionRow } from './shapes.ts';

const tag = '登录';
const HELD = ['not-signed-in', 'second-factor-awaited'];
const SignedIn = z
  .strictObject({ awaits: z.enum(['second-factor']).nullable(), session: SessionShape.nullable() })
  .meta({ id: 'SignedIn', description: 'awaits 为 second-factor 时，还须完成第二步验证' });
const Ended = z.strictObject({ ended: z.int() });

export function sessionOperations(context: Context, oidcName: string | null): Operation[] {
  const { deps, cookies, session, anySession, callerOf } = context;
  /** The session under the token just given. */
  const answerOf = async (token: string) => {
    const found = await findSession(deps, token);
    if (found === null) throw new ApiProblem('not-signed-in');
    return sessionAnswer(deps, found);
  };

  return [
    open({
      method: 'get',
      path: '/api/sign-in-options',
      tag,
      summary: '可以怎样登录；本机试用时列出示例账号',
      answers: [
        {
          status: 200,
          description: '登录方式',
          json: z
            .strictObject({
              singleSignOn: z.string().nullable().meta({ description: '按钮上的字；null：没有统一身份认证' }),
              sample: z
                .strictObject({
                  password: z.string(),
                  accounts: z.array(
                    z.strictObject({ name: z.string(), personName: z.string().nullable(), says: z.string() }),
                  ),
                })
                .nullable(),
            })
            .meta({ id: 'SignInOptions' }),
        },
      ],
      handle: async () => ({
        json: {
          singleSignOn: oidcName,
          sample: deps.localMode ? { password: SAMPLE_PASSWORD, accounts: await listSamples(deps) } : null,
        },
      }),
    }),
    open({
      method: 'post',
      path: '/api/session',
      tag,
      summary: '以账号和密码登录',
      body: z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
      answers: [{ status: 200, description: '密码正确', json: SignedIn }],
      problems: ['sign-in-refused', 'sign-in-locked', 'sign-in-throttled', 'account-disabled'],
      handle: async ({ body, request }) => {
        const begun = await signIn(deps, {
          ...body,
          caller: callerOf(request),
          browserToken: tokenIn(request, cookies.browser),
          sessionToken: tokenIn(request, cookies.session),
        });
        context.giveBegun(request, begun);
        const { awaits, token } = begun;
        return { json: { awaits, session: awaits === null ? await answerOf(token) : null } };
      },
    }),
    open({
      method: 'post',
      path: '/api/session/second-factor',
      tag,
      summary: '第二步验证：身份验证器的六位数字，或一个恢复码',
      body: Proof,
      answers: [{ status: 200, description: '已登录', json: SignedIn }],
      problems: ['not-signed-in', 'second-factor-refused', 'second-factor-absent', 'sign-in-locked'],
      handle: async ({ body, request }) => {
        const { token } = await passSecondFactor(deps, await anySession(request), body, callerOf(request));
        context.give(request, token);
        return { json: { awaits: null, session: await answerOf(token) } };
      },
    }),
    open({
      method: 'get',
      path: '/api/session',
      tag,
      summary: '我是谁：人员、岗位、权限、会话何时结束',
      answers: [{ status: 200, description: '当前会话', json: SessionShape }],
      problems: HELD,
      handle: async ({ request }) => ({ json: await sessionAnswer(deps, await session(request, true)) }),
    }),
    open({
      method: 'delete',
      path: '/api/session',
      tag,
      summary: '退出登录',
      answers: [{ status: 200, description: '已退出', json: Ended }],
      problems: ['not-signed-in'],
      handle: async ({ request }) => {
        await signOut(deps, await anySession(request), callerOf(request));
        context.takeSession(request);
        return { json: { ended: 1 }, headers: { 'Clear-Site-Data': '"cache"' } };
      },
    }),
    open({
      method: 'put',
      path: '/api/session/post',
      tag,
      summary: '切换岗位；代理人以本人名义为被代理的岗位办理',
      body: z.strictObject({ post: Id }),
      answers: [{ status: 200, description: '已切换', json: SessionShape }],
      problems: [...HELD, 'post-not-held'],
      handle: async ({ body, request }) => {
        const held = await session(request);
        await switchPost(deps, held, body.post, callerOf(request));
        return { json: await sessionAnswer(deps, { ...held, post: body.post }) };
      },
    }),
    open({
      method: 'get',
      path: '/api/sessions',
      tag,
      summary: '我的登录会话',
      answers: [
        {
          status: 200,
          description: '从最近使用的起',
          json: z.strictObject({ current: z.string(), sessions: z.array(SessionRow) }),
        },
      ],
      problems: HELD,
      handle: async ({ request }) => {
        const { id, person } = await session(request);
        return { json: { current: id, sessions: await sessionsOf(deps, person) } };
      },
    }),
    open({
      method: 'delete',
      path: '/api/sessions',
      tag,
      summary: '结束我的其他会话',
      answers: [{ status: 200, description: '结束了几个', json: Ended }],
      problems: HELD,
      handle: async ({ request }) => {
        const { id, person } = await session(request);
        return { json: { ended: await revokeSessions(deps, { person, except: id }, { caller: callerOf(request) }) } };
      },
    }),
    open({
      method: 'delete',
      path: '/api/sessions/{session}',
      tag,
      summary: '结束我的一个会话',
      params: z.strictObject({ session: SessionId }),
      answers: [{ status: 200, description: '已结束', json: Ended }],
      problems: [...HELD, 'session-not-found'],
      handle: async ({ params, request }) => {
        const { person } = await session(request);
        const which = { person, id: params.session };
        return { json: { ended: await revokeSessions(deps, which, { caller: callerOf(request) }) } };
      },
    }),
  ];
}
