/**
 * Rewards for reports. Only the repealed predecessor's figures could be read, so every amount is a district value to be
 * confirmed, never law (addenda §1.1, §2). RW-04 (codes) and RW-06 (payment) carry no limit.
 */
import type { Rule } from '../kernel/rule.ts';
import { boundedByPolicy, DISTRICT_POLICY, rulesOf, wording } from './regulation.ts';

const district = rulesOf({
  version: DISTRICT_POLICY,
  inForceFrom: '2021-12-01',
  regime: 'POLICY',
  ladder: 'statutory',
  mark: 'U',
});

export const REWARD: readonly Rule[] = [
  district(
    'RW-00',
    '受理时登记奖励意愿、内部举报人标识和代码',
    '区政策(避免事后另行要求申请)',
    { policy: 'reward.intake' },
    wording('收到举报', '受理人员', '影响举报人权利', '举报登记表、密封代码记录'),
    { mark: 'D' },
  ),
  district(
    'RW-01',
    '告知举报人并启动奖励程序',
    'RWG(条文未见;旧办法§12已废止)',
    { policy: 'reward.notice' },
    wording('作出最终处理决定且符合奖励条件', '办案部门', '投诉、审计', '奖励告知书'),
  ),
  district(
    'RW-02',
    '确定奖励等级和金额并告知',
    'RWG(“及时”)',
    { policy: 'reward.decision' },
    wording('启动奖励程序', '奖励实施部门(50万元以上会同财政)', '投诉、审计', '奖励决定'),
    { mark: 'D' },
  ),
  district(
    'RW-03',
    '举报人领取奖励',
    'RWG(条文未见;旧办法§14已废止)',
    { policy: 'reward.claim' },
    wording('收到奖励决定告知', '举报人', '视为放弃', '领取凭证'),
    {
      ladder: 'counterparty',
      extension: boundedByPolicy('奖励实施部门', 'RWG(条文未见)'),
      extensionKey: 'reward.claimExtension',
    },
  ),
  district(
    'RW-05',
    '举报人对奖励决定申请复核',
    'RWG(条文未见)',
    { policy: 'reward.review' },
    wording('收到奖励决定告知', '举报人', '丧失申请权', '复核申请'),
    { ladder: 'counterparty' },
  ),
  district(
    'RP-04b',
    '告知内部举报人是否立案',
    'IWB 2024(依投诉举报规定;O121 §36)',
    { policy: 'reward.informerNotice' },
    wording('作出是否立案的决定', '办案机构', '投诉、执法监督', '告知书'),
    { mark: 'D', inForceFrom: '2024-09-19' },
  ),
];
