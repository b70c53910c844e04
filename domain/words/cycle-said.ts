/** What happened in a cycle, one sentence an event. */
import type { CycleEvent, RateFigure, RateName } from '../supervision/cycle-messages.ts';
import { because, byDocument, type Sentences } from './speaker.ts';

export const RATE_WORDS: Readonly<Record<RateName | 'coverage', string>> = {
  binding: '包保关系建立率',
  pledge: '承诺书签订率',
  completion: '督导完成率',
  coverage: '督导覆盖率',
};

const TOLD = { pause: '暂停', resume: '恢复', withdraw: '撤回' } as const;

const rate = (name: RateName | 'coverage', { numerator, denominator }: Omit<RateFigure, 'digest'>): string =>
  `${RATE_WORDS[name]} ${numerator}/${denominator}`;

export const cycleSaid: Sentences<CycleEvent> = {
  opened: ({ title, period, rounds, visits, provisional, planHash }) =>
    `启动「${title}」(${period.fromOn} 至 ${period.toOn}):${rounds} 个轮次,${visits} 次走访${provisional ? ',期限暂定' : ''},预览 ${planHash.slice(0, 12)}`,
  'page-opened': ({ opened, existing, failed, lastOrdinal }) =>
    `启动至计划第 ${lastOrdinal} 行:新开 ${opened} 个轮次,已有 ${existing} 个,未能启动 ${failed} 个`,
  running: () => '计划各行均已启动或说明原因',
  'rounds-told': ({ told, rounds }) => `已把${TOLD[told]}告知 ${rounds} 个轮次`,
  paused: ({ reason, document }, say) => `暂停${byDocument(document)}${because(say, reason)}`,
  resumed: ({ reason, document }, say) => `恢复${byDocument(document)}${because(say, reason)}`,
  'late-added': ({ rounds, visits, reason }, say) => `补入 ${rounds} 个轮次,${visits} 次走访${because(say, reason)}`,
  withdrawn: ({ reason }, say) => `撤回本周期${because(say, reason)}`,
  'period-ended': () => '本周期期满',
  'period-resumed': () => '按后来公布的日历本周期尚未期满,恢复',
  'figures-frozen': ({ rates, coverage }) =>
    `冻结三率:${rate('binding', rates.binding)},${rate('pledge', rates.pledge)},${rate('completion', rates.completion)},${rate('coverage', coverage)}`,
  'follow-up-proposed': ({ unit, rates }, say) =>
    `建议督查${say.unit(unit)}:${rates.map((name) => RATE_WORDS[name]).join('、')}未达 100%`,
  closed: ({ note }, say) => `结束本周期${because(say, note, '说明')}`,
};
