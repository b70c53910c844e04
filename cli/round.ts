/** `zhaodan urge|watch|unwatch|excuse|hand-over ROUND …`: what an office or a cadre says about a round, in words. */
import { Command } from 'commander';
import { action, type Context } from './context.ts';
import { caseIdOf } from './input.ts';
import { say, spoken } from './say.ts';

export type RoundVerb = 'urge' | 'watch' | 'unwatch' | 'excuse' | 'hand-over';

interface Words {
  readonly reason: string;
  readonly note: string;
  readonly document?: string;
  readonly to: string;
  readonly subject?: readonly string[];
}

const START: Readonly<Record<RoundVerb, string>> = {
  urge: '催办:立即通知包保干部并抄告其上级',
  watch: '列入督办:改用更密的提醒与升级阶梯',
  unwatch: '解除督办:回到通常的阶梯',
  excuse: '免除一户:本期不再走访,写明理由',
  'hand-over': '移交未走访的户;已违约的留在原处',
};

export function roundCommand(context: Context, verb: RoundVerb): Command {
  const command = new Command(verb).description(START[verb]).argument('<round>', '轮次,如 2026-Q4/p-12');
  const reasoned = () => command.requiredOption('--reason <words>', '理由');
  switch (verb) {
    case 'urge':
      command.requiredOption('--note <words>', '催办的话');
      return command.action(
        action(context, (call, round: string, { note }: Words) =>
          say(call, caseIdOf('round', round), spoken({ type: verb, note })),
        ),
      );
    case 'watch':
    case 'unwatch':
      reasoned();
      return command.action(
        action(context, (call, round: string, { reason }: Words) =>
          say(call, caseIdOf('round', round), spoken({ type: verb, reason })),
        ),
      );
    case 'excuse':
      command.argument('<subject>', '主体编号').option('--document <number>', '文号');
      reasoned();
      return command.action(
        action(context, (call, round: string, subject: string, { reason, document }: Words) => {
          const said = { type: verb, subject, reason, ...(document === undefined ? {} : { document }) };
          return say(call, caseIdOf('round', round), spoken(said));
        }),
      );
    case 'hand-over':
      command
        .requiredOption('--to <post>', '接收岗位')
        .option('--subject <subjects...>', '只移交这些户;不写为全部未走访的');
      reasoned();
      return command.action(
        action(context, (call, round: string, { reason, to, subject }: Words) => {
          const said = { type: verb, toPost: to, reason, ...(subject === undefined ? {} : { subjects: subject }) };
          return say(call, caseIdOf('round', round), spoken(said));
        }),
      );
  }
}
