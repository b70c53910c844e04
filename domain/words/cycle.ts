/** The words of a supervision cycle (督导周期). */
import type { KindWords } from './kind-words.ts';

export const cycleWords = {
  kind: 'cycle',
  title: '督导周期',
  /** Adding late joiners and withdrawing count rows first; they are said elsewhere. */
  commands: {
    pause: { label: '暂停', effect: '各轮次的期限停止计算。' },
    resume: { label: '恢复', effect: '各轮次的期限继续计算。' },
    close: { label: '结束', effect: '通报完成后结束本周期。' },
  },
  stages: {
    opening: '正在启动',
    running: '进行中',
    paused: '已暂停',
    freezing: '期满,待冻结数据',
    reported: '数据已冻结',
    withdrawing: '正在撤回',
    withdrawn: '已撤回',
    closed: '已结束',
  },
  acts: {
    reported: { act: '通报三率并结束周期', commands: ['close'], roles: ['district-office'], page: 'supervision' },
  },
  ends: { closed: '已结束', withdrawn: '已撤回' },
  clocks: { period: '周期期限' },
  events: {
    opened: '启动',
    'page-opened': '分批启动轮次',
    running: '全部轮次已启动',
    'rounds-told': '已告知各轮次',
    paused: '暂停',
    resumed: '恢复',
    'late-added': '补入',
    withdrawn: '撤回',
    'period-ended': '期满',
    'period-resumed': '期满后恢复',
    'figures-frozen': '冻结三率',
    'follow-up-proposed': '建议督查',
    closed: '结束',
  },
  fields: { reason: '理由', document: '文号', note: '说明' },
  figures: {
    rounds: '计划轮次',
    visits: '走访',
    opened: '已启动',
    existing: '原已有',
    failed: '未能启动',
    lastOrdinal: '启动到第几行',
  },
} as const satisfies KindWords;
