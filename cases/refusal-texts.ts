/**
 * The Chinese sentence of every refusal a process or the register can give; the API and the command line share it.
 * `{name}` stands for a value of the refusal's details. test/api/problem-texts.test.ts fails on a code without a sentence.
 */
import { localIso } from '../domain/kernel/calendar.ts';
import type { Json, Refusal } from '../domain/kernel/process.ts';

const SUPERVISION = {
  'already-claimed': '这个问题已有人认领。',
  'already-defaulted': '主体 {subject} 已逾期未走访,违约留在原轮次,不能再移交或免除。',
  'already-escalated': '已经上报过。',
  'already-open': '已经开始,不能重复开始。',
  'already-ordered': '已责令改正,期限尚在计算。',
  'already-passed-on': '线索已移送,不能再办这一步。',
  'already-paused': '已经暂停。',
  'already-touched': '已有人开始办理,不能撤回。',
  'already-watched': '已列入督办。',
  'amend-too-late': '更正的最后一天是 {lastOn},已经过了。',
  'bad-cycle-name': '周期名称须为小写字母、数字和连字符,至多 40 位。',
  'bad-figures': '三率数据不合算(分子大于分母或不是整数),没有冻结。',
  'bad-period': '周期的起止日期不成立。',
  'case-not-found': '没有这个案件。',
  'clock-ended': '这个期限已经结束,不能延长。',
  'clock-not-running': '这个期限({clock})没有在计算。',
  'correction-closed': '整改已了结,不能再办。',
  'cycle-closed': '本周期已结束或已撤回。',
  'due-in-past': '期限 {dueOn} 已过,请另定期限。',
  'due-missing': '复查不合格须另定期限。',
  'duplicate-finding': '问题编号 {finding} 已经用过。',
  'duplicate-item': '清单项 {item} 重复填写。',
  'duplicate-subject': '主体 {subject} 在本轮次中重复。',
  'duty-closed': '这项职责已了结。',
  'empty-plan': '预览中没有可启动的轮次。',
  'evidence-date-implausible': '证据拍摄日期 {takenOn} 与走访日期 {visitedOn} 相差过大或在今天之后。',
  'evidence-missing': '须附证据。',
  'extension-after-expiry': '期限已于 {dueOn} 届满,届满后不能延长。',
  'extension-amount': '延长的数量须为正整数。',
  'extension-by-handler': '延期须由他人({approver})批准,不能由承办人自己批准。',
  'extension-not-provided': '规则 {rule} 没有规定可以延长。',
  'extension-too-long': '最多延长 {most}{mostUnit}。',
  'extension-unset': '本区尚未规定规则 {rule} 可延长多久({key}),暂不能延长。',
  'extension-used-up': '最多延长 {times} 次,已用完。',
  'filed-before-passed-on': '立案日期 {filedOn} 早于移送之日。',
  'filed-in-future': '立案日期 {filedOn} 在今天之后。',
  'items-missing': '任务清单必填项还没有填:{items}。',
  'must-be-on-site': '主体 {subject} 属高风险,须现场督导,不能用会议或视频代替。',
  'not-allowed': '您的岗位不能办这一步。',
  'not-claimant': '只有认领的岗位能办这一步。',
  'not-claimed': '须先认领。',
  'not-freezing': '本周期未期满或已结束,现在不能冻结数据。',
  'not-holder': '这一轮由岗位 {post} 负责,只有在任者或其代理人能办。',
  'not-minor': '只有轻微问题能当场改正后销号。',
  'not-office': '只有食药安办(或上级)能办这一步。',
  'not-open': '尚未开始。',
  'not-ordered': '还没有责令改正。',
  'not-passed-on': '线索还没有移送。',
  'not-paused': '没有在暂停。',
  'not-regulator': '只有市场监管部门能办这一步。',
  'not-reported': '还没有报告完成或通报,不能办这一步。',
  'not-watched': '没有列入督办。',
  'nothing-to-act-on': '现在没有可办的对象。',
  'nothing-to-add': '没有可补入的轮次。',
  'nothing-to-hand-over': '没有可移交的户。',
  'nothing-to-write-off': '没有可核销的户。',
  'on-spot-only-minor': '只有轻微问题能记为当场改正(问题 {finding})。',
  'other-unit': '这不是您所在单位的事项。',
  'own-round': '不能对自己负责的轮次作这个决定。',
  'own-work': '复查须由他人进行,不能复查自己报告的整改。',
  'period-over': '周期已期满。',
  'preview-outdated': '预览之后名册有变,请重新预览后再确认。',
  'preview-unknown': '没有这个预览,或它不属于本周期,请重新预览。',
  'round-closed': '这一轮已了结。',
  'round-paused': '这一轮已暂停。',
  'rounds-not-opened': '还有轮次没有启动。',
  'same-post': '接收岗位与现岗位相同。',
  'scope-incomplete': '请说明督导哪个单位或哪一类主体。',
  'signed-in-future': '签订日期 {signedOn} 在今天之后。',
  'subject-already-visited': '主体 {subject} 本期已走访(走访编号 {visit}),如有出入请更正原记录。',
  'subject-closed': '主体 {subject} 已注销。',
  'subject-not-in-round': '主体 {subject} 不在本轮次中。',
  'unknown-finding': '没有问题 {finding}。',
  'unknown-item': '任务清单中没有 {item} 这一项。',
  'unknown-post': '名册中没有岗位 {post}。',
  'unknown-subject': '名册中没有主体 {subject}。',
  'unknown-visit': '没有走访记录 {visit}。',
  'urged-recently': '刚催办过,{againAt} 以后才能再催。',
  'visit-already-recorded': '走访编号 {visit} 已经用过。',
  'visit-excused': '主体 {subject} 本期已免除走访。',
  'visit-handed-over': '主体 {subject} 已移交,不在本轮次走访。',
  'visited-in-future': '走访日期 {visitedOn} 在今天之后。',
  'visited-outside-period': '走访日期 {visitedOn} 早于本周期起始日 {fromOn}。',
} as const;

const REGISTER = {
  'id-shape': '编号不合要求。',
  'text-empty': '有必填的文字是空的。',
  'text-too-long': '有文字超过长度上限。',
  'post-has-holder': '岗位 {post} 还有人任职,请先结束任职。',
  'subject-still-bound': '主体 {subject} 仍由岗位 {post} 包保,请先解除包保。',
  'import-has-problems': '表中还有 {problems} 处问题,请改正后重新上传。',
  'import-not-found': '没有这次导入。',
  'unit-exists': '单位 {unit} 已在名册中。',
  'unit-unknown': '名册中没有单位 {unit}。',
  'unit-kind': '这类单位不能设在该上级之下。',
  'post-exists': '岗位 {post} 已在名册中。',
  'post-unknown': '名册中没有岗位 {post}。',
  'post-ended': '岗位 {post} 已撤销。',
  'post-superior-loop': '上级岗位成了循环。',
  'post-has-bindings': '岗位 {post} 还有包保主体,请先移交。',
  'person-exists': '人员 {person} 已在名册中。',
  'person-unknown': '名册中没有人员 {person}。',
  'tenure-overlaps': '岗位 {post} 在这段时间已有人任职。',
  'administrators-apart':
    '三员分立:系统管理员、安全管理员、审计管理员须由不同的人担任,也不得兼任办案岗位;此人现任岗位 {post}。',
  'tenure-unknown': '此人没有在该岗位任职。',
  'absence-overlaps': '这段时间已登记过请假。',
  'absence-unknown': '没有这次请假。',
  'deputy-is-absent-person': '代理人不能是请假者本人。',
  'subject-exists': '主体 {subject} 已在名册中。',
  'subject-unknown': '名册中没有主体 {subject}。',
  'subject-not-active': '主体 {subject} 不在营业。',
  'subject-not-suspended': '主体 {subject} 没有停业。',
  'credit-code-shape': '统一社会信用代码的形式不对。',
  'credit-code-check': '统一社会信用代码的校验位不对。',
  'credit-code-taken': '统一社会信用代码已属于另一主体。',
  'already-bound': '主体 {subject} 已有包保干部。',
  'not-bound': '主体 {subject} 没有包保干部。',
  'post-guarantees-nobody': '岗位 {post} 不承担包保。',
  'class-mismatch': '主体与岗位的包保层级不一致。',
  'town-mismatch': '主体与岗位不在同一镇街。',
  'pledge-exists': '承诺书已登记。',
  'pledge-unknown': '没有这份承诺书。',
  'pledge-without-tenure': '签订承诺书时此人不在该岗位。',
  'date-invalid': '日期不成立。',
  'date-in-future': '日期在今天之后。',
  'date-order': '日期的先后不对。',
  'nothing-changed': '没有任何变化。',
  'nothing-to-change': '没有要变更的内容。',
  'database-not-empty': '数据库中已有内容,示例区只装入空数据库。',
} as const;

/** What an officer must know before confirming a plan. */
const PLAN = {
  absence: '岗位 {post} 的在任者 {fromOn} 至 {toOn} 请假,代理人:{deputy}。',
  'already-in-period': '本期已有轮次 {round},不重复启动。',
  'frequency-unset': '{class} 类主体由{level}包保的频次尚未规定,{subjects} 户没有列入。',
  'more-than-one-a-period': '{class} 类主体每年应走访 4 次以上,本期只列一次,涉及 {subjects} 户。',
  'no-pledge': '岗位 {post} 的在任者没有签订现行承诺书。',
  'no-superior': '岗位 {post} 没有上级岗位,逾期只能报食药安办。',
  'provisional-calendar': '{toOn} 在已公布的放假安排({knownThrough})之后,期限为暂定。',
  unbound: '主体 {subject} 没有包保干部,没有列入。',
  vacancy: '岗位 {post} 空缺。',
} as const;

export const REFUSAL_TEXTS: { readonly [code: string]: string } = { ...PLAN, ...REGISTER, ...SUPERVISION };

/** Units of limits inside a sentence. */
const UNITS: { readonly [unit: string]: string } = {
  h: '小时',
  WD: ' 个工作日',
  CD: ' 天',
  month: ' 个月',
  year: ' 年',
};

function written(name: string, value: Json | undefined): string {
  if (value === undefined || value === null) return '—';
  if (typeof value === 'number' && name.endsWith('At')) return localIso(value).slice(0, 16).replace('T', ' ');
  if (typeof value === 'string') return UNITS[value] ?? value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => written(name, item)).join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A sentence with its placeholders filled in. */
export const filledIn = (text: string, details: Refusal['details'] = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => written(name, details[name]));

/** What a person is told; a code without a sentence stands for itself. */
export const refusalText = ({ code, details }: Pick<Refusal, 'code' | 'details'>): string =>
  filledIn(REFUSAL_TEXTS[code] ?? `不能办理(${code})。`, details);
