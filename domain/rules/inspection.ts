/** Inspection and correction: 食品生产经营监督检查管理办法 (INS), and what follows a hazard. rules.md §6 last part, §7. */
import type { Rule } from '../kernel/rule.ts';
import { months, PER_CASE, rulesOf, wording, workingDays, years } from './regulation.ts';

const ins = rulesOf({
  version: 'INS-2021',
  inForceFrom: '2022-03-15',
  regime: 'SILENT',
  ladder: 'statutory',
  mark: 'V',
});

export const INSPECTION: readonly Rule[] = [
  ins(
    'IN-01',
    '每两年覆盖全部检查要点的监督检查',
    'INS §22',
    years(2),
    wording('上次全部要点检查', '区市场监管局', '执法监督', '监督检查记录'),
  ),
  ins(
    'IN-02',
    '监督检查结果公开',
    'INS §39',
    workingDays(20),
    wording('监督检查结果信息形成', '区市场监管局', '执法监督', '公开记录'),
  ),
  ins(
    'IN-03',
    '上级检查后不重复检查同一项目',
    'INS §42',
    months(3),
    wording('上级监督检查', '区市场监管局', '重复检查,违反规定(有违法嫌疑的除外)', '上级检查记录'),
    { ladder: 'none' },
  ),
  ins(
    'SX-01',
    '一般问题责令限期整改',
    'INS §33',
    PER_CASE,
    wording('责令改正通知书送达', '食品生产经营者', '责任约谈、立案调查', '责令改正通知书、整改报告、复查记录'),
    { ladder: 'correction' },
  ),
  ins(
    'SX-02',
    '责任约谈后的整改',
    'FSL §114;INS §40-41(“立即”,期限为区政策)',
    { policy: 'correction.afterInterview' },
    wording('责任约谈', '食品生产经营者', '信用记录、立案调查', '约谈记录、整改记录'),
    { mark: 'D', regime: 'POLICY', ladder: 'correction' },
  ),
];
