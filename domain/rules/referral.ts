/**
 * Clues between departments, and what the law asks of them "in time" without a figure: district policy throughout.
 * rules.md §5.2 and the rows of §5.1 without a figure; no national day count for clue transfer was found.
 */
import type { Rule } from '../kernel/rule.ts';
import { DISTRICT_POLICY, rulesOf, wording } from './regulation.ts';

const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: '2023-12-01',
  regime: 'POLICY',
  ladder: 'statutory',
  mark: 'D',
});

const MISSED = '食品安全法 §145 问责;执法监督';

export const REFERRAL: readonly Rule[] = [
  district(
    'CJ-14',
    '公安机关退回、不追究刑事责任案件的行政处理启动',
    'R310 §10、§13;行政处罚法 §27(“及时”)',
    { policy: 'referral.reverseStart' },
    wording('收到不立案、撤案、不起诉后移送的案件', '区市场监管局', MISSED, '反向移送接收记录、立案审批表'),
  ),
  district(
    'CJ-15',
    '提供检验结论、认定意见、无害化处理协助',
    'FSL §121(3);APQ §61(3)(“及时”)',
    { policy: 'referral.opinion' },
    wording('公安、检察、法院商请', '市场监管、生态环境、农业农村部门', MISSED, '检验结论、认定意见'),
  ),
  district(
    'CJ-16',
    '可能适用行政拘留案件的移送',
    'FSR §77、§78(“及时”)',
    { policy: 'referral.detention' },
    wording('认定属于食品安全法 §123 规定情形', '区市场监管局', MISSED, '案件移送书'),
  ),
  district(
    'RP-06',
    '不属本部门职责的举报移送并书面告知',
    'FSL §115;APQ §56(“法定期限内”)',
    { policy: 'referral.notOurs' },
    wording('收到不属于本部门职责的咨询、投诉、举报', '收到的部门', 'FSL §145 问责', '移送函、告知书'),
  ),
  district(
    'TR-01',
    '向同级农业农村部门通报合格证问题或者不合格农产品',
    'O81 §36(“及时”)',
    { policy: 'referral.notifyAgriculture' },
    wording('发现未附或者虚假承诺达标合格证,或者附证产品不合格', '区市场监管局', MISSED, '通报函及回执'),
  ),
  district(
    'TR-02',
    '对农业农村部门通报的不合格农产品溯源处置',
    'O81 §36(2)(“及时”)',
    { policy: 'referral.traceNotified' },
    wording('收到通报', '区市场监管局', MISSED, '溯源记录、复函'),
  ),
  district(
    'TR-03',
    '批发市场销售禁止产品的溯源通报',
    'O81 §35(“及时”)',
    { policy: 'referral.traceMarket' },
    wording('发现销售禁止销售的农产品', '区市场监管局', MISSED, '溯源通报'),
  ),
  district(
    'TR-04',
    '不属本部门管辖案件的移送',
    'APR §17;INS §38(“及时”)',
    { policy: 'referral.otherDepartment' },
    wording('认定案件属于其他部门管辖', '区市场监管局', MISSED, '案件移送函'),
  ),
  district(
    'TR-05',
    '核查处置涉及其他部门的通报',
    'O15 §44(“及时”)',
    { policy: 'referral.samplingNotice' },
    wording('核查处置发现涉及其他部门职责', '区市场监管局', MISSED, '通报函'),
  ),
  district(
    'TR-06',
    '农产品质量安全风险的核实与通报',
    'APQ §13(“立即”)',
    { policy: 'referral.produceRisk' },
    wording('获知农产品质量安全风险信息', '获知的部门', 'APQ §63 问责', '核实记录、通报'),
  ),
  district(
    'TR-08',
    '部门职责争议的协调',
    'ZJ-APQ §4;ELS §13(无期限)',
    { policy: 'referral.dutyDispute' },
    wording('发生职责争议', '区司法局协调,区政府确定', '执法监督', '协调意见、确定文件'),
  ),
];
