/** Recall: 食品召回管理办法 (总局令第122号), in force from 2026-12-01; silent on counting. rules.md §6. */
import type { Rule } from '../kernel/rule.ts';
import { calendarDays, hours, rulesOf, wording } from './regulation.ts';

const rcl = rulesOf({
  version: 'RCL-2026',
  inForceFrom: '2026-12-01',
  regime: 'SILENT',
  ladder: 'counterparty',
  mark: 'V',
});

const BUSINESS = '食品生产经营者';
const MISSED = '责令召回(市级以上);依法处罚';

export const RECALL: readonly Rule[] = [
  rcl('RC-01a', '启动一级召回', 'RCL §11', hours(24), wording('发现食品安全风险', BUSINESS, MISSED, '召回计划')),
  rcl('RC-01b', '启动二级召回', 'RCL §11', hours(36), wording('发现食品安全风险', BUSINESS, MISSED, '召回计划')),
  rcl('RC-01c', '启动三级召回', 'RCL §11', hours(48), wording('发现食品安全风险', BUSINESS, MISSED, '召回计划')),
  rcl('RC-02a', '完成一级召回', 'RCL §15', calendarDays(10), wording('提交召回计划', BUSINESS, MISSED, '召回记录')),
  rcl('RC-02b', '完成二级召回', 'RCL §15', calendarDays(20), wording('提交召回计划', BUSINESS, MISSED, '召回记录')),
  rcl('RC-02c', '完成三级召回', 'RCL §15', calendarDays(30), wording('提交召回计划', BUSINESS, MISSED, '召回记录')),
  rcl(
    'RC-03a',
    '一级召回进展报告(每日)',
    'RCL §24',
    calendarDays(1),
    wording('启动召回或者上次报告', BUSINESS, MISSED, '进展报告'),
  ),
  rcl(
    'RC-03b',
    '二级召回进展报告(每五日)',
    'RCL §24',
    calendarDays(5),
    wording('启动召回或者上次报告', BUSINESS, MISSED, '进展报告'),
  ),
  rcl(
    'RC-03c',
    '三级召回进展报告(每十日)',
    'RCL §24',
    calendarDays(10),
    wording('启动召回或者上次报告', BUSINESS, MISSED, '进展报告'),
  ),
  rcl('RC-04', '召回总结报告', 'RCL §24', calendarDays(5), wording('召回结束', BUSINESS, MISSED, '召回总结报告')),
  rcl(
    'RC-05',
    '公布召回信息',
    'RCL §16(“及时”)',
    { policy: 'recall.publish' },
    wording('收到召回报告', '区市场监管局', '执法监督', '召回公告'),
    { mark: 'D', regime: 'POLICY', ladder: 'statutory' },
  ),
];
