/**
 * Complaints and reports received before 2026-04-15: 市场监督管理投诉举报处理暂行办法 (总局令第20号, amended 2022-03-24).
 * O121 §46 repeals it and says nothing about matters in hand; they keep this version by the day of receipt [D].
 */
import type { Rule } from '../kernel/rule.ts';
import { mayExtend, rulesOf, wording, workingDays } from './regulation.ts';

/** O20 has no clause on counting (O121 §45 is new), hence SILENT; its limits are working days and never roll. */
const o20 = rulesOf({
  version: 'O20',
  inForceFrom: '2020-01-01',
  inForceTo: '2026-04-14',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});

export const O20: readonly Rule[] = [
  o20(
    'CP-03',
    '投诉受理与否的决定并告知',
    'O20 §14',
    workingDays(7),
    wording('有处理权限的机关收到投诉', '市场监管所(局)', '超期即有不作为风险', '受理决定书、不予受理决定书'),
  ),
  o20(
    'CP-05',
    '投诉调解',
    'O20 §21(5)',
    workingDays(45),
    wording('作出受理决定', '市场监管所或者受委托的调解组织', '终止调解', '调解通知书、调解记录'),
    { stops: ['testing', 'appraisal', 'recusal'] },
  ),
  o20(
    'CP-06',
    '终止调解并告知双方',
    'O20 §21',
    workingDays(7),
    wording('作出终止调解决定', '市场监管所(局)', '未告知,影响投诉人另行救济', '终止调解决定书'),
  ),
  o20(
    'CP-08',
    '调解中发现违法线索的核查',
    'O20 §23',
    workingDays(15),
    wording('发现违法线索', '办案机构', '违反行政处罚程序规定', '线索核查记录、立案(不予立案)审批表'),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'O20 §23'),
      stops: ['testing', 'appraisal', 'identification'],
    },
  ),
  o20(
    'CP-10',
    '处理权限争议的协商',
    'O20 §30',
    workingDays(7),
    wording('发生处理权限争议', '争议各方', '报请共同的上一级指定', '协商记录、指定通知'),
  ),
  o20(
    'RP-02',
    '举报线索核查、是否立案',
    'O20 §31;APR §18',
    workingDays(15),
    wording('发现线索或者收到材料', '办案机构,负责人决定', '违反行政处罚程序规定', '立案审批表、不予立案审批表'),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'APR §18'),
      stops: ['testing', 'appraisal', 'identification'],
      regime: 'APR',
    },
  ),
  o20(
    'RP-04',
    '告知实名举报人是否立案',
    'O20 §31(2)',
    workingDays(5),
    wording('作出是否立案的决定', '办案机构', '未履行告知义务', '举报处理结果告知书'),
  ),
];
