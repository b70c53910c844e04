/** Shapes that several operations of signing on share. */
import { z } from 'zod';
import { words } from '../fields.ts';

export const Code = z
  .string()
  .regex(/^\d{6}$/, '验证码为六位数字')
  .meta({ description: '身份验证器显示的六位数字' });

/** What shows that the person holds the second factor. */
export const Proof = z
  .union([z.strictObject({ code: Code }), z.strictObject({ recoveryCode: words(40) })])
  .meta({ id: 'SecondFactorProof', description: '六位数字，或一个恢复码' });

export const SessionId = z.uuid().meta({ description: '会话编号' });

export const SessionRow = z
  .strictObject({
    id: z.string(),
    post: z.string().nullable(),
    postTitle: z.string().nullable(),
    level: z.enum(['password', 'oidc', 'totp']),
    address: z.string().nullable(),
    browser: z.string().nullable(),
    startedAt: z.int(),
    seenAt: z.int(),
    endsAt: z.int(),
  })
  .meta({ id: 'SessionRow', description: '一个登录会话' });

/** Shown once, never again. */
export const RecoveryCodes = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', description: '恢复码，只显示这一次' });
