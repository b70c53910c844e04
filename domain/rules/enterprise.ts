/**
 * What businesses owe by themselves: O97, O98, O104, O114, O123. The office does not run these clocks (rules.md §10); it
 * shows them and samples. A monthly duty ends with the month, so its last day is the case's and no amount is counted.
 */
import type { Rule } from '../kernel/rule.ts';
import { calendarDays, months, PER_CASE, rulesOf, wording, years } from './regulation.ts';

const base = { regime: 'SILENT', ladder: 'none', mark: 'V' } as const;
const o97 = rulesOf({ ...base, version: 'O97', inForceFrom: '2025-04-15' });
const o98 = rulesOf({ ...base, version: 'O98', inForceFrom: '2025-04-15' });
const o104 = rulesOf({ ...base, version: 'O104', inForceFrom: '2025-12-01' });
const o114 = rulesOf({ ...base, version: 'O114', inForceFrom: '2026-03-20' });
const o123 = rulesOf({ ...base, version: 'O123', inForceFrom: '2026-06-01' });

const OFFICER = '食品安全员';
const DIRECTOR = '食品安全总监或者食品安全员';
const HEAD = '主要负责人';
const CHAIN = '连锁企业总部';
const DAILY = '《每日食品安全检查记录》';
const WEEKLY = '《每周食品安全排查治理报告》';
const MONTHLY = '《每月食品安全调度会议纪要》';
const YEAR_BEFORE = '上一年度12月31日';
const DAY = '生产经营当日';
const WEEK = '上一周最后一日';
const MONTH = '当月(截至月末)';

export const ENTERPRISE: readonly Rule[] = [
  o97('EN-03', '日管控', 'O97 §12', calendarDays(0), wording(DAY, OFFICER, '依 O97 §19 处罚', DAILY)),
  o97('EN-04', '周排查', 'O97 §13', calendarDays(7), wording(WEEK, DIRECTOR, '依 O97 §19 处罚', WEEKLY)),
  o97('EN-05', '月调度', 'O97 §14', PER_CASE, wording(MONTH, HEAD, '依 O97 §19 处罚', MONTHLY)),
  o97(
    'EN-06',
    '对否决建议的研究',
    'O97 §5、§20(“立即”,期限为区政策)',
    { policy: 'enterprise.veto' },
    wording('提出否决建议', HEAD, '无正当理由不采纳,依 O97 §20 处罚到人', '否决建议及处理记录'),
    { mark: 'D', regime: 'POLICY' },
  ),
  o97(
    'EN-07',
    '总监、安全员年度培训(40小时)',
    'O97 §17(1)',
    years(1),
    wording(YEAR_BEFORE, '食品生产经营企业', '依 O97 §19 处罚', '培训、考核记录'),
  ),
  o98('EN-10a', '集中用餐单位日管控', 'O98 §16', calendarDays(0), wording(DAY, OFFICER, '依 O98 §23-24 处罚', DAILY)),
  o98(
    'EN-10b',
    '集中用餐单位周排查',
    'O98 §17',
    calendarDays(7),
    wording(WEEK, DIRECTOR, '依 O98 §23-24 处罚', WEEKLY),
  ),
  o98('EN-10c', '集中用餐单位月调度', 'O98 §18', PER_CASE, wording(MONTH, HEAD, '依 O98 §23-24 处罚', MONTHLY)),
  o104('EN-11a', '餐饮连锁门店日管控', 'O104 §8', calendarDays(0), wording(DAY, '门店', '依 O104 §26 处罚', DAILY)),
  o104(
    'EN-11b',
    '餐饮连锁分支机构周排查',
    'O104 §8',
    calendarDays(7),
    wording(WEEK, '分支机构', '依 O104 §26 处罚', WEEKLY),
  ),
  o104('EN-11c', '餐饮连锁总部月调度', 'O104 §8', PER_CASE, wording(MONTH, CHAIN, '依 O104 §26 处罚', MONTHLY)),
  o104(
    'EN-11d',
    '餐饮连锁总部年度现场检查全覆盖',
    'O104 §10',
    years(1),
    wording(YEAR_BEFORE, CHAIN, '依 O104 §26 处罚', '现场检查记录'),
  ),
  o104(
    'EN-11e',
    '后厨视频保存期限',
    'O104 §11',
    calendarDays(14),
    wording('视频形成', CHAIN, '依 O104 §26 处罚', '视频资料'),
  ),
  o104(
    'EN-12',
    '餐饮连锁年度报告(12月)',
    'O104 §20',
    years(1),
    wording(YEAR_BEFORE, '总部、分支机构', '责令改正', '门店名录、履责情况报告'),
  ),
  o114(
    'EN-13a',
    '食品销售连锁门店日管控',
    'O114 §8-13',
    calendarDays(0),
    wording(DAY, '门店', '依 O114 §28 处罚', DAILY),
  ),
  o114(
    'EN-13b',
    '食品销售连锁分支机构周排查',
    'O114 §8-13',
    calendarDays(7),
    wording(WEEK, '分支机构', '依 O114 §28 处罚', WEEKLY),
  ),
  o114('EN-13c', '食品销售连锁总部月调度', 'O114 §8-13', PER_CASE, wording(MONTH, CHAIN, '依 O114 §28 处罚', MONTHLY)),
  o114(
    'EN-13d',
    '食品销售连锁年度现场检查全覆盖',
    'O114 §8-13',
    years(1),
    wording(YEAR_BEFORE, CHAIN, '依 O114 §28 处罚', '现场检查记录'),
  ),
  o114(
    'EN-13e',
    '食品销售连锁年度报告(12月)',
    'O114 §23',
    years(1),
    wording(YEAR_BEFORE, CHAIN, '依 O114 §30 处罚', '年度报告'),
  ),
  o123('EN-14a', '网络餐饮平台月调度', 'O123 §10', PER_CASE, wording(MONTH, '平台', '依 O123 处罚', MONTHLY)),
  o123(
    'EN-14b',
    '网络餐饮平台报送入网商户身份信息(1月、7月)',
    'O123 §16',
    calendarDays(31),
    wording('上年12月31日或者当年6月30日', '平台', '依 O123 处罚', '报送记录'),
  ),
  o123(
    'EN-14c',
    '网络餐饮平台核验更新入网商户信息',
    'O123 §16',
    months(6),
    wording('上次核验', '平台', '依 O123 处罚', '核验记录'),
  ),
];
