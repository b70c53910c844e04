/** What the single sign-on sent back instead of a session, in words. The codes are the API's. */
const PROBLEMS: Readonly<Record<string, string>> = {
  'oidc-refused': '统一身份认证未通过，请重新登录。',
  'oidc-person-unknown': '统一身份认证已通过，但没有对应的账号，请联系系统管理员绑定。',
  'oidc-unreachable': '统一身份认证暂时连不上，请稍后再试，或用账号和密码登录。',
  'account-disabled': '这个账号已停用，请联系系统管理员。',
};

export const problemWords = (code: string | null): string | null =>
  code === null ? null : (PROBLEMS[code] ?? '登录没有成功，请重试。');

/** Where to go after signing in: a page of ours, or the first one. */
export const nextPage = (next: string | null): string => (next !== null && /^\/(?![/\\])/.test(next) ? next : '/');
