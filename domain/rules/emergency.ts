/**
 * Accident reporting: hours run through nights and holidays. "At once" without hours and the hours of the local plan are
 * district values; where the plan's hours are not entered the rule has no limit and says so. Addenda §8.
 */
import type { Rule } from '../kernel/rule.ts';
import { DISTRICT_POLICY, hours, rulesOf, wording } from './regulation.ts';

const phe = rulesOf({
  version: 'PHE-2011',
  inForceFrom: '2011-01-08',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});
const phl = rulesOf({
  version: 'PHL-2025',
  inForceFrom: '2025-11-01',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});
const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: '2021-04-29',
  regime: 'POLICY',
  ladder: 'statutory',
  mark: 'D',
});

const BUREAU = '区市场监管局';
const MISSED = '隐瞒、谎报、缓报追责(FSL §103(4))';
const REPORT = '事故报告';

export const EMERGENCY: readonly Rule[] = [
  district(
    'EM-01',
    '事故单位处置并报告',
    'FSL §103;FSR §56(“立即”“及时”)',
    { policy: 'emergency.unitReport' },
    wording('发生食品安全事故', '事故单位、接收病人的单位', MISSED, REPORT),
  ),
  district(
    'EM-02',
    '有事故潜在风险时停止经营并报告',
    'O97 §5;O98 §9(“立即”)',
    { policy: 'emergency.potential' },
    wording('发现有发生食品安全事故的潜在风险', '食品生产经营者、食堂', '依 O97 §19、§20 处罚', REPORT),
  ),
  district(
    'EM-03',
    '农业农村等部门通报事故信息',
    'FSL §103(2)(“立即”)',
    { policy: 'emergency.departmentNotice' },
    wording('获知事故信息', '农业农村等部门', MISSED, '通报'),
  ),
  district(
    'EM-04',
    '向本级政府和上级市场监管部门报告',
    'FSL §103(3)(按应急预案)',
    { policy: 'emergency.regulatorReport' },
    wording('接到事故报告', BUREAU, MISSED, REPORT),
  ),
  phe(
    'EM-05',
    '发生或者可能发生重大食物中毒,向卫生部门报告',
    '突发公共卫生事件应急条例 §20',
    hours(2),
    wording('发现事件', '监测机构、医疗卫生机构、有关单位', MISSED, REPORT),
  ),
  phe(
    'EM-06',
    '卫生部门向本级政府和上级报告',
    '突发公共卫生事件应急条例 §20',
    hours(2),
    wording('接到报告', '区卫生健康局', MISSED, REPORT),
  ),
  phe(
    'EM-07a',
    '区政府向市政府报告',
    '突发公共卫生事件应急条例 §20',
    hours(2),
    wording('接到报告', '区政府', MISSED, REPORT),
  ),
  phe(
    'EM-07b',
    '市政府向省政府报告',
    '突发公共卫生事件应急条例 §20',
    hours(2),
    wording('接到报告', '市政府', MISSED, REPORT),
    { ladder: 'counterparty' },
  ),
  phe(
    'EM-08',
    '省政府向国务院卫生部门报告',
    '突发公共卫生事件应急条例 §19',
    hours(1),
    wording('接到报告', '省政府', MISSED, REPORT),
    { ladder: 'counterparty' },
  ),
  phl(
    'EM-09',
    '群体性中毒等事件网络直报',
    '突发公共卫生事件应对法 §30',
    hours(2),
    wording('发现(可能的)突发公共卫生事件', '医疗卫生机构、检验检测机构', MISSED, '网络直报记录'),
  ),
  district(
    'EM-10',
    '事发单位处置并向疾控和行业主管部门报告',
    '突发公共卫生事件应对法 §30(4)(“立即”)',
    { policy: 'emergency.unitToCdc' },
    wording('发现(可能的)突发公共卫生事件', '事发单位', MISSED, REPORT),
    { inForceFrom: '2025-11-01' },
  ),
  district(
    'EM-11',
    '卫生部门报告政府和上级、通报毗邻地区',
    '突发公共卫生事件应对法 §33(“立即”)',
    { policy: 'emergency.healthReport' },
    wording('接到报告', '区卫生健康局', MISSED, REPORT),
    { inForceFrom: '2025-11-01' },
  ),
  district(
    'EM-12',
    '学校食品安全事故报告',
    '学校食品安全与营养健康管理规定 §50、§51(“按照规定”)',
    { policy: 'emergency.schoolReport' },
    wording('发生集中用餐食品安全事故', '学校', MISSED, REPORT),
  ),
  district(
    'EM-13',
    '会同卫生、农业农村部门调查处置',
    'FSL §105;FSR §57(“立即”)',
    { policy: 'emergency.investigate' },
    wording('接到事故报告', BUREAU, '失职追责', '调查处置记录'),
  ),
  district(
    'EM-14',
    '市级以上开展事故责任调查',
    'FSL §106(“立即”)',
    { policy: 'emergency.inquiry' },
    wording('发生食品安全事故', '市市场监管局', '失职追责', '责任调查报告'),
    { ladder: 'counterparty' },
  ),
];
