/**
 * 包保: cadres guarantee named businesses (BB-01 … BB-09). BB7's own text was not found, so every figure is district policy;
 * what the regulator does with a finding is INS §33 and APR §18. rules.md §2.2, addenda §3. BB-10 is an invariant, not a limit.
 */
import type { Rule } from '../kernel/rule.ts';
import {
  boundedByPolicy,
  DISTRICT_POLICY,
  DISTRICT_SINCE,
  mayExtend,
  PER_CASE,
  rulesOf,
  wording,
  workingDays,
} from './regulation.ts';

const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: DISTRICT_SINCE,
  regime: 'POLICY',
  ladder: 'duty',
  mark: 'D',
});
const ins = rulesOf({
  version: 'INS-2021',
  inForceFrom: '2022-03-15',
  regime: 'SILENT',
  ladder: 'correction',
  mark: 'V',
});
const apr = rulesOf({ version: 'APR-2022', inForceFrom: '2021-07-15', regime: 'APR', ladder: 'statutory', mark: 'V' });

const OFFICE = '区食药安办';
const REGULATOR = '市场监管所';
const CADRE = '包保干部';

/** The office may stop a supervision clock for circumstances it approved, with their document. */
const mayPause = { stops: ['circumstance'] } as const;

export const SUPERVISION: readonly Rule[] = [
  district(
    'BB-01',
    '主体变动报告食安办',
    '广元市包保工作管理办法(外地规定,参照)',
    { policy: 'supervision.reportChange' },
    wording('主体新开业、注销、迁移或者级别变动', REGULATOR, '建立率下降,督查通报', '主体台账变动记录'),
    { mark: 'S' },
  ),
  district(
    'BB-02',
    '建立或者重新建立包保关系',
    '广元市包保工作管理办法(外地规定,参照)',
    { policy: 'supervision.bind' },
    wording(
      '收到主体变动报告,或者包保干部离任',
      '区食药安办、镇街食安办',
      '主体处于无人包保状态,逐级报告',
      '包保关系(起止日期)、责任清单',
    ),
    { mark: 'S' },
  ),
  district(
    'BB-03',
    '签订并上传承诺书',
    '“三单一承诺书”制度(无期限,区政策)',
    { policy: 'supervision.pledge' },
    wording('包保干部到任或者承诺书换版', CADRE, '签订率下降,逐级报告', '承诺书(版本、日期)'),
  ),
  district(
    'BB-04',
    '本期包保督导',
    '“三单一承诺书”制度;杭西食药安办〔2023〕5号第2点',
    PER_CASE,
    wording('督导周期启动', CADRE, '完成率低于100%,逐级报告直至建议通报', '督导任务、督导记录'),
    {
      ...mayPause,
      mark: 'S',
      ladder: 'supervision-round',
      extension: boundedByPolicy(OFFICE, '区政策'),
      extensionKey: 'supervision.roundExtension',
    },
  ),
  district(
    'BB-05',
    '督导、勾选任务清单、录入平台',
    '“三单一承诺书”制度;杭西食药安办〔2023〕5号第2点',
    PER_CASE,
    wording('督导周期启动', CADRE, '同 BB-04', '督导记录:日期、地点、方式、清单事项、照片、双方确认'),
    { ...mayPause, mark: 'S', ladder: 'supervision-round' },
  ),
  district(
    'BB-06',
    '督导发现问题移交市场监管所',
    '清单制、销号制(无期限,区政策)',
    { policy: 'supervision.handOver' },
    wording('督导发现问题', CADRE, '报区食药安办', '问题移交单、清单编号'),
    mayPause,
  ),
  district(
    'BB-06b',
    '市场监管所认领问题',
    '清单制、销号制(无期限,区政策)',
    { policy: 'correction.claim' },
    wording('收到移交的问题', REGULATOR, '报区食药安办', '认领记录'),
    mayPause,
  ),
  ins(
    'BB-07',
    '责令限期整改',
    'INS §33',
    PER_CASE,
    wording(
      '责令改正通知书送达',
      '食品生产经营者,市场监管所跟踪',
      '责任约谈、立案调查(INS §32、§33;FSL §114)',
      '责令改正通知书、整改报告、复查记录',
    ),
    {
      stops: ['circumstance', 'testing'],
      extension: boundedByPolicy('市场监管所所长', 'INS §33(延期幅度为区政策)'),
      extensionKey: 'correction.extension',
    },
  ),
  district(
    'BB-07b',
    '整改复查、销号',
    'INS §33(复查期限为区政策)',
    { policy: 'correction.recheck' },
    wording('收到整改报告', '市场监管所(非原办理人)', '报区食药安办', '复查记录、销号记录'),
    mayPause,
  ),
  apr(
    'BB-08',
    '重大问题线索核查、是否立案',
    'APR §18',
    workingDays(15),
    wording('收到重大问题线索', '区市场监管局', '违反行政处罚程序规定', '立案审批表、不予立案审批表'),
    {
      extension: mayExtend(workingDays(15), '市场监督管理部门负责人', 'APR §18'),
      stops: ['testing', 'appraisal', 'identification'],
    },
  ),
  district(
    'BB-09',
    '包保工作督查',
    '杭西食药安办〔2023〕5号第2点(周期为区政策)',
    { policy: 'supervision.inspection' },
    wording('上次督查', OFFICE, '通报、约谈、考核扣分', '督查报告'),
    { ladder: 'statutory' },
  ),
  district(
    'BB-09b',
    '督导周期到期、结果冻结',
    '杭西食药安办〔2023〕5号第2点(区政策)',
    PER_CASE,
    wording('督导周期启动', OFFICE, '结果不完整', '三率及分子分母明细、周期报告'),
    { ladder: 'cycle' },
  ),
];
