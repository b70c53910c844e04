/** 考核评价, 星级, 双安双创: hardly a figure is law; EVA 2023 was not readable from §5 on. rules.md §8, addenda §5. */
import type { Rule } from '../kernel/rule.ts';
import { DISTRICT_POLICY, DISTRICT_SINCE, PER_CASE, rulesOf, wording } from './regulation.ts';

const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: DISTRICT_SINCE,
  regime: 'POLICY',
  ladder: 'statutory',
  mark: 'D',
});

const OFFICE = '区食药安办';
const UNITS = '各部门、镇街';
const YEAR_BEFORE = '上一年度12月31日';

export const ASSESSMENT: readonly Rule[] = [
  district(
    'AP-01',
    '印发年度考评办法和细则',
    'FSL §7;杭西食药安办〔2023〕5号第1点(日期为区政策)',
    { policy: 'assessment.method' },
    wording(YEAR_BEFORE, OFFICE, '督办、约谈', '考评办法、细则及版本'),
  ),
  district(
    'AP-02',
    '收集年度证据、自评',
    'EVA(2016版:1月1日至12月31日)',
    { policy: 'assessment.evidence' },
    wording(YEAR_BEFORE, UNITS, '扣分', '证据清单、自评表'),
  ),
  district(
    'AP-03',
    '评审、综合评议、确定等次',
    'EVA §3-4(日期为区政策)',
    { policy: 'assessment.grade' },
    wording('考核年度12月31日', '区食药安办及成员单位(评审人不得为被评审单位)', '上级督促', '评分表、等次、通报'),
  ),
  district(
    'AP-04',
    '报送整改报告',
    '外省2016版办法(一个月),非EVA',
    { policy: 'assessment.correctionReport' },
    wording('结果通报', '被评议单位', '约谈(FSL §117)', '整改报告'),
  ),
  district(
    'AP-04b',
    '对评议结果提出异议',
    'EVA(条文未见)',
    { policy: 'assessment.objection' },
    wording('结果通报', '被评议单位', '视为无异议', '异议书'),
    { ladder: 'counterparty' },
  ),
  district(
    'AP-05',
    '省市跟踪评价通报问题的整改上报',
    '杭西食药安办〔2023〕5号第10点(以通报所定日期为准)',
    PER_CASE,
    wording('收到通报', '区食药安办、责任单位', '影响创建成果;督办', '通报、整改、上报材料'),
  ),
  district(
    'AP-06',
    '星级食安办申报',
    '杭西食药安办〔2023〕5号第11点(以省市通知为准)',
    PER_CASE,
    wording('指标下达', '镇街、区食药安办', '星级下调', '申报、验收材料'),
  ),
  district(
    'AP-07',
    '年度数量指标任务',
    '杭西食药安办〔2023〕5号第7、12点',
    { policy: 'assessment.yearTarget' },
    wording(YEAR_BEFORE, '责任单位', '督办', '逐家验收表'),
  ),
  district(
    'AP-08',
    '食品安全社会满意度调查',
    '杭西食药安办〔2023〕5号第12、15点',
    { policy: 'assessment.survey' },
    wording(YEAR_BEFORE, OFFICE, '督办', '调查报告、整治清单'),
  ),
];
