/** The supervision cycle (督导周期) as callers see it; it is opened by confirming a preview, not by a command. */
import { z } from 'zod';
import type { CycleCommand } from '../../domain/supervision/cycle-messages.ts';
import { words } from '../fields.ts';
import { documentNumber, reason } from './evidence-fields.ts';
import { SOME_TEXT, type Kind, type Says, type Verb } from './kind.ts';

const type = <T extends CycleCommand['type']>(name: T) => z.literal(name);

const Pause = z.strictObject({ type: type('pause'), reason, document: documentNumber }) satisfies z.ZodType<
  Says<CycleCommand, 'pause'>
>;
const Resume = z.strictObject({ type: type('resume'), reason, document: documentNumber }) satisfies z.ZodType<
  Says<CycleCommand, 'resume'>
>;
const Close = z.strictObject({ type: type('close'), note: words(1_000).exactOptional() }) satisfies z.ZodType<
  Says<CycleCommand, 'close'>
>;

const says = (command: CycleCommand) => () => command;

/** 补入 and 撤回 count rows in the same transaction: `routes/cycles.ts` has them. */
const verbs: { readonly [T in string]: Verb } = {
  pause: {
    label: '暂停',
    effect: '各轮次的期限停止计算。',
    schema: Pause,
    probe: says({ type: 'pause', reason: SOME_TEXT, document: 'probe' }),
  },
  resume: {
    label: '恢复',
    effect: '各轮次的期限继续计算。',
    schema: Resume,
    probe: says({ type: 'resume', reason: SOME_TEXT, document: 'probe' }),
  },
  close: { label: '结束', effect: '通报完成后结束本周期。', schema: Close, probe: says({ type: 'close' }) },
};

export const cycleKind: Kind = {
  kind: 'cycle',
  title: '督导周期',
  verbs,
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
    'figures-frozen': '冻结三率',
    'follow-up-proposed': '建议督查',
    closed: '结束',
  },
  fields: { reason: '理由', document: '文号', note: '说明' },
};
