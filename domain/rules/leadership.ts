/** 党政同责: leaders' lists, follow-up, and supervision of offices: LDR, GSI, ELS, LES. rules.md §1, addenda §4. */
import type { Rule } from '../kernel/rule.ts';
import {
  calendarDays,
  DISTRICT_POLICY,
  DISTRICT_SINCE,
  PER_CASE,
  rulesOf,
  wording,
  workingDays,
} from './regulation.ts';

const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: DISTRICT_SINCE,
  regime: 'POLICY',
  ladder: 'statutory',
  mark: 'D',
});
const gsi = rulesOf({
  version: 'GSI-2021',
  inForceFrom: '2021-02-01',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});
const els = rulesOf({
  version: 'ELS-2026',
  inForceFrom: '2026-02-01',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});
const les = rulesOf({
  version: 'LES-2025',
  inForceFrom: '2025-05-01',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});

const OFFICE = '区食药安办';

export const LEADERSHIP: readonly Rule[] = [
  district(
    'PG-01',
    '领导职务变动后更新责任清单',
    'LDR §7(三)、§8(无期限,区政策)',
    { policy: 'leadership.listAfterChange' },
    wording('领导职务变动', `${OFFICE}起草,区委区政府审定`, '提醒、通报、计入考评', '责任清单版本、签收记录'),
  ),
  district(
    'PG-01b',
    '年度责任清单印发',
    'LDR §7(三)、§8(无期限,区政策)',
    { policy: 'leadership.listAnnual' },
    wording('上一年度12月31日', `${OFFICE}起草,区委区政府审定`, '提醒、通报、计入考评', '责任清单版本'),
  ),
  district(
    'PG-02',
    '党政主要负责人听取食品安全工作汇报、调研',
    'LDR §7(条文未规定频次,区政策)',
    { policy: 'leadership.hearing' },
    wording('上一年度12月31日', '党委书记、政府主要负责人', '计入履职检查', '会议纪要、调研报告'),
  ),
  gsi(
    'PG-03',
    '督办事项',
    'GSI §11、§14',
    PER_CASE,
    wording('督办单下达', '责任单位', '逾期通报、约谈、执法监督', '督办单、反馈、办结记录'),
  ),
  district(
    'PG-04',
    '履职检查',
    '杭西食药安办〔2023〕5号第1点(无期限,区政策)',
    { policy: 'leadership.dutyCheck' },
    wording('上一年度12月31日', '区食安委、组织、纪检', '扣分、约谈', '检查表'),
  ),
  gsi(
    'PG-05a',
    '对督查结论提出异议',
    'GSI §18',
    calendarDays(30),
    wording('收到督查结论', '被督查单位', '视为无异议', '异议书'),
    { ladder: 'counterparty' },
  ),
  gsi(
    'PG-05b',
    '督查结论复核决定',
    'GSI §18',
    calendarDays(30),
    wording('收到复核申请', '政府督查机构', '上级督促', '复核决定'),
  ),
  gsi(
    'PG-05c',
    '督查整改',
    'GSI §16、§17',
    PER_CASE,
    wording('收到督查结论', '被督查单位', '批评、追责建议(§21)', '整改报告'),
  ),
  district(
    'PG-06',
    '对部门、镇街的年度食品安全评议考核',
    'FSL §7(每年;日期为区政策)',
    { policy: 'leadership.annualAssessment' },
    wording('上一年度12月31日', '区政府', '计入评议考核记录', '考核评分、通报'),
  ),
  district(
    'PG-07',
    '责任约谈后的整改',
    'FSL §117(“立即”,期限为区政策)',
    { policy: 'leadership.afterInterview' },
    wording('责任约谈', '被约谈的部门或者政府负责人', '计入评议考核记录', '约谈记录、整改记录'),
  ),
  els(
    'PG-09',
    '行政执法监督督办函、意见书、决定书的办理',
    'ELS §26-29',
    PER_CASE,
    wording('监督文书送达', '被监督单位', '通报或者公开(§31)、人事处理建议(§32)、线索移送(§33)', '监督文书及回复'),
  ),
  les(
    'PG-10a',
    '回复执法监督通知书',
    'LES §17',
    workingDays(10),
    wording('收到执法监督通知书', '下级市场监管部门', '责令、通报批评、人事建议(§21)', '书面回复'),
  ),
  les(
    'PG-10b',
    '报告执法监督决定的改正情况',
    'LES §18',
    workingDays(10),
    wording('改正完成', '下级市场监管部门', '责令、通报批评、人事建议(§21)', '改正报告'),
  ),
  les(
    'PG-10c',
    '对执法监督决定提出异议',
    'LES §19',
    workingDays(5),
    wording('收到执法监督决定书', '下级市场监管部门', '视为无异议', '复核申请'),
  ),
  les(
    'PG-10d',
    '对异议的复核',
    'LES §20',
    workingDays(10),
    wording('收到复核申请', '上级市场监管部门', '上级督促', '复核决定'),
    { ladder: 'counterparty' },
  ),
];
