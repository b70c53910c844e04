/** The words of the duty to bind a subject and of the duty to sign a pledge; the register fulfils both, nobody by hand. */
import type { KindWords } from './kind-words.ts';

export const bindingDutyWords = {
  kind: 'binding-duty',
  title: '落实包保',
  commands: {},
  stages: {
    unbound: '待落实',
    overdue: '已超期',
    bound: '已落实',
    'bound-late': '超期落实',
    'subject-closed': '主体注销',
  },
  acts: {
    unbound: { act: '落实包保岗位', commands: [], roles: ['town-office'], page: 'register' },
    overdue: { act: '落实包保岗位', commands: [], roles: ['town-office'], page: 'register' },
  },
  ends: { bound: '按期落实', 'bound-late': '超期落实', 'subject-closed': '主体注销' },
  clocks: { bind: '落实包保期限', report: '台账更新期限' },
  events: {
    opened: '开始',
    bound: '已落实',
    'subject-closed': '主体注销',
    overdue: '超期',
    'overdue-annulled': '撤销超期认定',
  },
  fields: {},
} as const satisfies KindWords;

export const pledgeDutyWords = {
  kind: 'pledge-duty',
  title: '签订承诺书',
  commands: {},
  stages: { unsigned: '待签订', overdue: '已超期', signed: '已签订', 'signed-late': '超期签订', left: '已离任' },
  acts: {
    unsigned: { act: '签订承诺书', commands: [], page: 'register' },
    overdue: { act: '补签承诺书', commands: [], page: 'register' },
  },
  ends: { signed: '按期签订', 'signed-late': '超期签订', left: '已离任' },
  clocks: { sign: '签订期限' },
  events: { opened: '开始', signed: '已签订', left: '离任', overdue: '超期', 'overdue-annulled': '撤销超期认定' },
  fields: {},
} as const satisfies KindWords;
