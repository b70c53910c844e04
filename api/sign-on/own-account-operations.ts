/** A person's own account: its password and its second factor. */
import { z } from 'zod';
import { ownAccount } from '../../sign-on/own-account.ts';
import { changePassword } from '../../sign-on/own-password.ts';
import {
  beginEnrolment,
  confirmEnrolment,
  removeOwnSecondFactor,
  renewRecoveryCodes,
} from '../../sign-on/second-factor.ts';
import { open, type Operation } from '../operation.ts';
import type { Context } from './context.ts';
import { Code, Proof, RecoveryCodes } from './shapes.ts';

const tag = '登录';
const HELD = ['not-signed-in', 'second-factor-awaited'];
const PROVED = [...HELD, 'second-factor-refused', 'second-factor-absent', 'sign-in-locked'];
const Password = z.string().min(1).max(200);
const Done = z.strictObject({ done: z.literal(true) });

export function ownAccountOperations({ deps, session, callerOf, give }: Context): Operation[] {
  return [
    open({
      method: 'get',
      path: '/api/account',
      tag,
      summary: '我的账号：密码与第二步验证的情况',
      answers: [
        {
          status: 200,
          description: '我的账号',
          json: z
            .strictObject({
              name: z.string(),
              hasPassword: z.boolean(),
              sample: z.boolean(),
              passwordSetAt: z.int().nullable(),
              passwordEndsAt: z.int().nullable(),
              passwordRules: z.array(z.string()),
              secondFactorSince: z.int().nullable(),
              recoveryCodesLeft: z.int(),
              linked: z.boolean().meta({ description: '已绑定统一身份认证' }),
            })
            .meta({ id: 'OwnAccount' }),
        },
      ],
      problems: HELD,
      handle: async ({ request }) => ({ json: await ownAccount(deps, await session(request)) }),
    }),
    open({
      method: 'put',
      path: '/api/account/password',
      tag,
      summary: '修改密码；其他会话随即结束',
      body: z.strictObject({ current: Password, next: Password }),
      answers: [{ status: 200, description: '已修改', json: Done }],
      problems: [...HELD, 'password-wrong', 'password-refused', 'password-absent', 'sign-in-locked'],
      handle: async ({ body, request }) => {
        const { token } = await changePassword(deps, await session(request), body, callerOf(request));
        give(request, token);
        return { json: { done: true } };
      },
    }),
    open({
      method: 'post',
      path: '/api/account/second-factor',
      tag,
      summary: '启用第二步验证：取得密钥，在身份验证器中添加',
      body: z.strictObject({ password: Password.optional() }),
      answers: [
        {
          status: 200,
          description: '密钥，只显示这一次；输入一次验证码后生效',
          json: z.strictObject({ secret: z.string(), uri: z.string() }).meta({ id: 'NewSecondFactor' }),
        },
      ],
      problems: [...HELD, 'password-wrong', 'sign-in-locked', 'second-factor-present'],
      handle: async ({ body, request }) => ({
        json: await beginEnrolment(deps, await session(request), body.password, callerOf(request)),
      }),
    }),
    open({
      method: 'put',
      path: '/api/account/second-factor',
      tag,
      summary: '输入验证码，第二步验证生效',
      body: z.strictObject({ code: Code }),
      answers: [{ status: 200, description: '已启用', json: RecoveryCodes }],
      problems: [...PROVED, 'second-factor-present'],
      handle: async ({ body, request }) => {
        const { token, recoveryCodes } = await confirmEnrolment(
          deps,
          await session(request),
          body.code,
          callerOf(request),
        );
        give(request, token);
        return { json: { recoveryCodes } };
      },
    }),
    open({
      method: 'post',
      path: '/api/account/second-factor/removal',
      tag,
      summary: '停用第二步验证',
      body: Proof,
      answers: [{ status: 200, description: '已停用', json: Done }],
      problems: PROVED,
      handle: async ({ body, request }) => {
        await removeOwnSecondFactor(deps, await session(request), body, callerOf(request));
        return { json: { done: true } };
      },
    }),
    open({
      method: 'post',
      path: '/api/account/recovery-codes',
      tag,
      summary: '重新生成恢复码；旧的作废',
      body: z.strictObject({ code: Code }),
      answers: [{ status: 200, description: '新的恢复码', json: RecoveryCodes }],
      problems: PROVED,
      handle: async ({ body, request }) => ({
        json: { recoveryCodes: await renewRecoveryCodes(deps, await session(request), body, callerOf(request)) },
      }),
    }),
  ];
}
