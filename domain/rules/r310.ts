/**
 * Suspected crimes handed to the police: 行政执法机关移送涉嫌犯罪案件的规定 (国务院令第310号, revised 2020). rules.md §5.1.
 * R310 writes 日 and 小时 without working days and without a roll: the sender's own duties are read strictly [D].
 */
import type { Rule } from '../kernel/rule.ts';
import { calendarDays, hours, rulesOf, wording } from './regulation.ts';

const r310 = rulesOf({
  version: 'R310-2020',
  inForceFrom: '2020-08-07',
  regime: 'R310',
  ladder: 'statutory',
  mark: 'V',
});

export const R310: readonly Rule[] = [
  r310(
    'CJ-01',
    '指定专案组核实涉嫌犯罪情况并提出移送报告',
    'R310 §5(“立即”,期限为区政策)',
    { policy: 'referral.team' },
    wording(
      '查处中发现涉嫌犯罪',
      '办案机构',
      '本级或者上级政府责令改正、给予处分(§16)',
      '专案组记录、移送涉嫌犯罪案件的书面报告',
    ),
    { mark: 'D', regime: 'POLICY' },
  ),
  r310(
    'CJ-02',
    '正职负责人决定是否移送',
    'R310 §5',
    calendarDays(3),
    wording(
      '接到移送报告',
      '正职负责人或者主持工作的负责人',
      '责令改正、给予处分(§16)',
      '批准移送决定,或者不批准的理由',
    ),
  ),
  r310(
    'CJ-03',
    '向同级公安机关移送',
    'R310 §5、§6',
    hours(24),
    wording('批准移送', '行政执法机关', '责令改正、给予处分(§16)', '涉嫌犯罪案件移送书及回执、案件材料'),
  ),
  r310(
    'CJ-04',
    '公安机关签收回执、不属本机关管辖的转送',
    'R310 §7',
    hours(24),
    wording('收到移送材料', '公安机关', '立案监督(CJ-13)', '移送书回执、转送通知'),
    { ladder: 'counterparty' },
  ),
  r310(
    'CJ-08',
    '移交涉案物品和其余材料',
    'R310 §12',
    calendarDays(3),
    wording('接到立案通知书', '行政执法机关', '责令改正、给予处分(§16)', '涉案物品交接清单'),
  ),
  r310(
    'CJ-09',
    '对不予立案提请复议或者建议立案监督',
    'R310 §9;PSB §181',
    calendarDays(3),
    wording('接到不予立案通知书', '行政执法机关', '丧失提请复议的权利', '复议申请、立案监督建议书'),
  ),
  r310(
    'CJ-11a',
    '复议后仍不立案,建议立案监督',
    'R310 §9',
    calendarDays(3),
    wording('收到复议决定', '行政执法机关', '丧失建议时机', '立案监督建议书'),
  ),
];
