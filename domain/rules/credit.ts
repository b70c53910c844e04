/** Bans, publicity, the blacklist and credit repair: FSL §134-135, BLK, CRF. Long limits outlive any case. rules.md §7. */
import type { Rule } from '../kernel/rule.ts';
import { mayExtend, months, rulesOf, wording, workingDays, years } from './regulation.ts';

const fsl = rulesOf({ version: 'FSL-2021', inForceFrom: '2021-04-29', regime: 'SILENT', ladder: 'none', mark: 'V' });
const blk = rulesOf({ version: 'BLK-2021', inForceFrom: '2021-09-01', regime: 'SILENT', ladder: 'none', mark: 'V' });
const crf = rulesOf({
  version: 'CRF-2025',
  inForceFrom: '2025-12-25',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});

const BUREAU = '区市场监管局';

export const CREDIT: readonly Rule[] = [
  fsl(
    'SX-04',
    '一年内三次处罚的累计期间',
    'FSL §134',
    years(1),
    wording('第一次行政处罚', BUREAU, '责令停产停业,直至吊销许可证', '累计处罚记录'),
  ),
  fsl(
    'SX-05',
    '吊销许可后的行业禁入',
    'FSL §135(1);O97 §8',
    years(5),
    wording('作出处罚决定', '登记、许可机关', '聘用禁入人员的,吊销许可证', '禁入登记及截止日期'),
  ),
  fsl(
    'SX-09',
    '一年内再次违法(情节严重)的期间',
    'FSR §67',
    years(1),
    wording('前次处罚', BUREAU, '按情节严重处理', '处罚决定书说理'),
  ),
  blk(
    'SX-10a',
    '严重违法失信名单公示',
    'BLK §14;PUB §9',
    workingDays(20),
    wording('作出列入决定', BUREAU, '执法监督', '列入决定书、公示记录'),
    { ladder: 'statutory' },
  ),
  blk('SX-10b', '可以申请移出名单', 'BLK §16', years(1), wording('列入满一年', '当事人', '期满移出', '移出申请')),
  blk('SX-10c', '名单期满移出', 'BLK §21', years(3), wording('列入名单', BUREAU, '执法监督', '移出记录')),
  crf('SX-11a', '轻微处罚信息的最短公示期', 'CRF §7', months(3), wording('公示', BUREAU, '自动停止公示', '公示记录'), {
    ladder: 'none',
  }),
  crf(
    'SX-11b',
    '食品处罚信息的最短公示期',
    'CRF §8',
    years(1),
    wording('公示', BUREAU, '届满可以申请修复', '公示记录'),
    { ladder: 'none' },
  ),
  crf('SX-11c', '食品处罚信息的最长公示期', 'CRF §8', years(3), wording('公示', BUREAU, '届满停止公示', '公示记录'), {
    ladder: 'none',
  }),
  crf(
    'SX-11d',
    '信用修复申请受理与否',
    'CRF §13',
    workingDays(2),
    wording('收到修复申请', BUREAU, '执法监督', '受理通知'),
  ),
  crf('SX-11e', '信用修复决定', 'CRF §16', workingDays(7), wording('受理', BUREAU, '执法监督', '修复决定'), {
    extension: mayExtend(workingDays(10), '市场监督管理部门负责人', 'CRF §16'),
  }),
  crf(
    'SX-11f',
    '信用修复后的数据更新',
    'CRF §17',
    workingDays(3),
    wording('作出修复决定', BUREAU, '执法监督', '数据更新记录'),
  ),
];
