/** Which sentence and which HTTP status belong to a problem code. The one table of codes; knows no route. */
import { filledIn, REFUSAL_TEXTS } from '../cases/refusal-texts.ts';
import type { Refusal } from '../domain/kernel/process.ts';

export interface ProblemText {
  readonly status: number;
  /** Chinese, one sentence, `{name}` for values. */
  readonly text: string;
}

const at =
  (status: number) =>
  (text: string): ProblemText => ({ status, text });

/** What the API itself refuses, before any process or the register is asked. */
const API_PROBLEMS: { readonly [code: string]: ProblemText } = {
  'invalid-request': at(400)('请求内容不合要求,请按所列各处改正。'),
  'malformed-json': at(400)('请求正文不是正确的 JSON。'),
  'ill-formed-text': at(400)('请求中有不能保存的字符(空字符或残缺的编码),请删去后再试。'),
  'malformed-http': at(400)('这不是一个正确的 HTTP 请求:地址中的汉字和特殊字符须经编码。'),
  'request-timeout': at(408)('请求没有在时限内发完,请重试。'),
  'headers-too-large': at(431)('请求头过大。'),
  'body-missing': at(400)('缺少请求正文。'),
  'invalid-cursor': at(400)('翻页标记无效,请从第一页重新查询。'),
  'idempotency-key-missing': at(400)('缺少 Idempotency-Key 请求头:每次办理须带一个不重复的编号。'),
  'idempotency-key-malformed': at(400)('Idempotency-Key 须为 1 至 200 个可见的 ASCII 字符。'),
  'digest-mismatch': at(400)('文件内容与地址中的 SHA-256 不一致,请重新上传。'),
  'not-signed-in': at(401)('您还没有登录，或登录已失效，请重新登录。'),
  'second-factor-awaited': at(401)('密码已核对，请先完成第二步验证。'),
  'second-factor-required': at(403)(
    '管理岗位须先完成第二步验证：请到「我的账号」启用身份验证器，或重新登录并输入验证码。',
  ),
  'password-change-due': at(403)('请先修改密码：当前密码是管理员重设的、示例的，或已使用超过 90 天。'),
  'post-changed': at(409)('您的登录会话已切换到另一个岗位，请刷新页面后再办理。'),
  'sign-in-refused': at(401)('账号或密码不对，还可以再试 {left} 次。'),
  'sign-in-locked': at(429)('连续失败次数过多，已暂停，请 {minutes} 分钟后再试；急用请联系安全管理员解除。'),
  'sign-in-throttled': at(429)('您所在的网络登录失败过多，请十分钟后再试，或换用登录过的浏览器。'),
  'account-disabled': at(403)('这个账号已停用，请联系系统管理员。'),
  'second-factor-refused': at(401)('验证码不对或已用过，还可以再试 {left} 次。每个验证码只能用一次。'),
  'second-factor-absent': at(409)('这个账号还没有启用第二步验证。'),
  'second-factor-present': at(409)('第二步验证已经启用；要换一个身份验证器，请先停用。'),
  'password-wrong': at(403)('当前密码不对，还可以再试 {left} 次。'),
  'password-refused': at(409)('这个密码不能用：{why}。'),
  'password-absent': at(409)('这个账号没有密码，只能用统一身份认证登录。'),
  'session-not-found': at(404)('没有这个会话，或它已经结束。'),
  'account-not-found': at(404)('没有这个账号。'),
  'account-exists': at(409)('此人已经有账号。'),
  'account-name-taken': at(409)('这个账号名已有人使用，请换一个。'),
  'account-name-malformed': at(400)('账号名须为 2 至 40 个小写字母、数字、汉字、点、下划线或连字符，不以符号开头。'),
  'account-person-unknown': at(404)('名册中没有这个人，请先在名册中登记。'),
  'own-account': at(403)('不能对自己的账号这样做，请另一名管理员办理。'),
  'oidc-subject-taken': at(409)('这个用户标识已绑定另一个人。'),
  'oidc-not-set-up': at(409)('没有设置统一身份认证。'),
  'oidc-refused': at(401)('统一身份认证未通过，请重新登录。'),
  'oidc-person-unknown': at(403)('统一身份认证已通过，但没有对应的账号，请联系系统管理员绑定。'),
  'oidc-unreachable': at(503)('统一身份认证暂时连不上，请稍后再试，或用账号和密码登录。'),
  'cross-site-refused': at(403)('这个请求不是从本站页面发出的，已拒绝。'),
  'person-unknown': at(401)('名册中没有这个人。'),
  'post-ambiguous': at(400)('此人有几个岗位({posts}),请说明以哪个岗位办理。'),
  'no-post': at(403)('此人现在没有岗位,也不代理任何岗位。'),
  'post-not-held': at(403)('此人现在不担任也不代理岗位 {post}。'),
  'right-missing': at(403)('您现在的岗位没有「{right}」的权限;有这项权限的岗位:{holders}。本次已记入访问记录。'),
  'unit-out-of-reach': at(403)('单位 {unit} 不在您的辖区内。'),
  'change-out-of-reach': at(403)('第 {index} 条变更涉及您辖区以外的单位、岗位、人员或主体,没有写入。'),
  'change-not-yours': at(403)('第 {index} 条变更不是您的岗位可以作的,没有写入。'),
  'whole-district': at(403)('面向全区的周期由区食药安办预览和启动;本辖区的专项督导,请写明单位。'),
  'not-in-batch': at(409)('这一步须逐件办理,不能与其他案件一并办({case})。'),
  'range-missing': at(400)('请指明起止日期、年份或一个督导周期。'),
  'range-too-long': at(400)('起止日期须先后有序,且相隔不超过 {most} 日。'),
  'verification-running': at(409)('已有一次全部核验在进行,请等它结束。'),
  'not-found': at(404)('没有这个地址。'),
  'case-not-found': at(404)('没有这个案件。'),
  'before-opening': at(404)('案件在 {openedAt} 才开始,那一时刻还没有这个案件。'),
  'cycle-not-found': at(404)('没有这个督导周期。'),
  'import-not-found': at(404)('没有这次导入。'),
  'preview-unknown': at(404)('没有这个预览,或它不属于本周期,请重新预览。'),
  'notice-not-found': at(404)('没有这条通知。'),
  'evidence-not-found': at(404)('没有这个证据文件。'),
  'rule-not-found': at(404)('规则库中没有这条规则,或该日没有有效版本。'),
  'import-unreadable': at(400)('文件不能导入:{why}。'),
  'no-budget': at(400)('规则 {rule} 没有固定期限,由个案文书或周期确定。'),
  'value-missing': at(409)('规则 {rule} 的期限未设定:区政策值 {key} 须先由区食药安办录入。'),
  'date-outside-calendar': at(400)('起算日或到期日超出日历范围(2019-01-01 至 2100-12-31)。'),
  'content-not-found': at(404)('没有这个版本的内容。'),
  'register-row-not-found': at(404)('名册中没有这一条,或者它不在您的辖区。'),
  'not-sent-yet': at(409)('这条通知还没有发出,不能标记已读。'),
  'not-addressee': at(403)('您不是这条通知的收件人。'),
  'nothing-to-retry': at(409)('这条通知没有要重发的:已发出、已读或已被后来的取代。'),
  'method-not-allowed': at(405)('这个地址不接受该请求方法,可用:{allow}。'),
  'too-large': at(413)('内容超过上限 {limit},请缩小后再试。'),
  'unsupported-media-type': at(415)('不支持的内容类型,可用:{accepts}。'),
  'case-moved': at(409)('您打开之后,这个案件已有变化:{what}。请看过最新的情况再办。'),
  'entry-not-found': at(404)('这个案件没有第 {seq} 条流水。'),
  'view-not-found': at(404)('没有这个保存的视图。'),
  'too-many-views': at(409)('保存的视图已到上限 {most} 个,请先删去不用的。'),
  'key-reused': at(422)('这个 Idempotency-Key 已用于另一次不同的办理,请换一个新编号。'),
  'rate-limited': at(429)('请求过于频繁,请稍后再试。'),
  internal: at(500)('系统出现故障,已经记录,请凭请求编号联系管理员。'),
  busy: at(503)('系统繁忙,没有办理,请稍后用同一个 Idempotency-Key 重试。'),
  'newer-state': at(503)('案件已由较新的版本处理过,本服务版本较旧,请稍后再试。'),
  'database-unavailable': at(503)('数据库暂时不可用,没有办理,请稍后再试。'),
  'part-unavailable': at(503)('系统的一部分({part})尚未就绪,请稍后再试。'),
};

/** Refusals of right, not of the case's course. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'not-allowed',
  'not-claimant',
  'not-holder',
  'not-office',
  'not-regulator',
  'other-unit',
  'own-round',
  'own-work',
  'extension-by-handler',
]);

const CASE_PROBLEMS = Object.fromEntries(
  Object.entries(REFUSAL_TEXTS).map(([code, text]) => [code, at(FORBIDDEN.has(code) ? 403 : 409)(text)]),
);

/** Codes a process or the register refuses with. */
export const REFUSAL_CODES: readonly string[] = Object.keys(CASE_PROBLEMS);

/** Every code a caller can meet. The API's own codes win where a process uses the same one. */
export const PROBLEM_TEXTS: { readonly [code: string]: ProblemText } = { ...CASE_PROBLEMS, ...API_PROBLEMS };

/** The status and the sentence of `code`; a code without a text is a refusal whose code is its sentence. */
export function problemText(code: string, details: Refusal['details'] = {}): { status: number; detail: string } {
  const { status, text } = PROBLEM_TEXTS[code] ?? { status: 409, text: `不能办理(${code})。` };
  return { status, detail: filledIn(text, details) };
}
