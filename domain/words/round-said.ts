/** What happened in a round, one sentence an event. */
import type { CheckedItem, Finding, RoundEvent, VisitRecord } from '../supervision/round-messages.ts';
import { roundWords } from './round.ts';
import { because, byDocument, several, type Sentences, type Speaker } from './speaker.ts';
import { correctionWords } from './correction.ts';
import { LIMIT_UNITS } from './units.ts';

const MODES = { 'on-site': '现场督导', 'report-meeting': '听取汇报', video: '视频督导' } as const;
export const SEVERITY_WORDS = { minor: '轻微', general: '一般', serious: '严重' } as const;

const confirmation = ({ confirmedBy }: VisitRecord): string =>
  confirmedBy === null ? '' : confirmedBy === 'business' ? ',经营者已确认' : ',经营者拒绝确认';

function checked(items: readonly CheckedItem[], say: Speaker): string {
  const unmet = items.filter(({ met }) => !met).map(({ code }) => say.item(code));
  if (items.length === 0) return '';
  return `,任务清单 ${items.length} 项${unmet.length === 0 ? '均符合' : `,不符合${unmet.join('、')}`}`;
}

const found = (findings: readonly Finding[], say: Speaker): string =>
  findings
    .map(({ finding, item, severity, correctedOnSpot, text }) => {
      const onSpot = correctedOnSpot === true ? ',已当场改正' : '';
      return `;发现问题 ${finding}(${SEVERITY_WORDS[severity]},清单项${say.item(item)}${onSpot})${say.text(text)}`;
    })
    .join('');

const evidence = ({ evidence: files }: VisitRecord): string => (files.length === 0 ? '' : `,佐证 ${files.length} 件`);

const recorded = (record: VisitRecord, say: Speaker): string =>
  `${record.visitedOn} ${MODES[record.mode]}${checked(record.items, say)}${evidence(record)}${confirmation(record)}${because(say, record.note, '说明')}`;

export const roundSaid: Sentences<RoundEvent> = {
  opened: ({ cycle, period, post, person, visits, dueOn }, say) => {
    const onSite = visits.filter((visit) => visit.onSite).length;
    const must = onSite === 0 ? '' : `(其中 ${onSite} 户须现场)`;
    const holder = person === null ? '岗位空缺' : `由${say.person(person)}承担`;
    return `周期 ${cycle} 的轮次开始:${say.post(post)},${holder},${period.fromOn} 至 ${period.toOn} 应走访 ${visits.length} 户${must},最后一日 ${dueOn}`;
  },
  'visit-recorded': ({ visit, subject, record, inTime }, say) =>
    `走访${say.subject(subject)}(走访编号 ${visit}):${recorded(record, say)},${inTime ? '在期限内' : '已过期限'}${found(record.findings, say)}`,
  'visit-amended': ({ visit, subject, record, added, reason }, say) =>
    `更正${say.subject(subject)}的走访记录 ${visit},现为:${recorded(record, say)}${found(added, say)}${because(say, reason)};原记录保留`,
  'visit-added': ({ subject, onSite, cause, fromRound }, say) =>
    `增加一户 ${say.subject(subject)}${onSite ? '(须现场)' : ''}:${cause === 'bound' ? '新建立包保' : `由 ${fromRound ?? '另一轮次'} 移入`}`,
  'visit-excused': ({ subject, cause, reason, document }, say) =>
    cause === 'late-joiner'
      ? `${say.subject(subject)}建立包保时已近期末,首次走访归入下期`
      : `免除对${say.subject(subject)}的走访${byDocument(document)}${because(say, reason)}`,
  'visits-handed-over': ({ visits, toPost, reason }, say) =>
    `把${several(visits.map(({ subject }) => say.subject(subject)))}移交给${say.post(toPost)}${because(say, reason)}`,
  'visit-released': ({ subject }, say) => `${say.subject(subject)}不再由本岗位包保,不再走访`,
  'visit-void': ({ subject }, say) => `${say.subject(subject)}已注销,不再走访`,
  'risk-changed': ({ subject, onSite }, say) =>
    `${say.subject(subject)}的风险等级有变:${onSite ? '须现场督导' : '不再要求现场督导'}`,
  'holder-changed': ({ fromPerson, toPerson }, say) =>
    `岗位由${say.person(fromPerson)}交接给${say.person(toPerson)},未走访的户随岗位转移`,
  'absence-began': ({ person, deputy }, say) => `${say.person(person)}请假,由${say.person(deputy)}代理`,
  'absence-ended': ({ person }, say) => `${say.person(person)}请假结束`,
  urged: ({ note }, say) => `催办${say.text(note)}`,
  watched: ({ reason }, say) => `列入督办,改用督办阶梯${because(say, reason)}`,
  unwatched: ({ reason }, say) => `解除督办${because(say, reason)}`,
  extended: ({ extension: { amount, unit }, reason }, say) =>
    `批准延期 ${amount} ${LIMIT_UNITS[unit]}${because(say, reason)}`,
  paused: ({ document }) => `暂停,期限停止计算${byDocument(document)}`,
  resumed: ({ document }) => `恢复,期限继续计算${byDocument(document)}`,
  defaulted: ({ subject }, say) => `${say.subject(subject)}逾期未走访,记为违约,长期保留`,
  'default-annulled': ({ subject, inTime }, say) => {
    const since = inTime === null ? '' : inTime ? ',其间的走访在期限内' : ',其间的走访已过期限';
    return `撤销对${say.subject(subject)}的违约认定:按后来公布的日历当时未到期${since}`;
  },
  'written-off': ({ subjects, reason }, say) =>
    `核销逾期未走访的${several(subjects.map((subject) => say.subject(subject)))},违约记录保留${because(say, reason)}`,
  'correction-settled': ({ finding, settledAs }) =>
    `问题 ${finding} 的整改了结:${(correctionWords.ends as Readonly<Record<string, string>>)[settledAs] ?? settledAs}`,
  closed: ({ end, reason }, say) => `轮次了结:${roundWords.ends[end]}${because(say, reason)}`,
  reopened: () => '轮次重新开始',
};
