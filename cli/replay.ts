/** `zhaodan replay CASE`: the case at a moment in plain Chinese, then how it came to be so. */
import { Command } from 'commander';
import { NotYetOpened, replayCase } from '../cases/replay.ts';
import { replayText } from '../cases/replay/text.ts';
import { instantText } from '../domain/words/kernel-said.ts';
import { action, type Context } from './context.ts';
import { instant } from './input.ts';
import { CliProblem } from './problem.ts';

export function replayCommand(context: Context): Command {
  return new Command('replay')
    .description('用中文重放一个案件:那一刻的状态、承办、期限、已告知谁、适用的版本,以及此前的每一条')
    .argument('<case>', '案件编号,如 round/2026-Q4/p-12')
    .option('--at <instant>', '时点;只写日期为当日 24 时;不写为此刻', instant)
    .action(
      action(context, async (call, caseId: string, { at }: { readonly at?: number }) => {
        const replay = await replayCase(call.cases, caseId, at).catch((error: unknown) => {
          if (!(error instanceof NotYetOpened)) throw error;
          throw new CliProblem(
            'not-yet-opened',
            `案件 ${caseId} 开始于 ${instantText(error.openedAt)},此前没有可重放的`,
          );
        });
        call.answer(replay, () => replayText(replay));
      }),
    );
}
