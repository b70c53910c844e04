/** What happened in a correction, one sentence an event. */
import type { CorrectionEvent } from '../supervision/correction-messages.ts';
import type { EvidenceRef } from '../supervision/round-messages.ts';
import { correctionWords } from './correction.ts';
import { SEVERITY_WORDS } from './round-said.ts';
import { because, type Sentences } from './speaker.ts';
import { LIMIT_UNITS } from './units.ts';

const { clocks, ends } = correctionWords;

const files = (evidence: readonly EvidenceRef[]): string =>
  evidence.length === 0 ? '' : `,附证据 ${evidence.length} 件`;

export const correctionSaid: Sentences<CorrectionEvent> = {
  submitted: ({ round, subject, finding, item, severity, foundOn, finder, text }, say) =>
    `提交问题 ${finding}:${say.person(finder)} ${foundOn} 在${say.subject(subject)}发现(${SEVERITY_WORDS[severity]},清单项${say.item(item)})${say.text(text)},来自 ${round}`,
  claimed: () => '认领,开始处置',
  ordered: ({ dueOn, requirement }, say) => `责令改正,最后一日 ${dueOn},要求${say.text(requirement)}`,
  'reported-done': ({ evidence, note, inTime }, say) =>
    `报告整改完成,${inTime ? '在期限内' : '已过期限'}${files(evidence)}${because(say, note, '说明')},等待他人复查`,
  'recheck-failed': ({ reason, evidence, dueOn }, say) =>
    `复查不合格,另定最后一日 ${dueOn}${files(evidence)}${because(say, reason)}`,
  'recheck-passed': ({ reason, evidence }, say) => `复查合格${files(evidence)}${because(say, reason)}`,
  'corrected-on-spot': ({ evidence, note }, say) => `当场改正${files(evidence)}${because(say, note, '说明')}`,
  extended: ({ clock, extension: { amount, unit }, reason }, say) =>
    `批准${clocks[clock]}延长 ${amount} ${LIMIT_UNITS[unit]}${because(say, reason)}`,
  escalated: ({ reason }, say) => `上报食药安办${because(say, reason)}`,
  'passed-on': ({ to, clue }, say) => `严重线索移送${say.post(to)}${because(say, clue, '线索')}`,
  filed: ({ number, filedOn }) => `${filedOn} 立案,编号 ${number}`,
  'not-filed': ({ reason }, say) => `不予立案${because(say, reason)}`,
  reassigned: ({ toPost, reason }, say) => `改派给${say.post(toPost)}${because(say, reason)}`,
  overdue: ({ clock }) => `${clocks[clock]}届满未办,记为超期,长期保留`,
  'overdue-annulled': ({ clock }) => `撤销${clocks[clock]}的超期认定:按后来公布的日历当时未到期`,
  settled: ({ end }) => `了结:${ends[end]}`,
  'fed-back': () => '处置结果反馈给发现人',
};
