/** What happened at signing on: one row an event, written in the transaction of what happened. Never a password, never a token. */
import type pg from 'pg';
import type { Caller } from './deps.ts';

/** Every event there is, and how people call it. */
export const SECURITY_EVENTS = {
  'signed-in': '登录',
  'sign-in-failed': '登录失败',
  'sign-in-locked': '连续失败，暂停登录',
  'second-factor-passed': '第二步验证通过',
  'second-factor-failed': '第二步验证失败',
  'recovery-code-used': '使用恢复码',
  'signed-out': '退出',
  'session-revoked': '结束登录会话',
  'post-switched': '切换岗位',
  'password-changed': '修改密码',
  'password-reset': '重设密码',
  'second-factor-enrolled': '启用第二步验证',
  'second-factor-removed': '停用第二步验证',
  'recovery-codes-made': '生成恢复码',
  'account-created': '建立账号',
  'account-disabled': '停用账号',
  'account-removed': '删除示例账号',
  'account-enabled': '恢复账号',
  'account-unlocked': '解除暂停',
  'oidc-linked': '绑定统一身份认证',
  'oidc-unlinked': '解除统一身份认证绑定',
  'oidc-refused': '统一身份认证未通过',
} as const;

export type SecurityEventName = keyof typeof SECURITY_EVENTS;

export interface SecurityEvent {
  readonly at: number;
  readonly event: SecurityEventName;
  /** Whose account; null where the name has none. */
  readonly person: string | null;
  /** Who did it, where it was another: an administrator, or `operator` at the server. */
  readonly by?: { readonly person: string; readonly post: string | null };
  readonly session?: string;
  readonly caller?: Caller;
  readonly details?: { readonly [name: string]: string | number | boolean };
}

/** `client` is in the transaction of what is told: if this fails, it did not happen. */
export async function logSecurity(client: pg.ClientBase, event: SecurityEvent): Promise<void> {
  await client.query({
    name: 'log-security',
    text: `INSERT INTO security_log (at, event, person, by_person, by_post, session, address, details)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      event.at,
      event.event,
      event.person,
      event.by?.person ?? null,
      event.by?.post ?? null,
      event.session ?? null,
      event.caller?.address ?? null,
      JSON.stringify(event.details ?? {}),
    ],
  });
}
