/**
 * What police and procuratorate owe in a referred case, and the way back: PSB, PRO, SPP21, SPP24, R310 §8 read with 刑诉法 §105.
 * Softer figures of J271 and the police's opinion of 2015 stand beside the law as district policy. rules.md §5.1, addenda §6.
 */
import type { Rule } from '../kernel/rule.ts';
import {
  boundedByPolicy,
  calendarDays,
  DISTRICT_POLICY,
  hours,
  months,
  rulesOf,
  wording,
  workingDays,
} from './regulation.ts';

const psb = rulesOf({
  version: 'PSB-2020',
  inForceFrom: '2020-07-20',
  regime: 'CPL',
  ladder: 'counterparty',
  mark: 'V',
});
const pro = rulesOf({
  version: 'PRO-2001',
  inForceFrom: '2001-12-03',
  regime: 'CPL',
  ladder: 'counterparty',
  mark: 'V',
});
const j271 = rulesOf({ version: 'J271', inForceFrom: '2015-12-22', regime: 'CPL', ladder: 'counterparty', mark: 'S' });
const spp24 = rulesOf({
  version: 'SPP24',
  inForceFrom: '2024-11-26',
  regime: 'CPL',
  ladder: 'counterparty',
  mark: 'V',
});
const spp21 = rulesOf({ version: 'SPP21', inForceFrom: '2021-09-06', regime: 'CPL', ladder: 'statutory', mark: 'S' });

const POLICE = '公安机关';

export const PSB: readonly Rule[] = [
  psb(
    'CJ-05a',
    '通知移送机关补充材料',
    'PSB §180',
    hours(24),
    wording('收到的移送材料不全', POLICE, '不得以材料不全为由不接受', '补充材料通知'),
  ),
  psb(
    'CJ-05b',
    '补充移送材料',
    'PSB §180',
    calendarDays(3),
    wording('接到补充材料通知', '行政执法机关', '影响公安机关审查', '补充材料清单'),
    { ladder: 'statutory' },
  ),
  psb(
    'CJ-06',
    '公安机关决定是否立案',
    'R310 §8;PSB §180',
    calendarDays(3),
    wording('接受移送的案件', POLICE, '提请复议、立案监督', '立案通知书、不予立案通知书'),
  ),
  j271(
    'CJ-06b',
    '公安机关决定是否立案(一般案件,J271口径)',
    'J271(条文未见)',
    { policy: 'referral.policeDecision' },
    wording('接受移送的案件', POLICE, '提请复议、立案监督', '立案通知书、不予立案通知书'),
  ),
  j271(
    'CJ-06c',
    '公安机关决定是否立案(线索需查证,公安部2015年口径)',
    '公安部2015年意见(条文未见)',
    { policy: 'referral.policeDecisionClue' },
    wording('接受移送的案件', POLICE, '提请复议、立案监督', '立案通知书、不予立案通知书'),
  ),
  j271(
    'CJ-06d',
    '公安机关决定是否立案(案情复杂,公安部2015年口径)',
    '公安部2015年意见(条文未见)',
    { policy: 'referral.policeDecisionComplex' },
    wording('接受移送的案件', POLICE, '提请复议、立案监督', '立案通知书、不予立案通知书'),
  ),
  j271(
    'CJ-07',
    '公安机关书面通知移送机关并抄送检察院',
    'J271(条文未见)',
    { policy: 'referral.policeNotice' },
    wording('作出立案或者不予立案决定', POLICE, '立案监督', '通知书'),
  ),
  psb(
    'CJ-10',
    '公安机关复议决定',
    'R310 §9;PSB §181',
    calendarDays(3),
    wording('收到复议申请', POLICE, '建议检察院立案监督', '复议决定书'),
  ),
  pro(
    'CJ-11b',
    '公安机关说明不立案理由',
    'PRO §10;PSB §182',
    calendarDays(7),
    wording('收到检察院要求说明不立案理由通知书', POLICE, '检察院通知立案', '不立案理由说明书'),
  ),
  psb(
    'CJ-11c',
    '公安机关按通知立案',
    'PSB §182',
    calendarDays(15),
    wording('收到通知立案书', POLICE, '检察院纠正', '立案决定书'),
  ),
  j271(
    'CJ-17',
    '按检察意见移送并回复',
    'PRO §12(期限为外地规定)',
    { policy: 'referral.procuratorateOpinion' },
    wording('收到检察意见、建议移送', '区市场监管局', '检察建议', '移送书、复函'),
    { version: DISTRICT_POLICY, regime: 'POLICY', ladder: 'statutory' },
  ),
  spp24(
    'CJ-19a',
    '刑事检察部门将不起诉案件移送行政检察部门',
    'SPP24(条文未见)',
    { policy: 'referral.reverseHandover' },
    wording('作出不起诉决定', '检察院刑事检察部门', '检察院内部监督', '移送函'),
    { mark: 'S' },
  ),
  spp24(
    'CJ-19b',
    '行政检察部门审查并提出检察意见',
    'SPP24 §12',
    workingDays(10),
    wording('登记受理', '检察院行政检察部门', '检察院内部监督', '审查报告、检察意见书'),
    {
      stops: ['review', 'other-place-opinion'],
      extension: boundedByPolicy('检察长', 'SPP24 §12'),
      extensionKey: 'referral.reverseReviewExtension',
    },
  ),
  spp21(
    'CJ-20',
    '书面回复检察意见',
    'SPP21(条文未见)',
    { policy: 'referral.reverseReply' },
    wording('收到检察意见书', '区市场监管局', '检察建议;执法监督', '书面回复(处理结果或者办理情况)'),
  ),
];

const pil = rulesOf({
  version: 'PIL-2020',
  inForceFrom: '2021-01-01',
  regime: 'SILENT',
  ladder: 'counterparty',
  mark: 'V',
});

/** Public-interest litigation: 检察公益诉讼解释 §13, §21; APQ §79. */
export const PUBLIC_INTEREST: readonly Rule[] = [
  pil(
    'CJ-18a',
    '民事公益诉讼公告',
    '检察公益诉讼解释 §13',
    calendarDays(30),
    wording('检察院发布公告', '有权提起诉讼的机关和组织', '检察院可以起诉', '公告'),
  ),
  pil(
    'CJ-18b',
    '回复检察建议',
    '检察公益诉讼解释 §21',
    months(2),
    wording('收到检察建议书', '区市场监管局', '行政公益诉讼', '书面回复'),
    { ladder: 'statutory' },
  ),
  pil(
    'CJ-18c',
    '回复检察建议(紧急情形)',
    '检察公益诉讼解释 §21',
    calendarDays(15),
    wording('收到检察建议书', '区市场监管局', '行政公益诉讼', '书面回复'),
    { ladder: 'statutory' },
  ),
];
