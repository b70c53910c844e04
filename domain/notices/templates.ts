/**
 * What each kind of notice asks or reports, by template name. Rung templates are named in data/ladders, the others in the
 * processes' consequences; test/domain/notices/templates.test.ts holds both against this table. Knows no case.
 */
import { count, day, joined, name, paper, rateNames, rates, textOf, value, words, type Says } from './says.ts';
import { UNDELIVERED } from './undelivered.ts';

/** Where an item stands in a digest; most urgent first. */
export type Group = 'overdue' | 'due-today' | 'near' | 'to-do' | 'for-information';

export const GROUP_TITLES: Readonly<Record<Group, string>> = {
  overdue: '已超期',
  'due-today': '今日到期',
  near: '临期提醒',
  'to-do': '待办',
  'for-information': '知会',
};

export interface Template {
  /** What the reader must do, or what is reported. */
  readonly act: string;
  /** `by-date`: overdue, due today or near, as the clock stands. */
  readonly group: 'by-date' | 'to-do' | 'for-information';
  /** Whether the notice loses its sense when the case closes before it was sent. */
  readonly ends: 'with-case' | 'never';
  /** Whether the reader needs the case's date, its reason and what follows. */
  readonly dated: boolean;
  readonly says: Says;
}

const nothing: Says = () => null;

/** A rung of a ladder. */
const rung = (act: string): Template => ({ act, group: 'by-date', ends: 'with-case', dated: true, says: paper });
/** Something to do that is no rung. */
const call = (act: string, says = nothing): Template => ({ act, group: 'to-do', ends: 'with-case', dated: true, says });
/** Something to do by the case's date, in a rung's urgency. */
const press = (act: string, says = nothing): Template => ({ ...call(act, says), group: 'by-date' });
/** Something that happened: true whatever follows. */
const report = (act: string, says = nothing): Template => ({
  act,
  group: 'for-information',
  ends: 'never',
  dated: false,
  says,
});
const datedReport = (act: string, says = nothing): Template => ({ ...report(act, says), dated: true });

const FINDING_ENDS = {
  'corrected-on-spot': '当场改正',
  'struck-off': '销号',
  'struck-off-late': '超期后销号',
  'not-filed': '不予立案',
  'passed-on': '已移送',
  'subject-closed': '主体已关闭',
};
const SEVERITIES = { minor: '轻微', general: '一般', serious: '严重' };
const UNITS = { WD: '个工作日', CD: '日', h: '小时', month: '个月', year: '年' };

const severity = value('severity', '性质', SEVERITIES);
const post = name('post', '岗位');
const amount: Says = ({ amount: figure, unit }) => {
  const number = textOf(figure);
  const measure = (UNITS as Readonly<Record<string, string>>)[textOf(unit) ?? ''];
  return number === null || measure === undefined ? null : `延长 ${number} ${measure}`;
};
const cycle = joined(value('title', '名称'), day('fromOn', '自'), day('toOn', '至'));
const inTheCase = words('意见和理由见案件');

const TEMPLATES: Readonly<Record<string, Template>> = {
  // Rungs.
  'supervision-reminder': rung('完成本期包保督导'),
  'supervision-overdue': rung('补做超期的包保督导'),
  'supervision-escalated': rung('督促下级岗位完成超期的包保督导'),
  'supervision-circular': rung('决定是否通报超期未完成的包保督导'),
  'correction-reminder': rung('完成问题整改'),
  'correction-overdue': rung('完成超期的问题整改'),
  'correction-escalated': rung('督促问题整改'),
  'correction-interview': rung('决定是否约谈超期未整改的主体'),
  'duty-reminder': rung('办理包保关系、承诺书或移交'),
  'duty-overdue': rung('补办超期的包保关系、承诺书或移交'),
  'duty-escalated': rung('督促补办超期的包保关系、承诺书或移交'),
  'statutory-reminder': rung('在法定时限内办理'),
  'statutory-overdue': rung('补办超过法定时限的事项'),
  'statutory-escalated': rung('督促办理超过法定时限的事项'),
  'statutory-circular': rung('决定是否通报超过法定时限的事项'),
  'cycle-ended': datedReport('督导周期已到期'),

  // Rounds.
  'round-opened': call('开始本期包保督导', count('visits', '应督导', '家')),
  'visit-added': call('督导新增的主体', name('subject', '主体')),
  'visit-excused': report('督导任务已免除', name('subject', '主体')),
  'round-handed-over': report('督导任务已移交', joined(count('visits', '移交', '家'), name('toPost', '移交给'))),
  'round-inherited': call('接手前任未完成的包保督导', count('open', '待督导', '家')),
  'round-vacant': call('安排无人承办的包保督导', joined(post, count('open', '待督导', '家'))),
  'round-deputised': call('在代理期间完成包保督导', count('open', '待督导', '家')),
  'round-urged': press('按催办要求完成包保督导', joined(count('urges', '第', '次催办'), inTheCase)),
  'round-urged-superior': report('下级岗位的包保督导已被催办', joined(post, count('urges', '第', '次催办'))),
  'round-watched': press('按督办要求完成包保督导', joined(words('已列入督办,提醒加密并抄送上级岗位'), inTheCase)),
  'round-watched-superior': datedReport('下级岗位的包保督导已列入督办', post),
  'round-unwatched': datedReport('督办已解除'),
  'round-extended': datedReport('督导期限已延长', amount),
  'round-paused': report('督导已暂停,时限停止', value('document', '依据')),
  'round-resumed': datedReport('督导已恢复,时限继续', value('document', '依据')),
  'round-withdrawn': report('督导任务已撤回'),

  // Corrections.
  'finding-submitted': call('认领督导发现的问题', severity),
  'finding-serious': call('核查严重问题线索', severity),
  'correction-claimed': report('您发现的问题已由监管部门认领'),
  'correction-reported': call('复查已报告完成的整改'),
  'correction-recheck-failed': report('整改复查未通过', day('dueOn', '重新整改期限')),
  'correction-extended': datedReport('整改期限已延长'),
  'correction-reassigned': call('承办改派给您的问题整改', severity),
  'clue-passed-on': call('处理移送的问题线索', severity),
  'correction-fed-back': report('您发现的问题已有结果', value('as', '结果', FINDING_ENDS)),

  // Cycles.
  'cycle-opened': datedReport(
    '督导周期已启动',
    joined(cycle, count('rounds', '督导轮次', '个'), count('visits', '督导任务', '家次')),
  ),
  'cycle-running': report(
    '督导轮次已全部建立',
    joined(count('opened', '新建', '个'), count('existing', '已有', '个'), count('failed', '未能建立', '个')),
  ),
  'cycle-paused': report('督导周期已暂停', joined(cycle, value('document', '依据'))),
  'cycle-resumed': report('督导周期已恢复', joined(cycle, value('document', '依据'))),
  'cycle-withdrawn': report('督导周期已撤回', cycle),
  'cycle-reported': report('查阅督导周期三率报告', joined(cycle, rates)),
  'cycle-follow-up': {
    ...call('补齐未达 100% 的三率', joined(name('unit', '单位'), rateNames)),
    ends: 'never',
    dated: false,
  },
  'next-cycle-proposed': { ...call('审定下一期督导周期', cycle), ends: 'never', dated: false },

  // Standing duties.
  'pledge-wanted': call('签订承诺书并上传', value('version', '承诺书版本')),
  'subject-unbound': call('为主体确定包保干部', joined(name('subject', '主体'), day('since', '无包保干部自'))),

  // The office's own.
  'breach-annulled': datedReport(
    '撤销超期认定',
    joined(words('此前发给您的超期通知作废'), value('calendar', '依据日历版本'), day('dueOn', '期限实为')),
  ),
  'limit-moved': datedReport(
    '期限因放假安排调整',
    joined(day('before', '原定'), day('dueOn', '现为'), value('calendar', '依据日历版本')),
  ),
  undeliverable: report(
    '处理无法送达的通知',
    joined(
      name('post', '收件岗位'),
      (details) => `内容:${templateOf(textOf(details['about']) ?? '').act}`,
      value('why', '原因', UNDELIVERED),
    ),
  ),
};

/** A notice nobody wrote a text for still reaches its reader, as a case to look at. */
const UNWRITTEN: Template = { act: '查看案件', group: 'to-do', ends: 'never', dated: true, says: nothing };

export const templateOf = (name: string): Template =>
  (Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined) ?? UNWRITTEN;

/** For the test that holds the table against data and code. */
export const knowsTemplate = (name: string): boolean => Object.hasOwn(TEMPLATES, name);
