/** Complaints and reports received from 2026-04-15 on: 市场监督管理投诉举报处理办法 (总局令第121号). rules.md §4.1, §4.2. */
import type { Rule } from '../kernel/rule.ts';
import { calendarDays, mayExtend, PER_CASE, rulesOf, wording, workingDays } from './regulation.ts';

const o121 = rulesOf({
  version: 'O121',
  inForceFrom: '2026-04-15',
  regime: 'O121',
  ladder: 'statutory',
  mark: 'V',
});

export const O121: readonly Rule[] = [
  o121(
    'CP-01',
    '投诉举报登记、分送',
    'O121 §8(“及时”,期限为区政策)',
    { policy: 'complaint.intake' },
    wording(
      '投诉举报到达(平台、电话、信件、窗口)',
      '12315受理单位',
      '分送迟延,计入投诉办理超期',
      '投诉登记表、举报登记表、分送通知书',
    ),
    { mark: 'D', regime: 'POLICY' },
  ),
  o121(
    'CP-02',
    '限期提供身份证明材料',
    'O121 §10(3)、§16',
    PER_CASE,
    wording('限期提供身份证明材料通知书送达', '投诉人', '不提供或者虚假的,不予受理', '限期提供身份证明材料通知书'),
    { ladder: 'counterparty' },
  ),
  o121(
    'CP-03',
    '投诉受理与否的决定并告知',
    'O121 §15',
    workingDays(7),
    wording('有处理权限的机关收到投诉', '市场监管所(局)', '超期即有不作为风险', '受理决定书、不予受理决定书'),
  ),
  o121(
    'CP-05',
    '投诉调解',
    'O121 §22、§23(5)',
    calendarDays(60),
    wording('作出受理决定', '市场监管所或者受委托的调解组织', '终止调解', '调解通知书、调解记录'),
    { stops: ['testing', 'appraisal', 'recusal'] },
  ),
  o121(
    'CP-06',
    '终止调解并告知双方',
    'O121 §23',
    workingDays(7),
    wording('作出终止调解决定', '市场监管所(局)', '未告知,影响投诉人另行救济', '终止调解决定书'),
  ),
  o121(
    'CP-08',
    '调解中发现违法线索的核查',
    'O121 §27',
    workingDays(15),
    wording('发现违法线索', '办案机构', '违反行政处罚程序规定', '线索核查记录、立案(不予立案)审批表'),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'O121 §27'),
      stops: ['testing', 'appraisal', 'identification'],
    },
  ),
  o121(
    'CP-10',
    '处理权限争议的协商',
    'O121 §33',
    workingDays(7),
    wording('发生处理权限争议', '争议各方', '报请共同的上一级指定', '协商记录、指定通知'),
  ),
  o121(
    'RP-02',
    '举报线索核查、是否立案',
    'O121 §35;APR §18',
    workingDays(15),
    wording(
      '发现线索或者收到材料(多次举报的,自最后一次举报)',
      '办案机构,负责人决定',
      '违反行政处罚程序规定',
      '立案审批表、不予立案审批表',
    ),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'APR §18'),
      stops: ['testing', 'appraisal', 'identification'],
      restarts: true,
    },
  ),
  o121(
    'RP-03',
    '同一举报人补充新事实后的核查(期限重新计算)',
    'O121 §35',
    workingDays(15),
    wording('收到最后一次举报', '办案机构,负责人决定', '违反行政处罚程序规定', '并案记录'),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'APR §18'),
      stops: ['testing', 'appraisal', 'identification'],
      restarts: true,
    },
  ),
  o121(
    'RP-04',
    '告知举报处理结果(其他法律法规规章有规定的)',
    'O121 §36',
    PER_CASE,
    wording('举报处理结果作出', '办案机构', '依该规定追责', '举报处理结果告知书'),
  ),
];
