/** The duty to bind a subject and the duty to sign a pledge: opened, fulfilled and ended by the register, never by hand. */
import type { Kind } from './kind.ts';

export const bindingDutyKind: Kind = {
  kind: 'binding-duty',
  title: '落实包保',
  verbs: {},
  stages: {
    unbound: '待落实',
    overdue: '已超期',
    bound: '已落实',
    'bound-late': '超期落实',
    'subject-closed': '主体注销',
  },
  ends: { bound: '按期落实', 'bound-late': '超期落实', 'subject-closed': '主体注销' },
  clocks: { bind: '落实包保期限', report: '台账更新期限' },
  events: { opened: '开始', bound: '已落实', 'subject-closed': '主体注销', overdue: '超期' },
  fields: {},
};

export const pledgeDutyKind: Kind = {
  kind: 'pledge-duty',
  title: '签订承诺书',
  verbs: {},
  stages: { unsigned: '待签订', overdue: '已超期', signed: '已签订', 'signed-late': '超期签订', left: '已离任' },
  ends: { signed: '按期签订', 'signed-late': '超期签订', left: '已离任' },
  clocks: { sign: '签订期限' },
  events: { opened: '开始', signed: '已签订', left: '离任', overdue: '超期' },
  fields: {},
};
