/** `zhaodan rearm|sweep|rebuild`: what an operator does after a loss. None of it adds to the journal. */
import { Command } from 'commander';
import { readCase } from '../cases/case-row.ts';
import { rebuild } from '../cases/rebuild.ts';
import { rearmAll, sweep } from '../cases/sweep.ts';
import { action, type Context } from './context.ts';

export type Upkeep = 'rearm' | 'sweep' | 'rebuild';

export function upkeepCommand(context: Context, name: Upkeep): Command {
  const command = new Command(name);
  switch (name) {
    case 'rearm':
      return command.description('为每个未了结案件启动驱动;Temporal 的数据丢失后用').action(
        action(context, async (call) => {
          const drivers = await call.drivers();
          const cases = await rearmAll(call.cases.pool, drivers, (done) => {
            call.terminal.err(`已启动 ${String(done)} 个`);
          });
          call.answer({ rearmed: cases }, () => `已为 ${String(cases)} 个未了结案件启动驱动`);
        }),
      );
    case 'sweep':
      return command.description('唤醒过了提醒时刻两分钟仍未动的案件;平时由工作进程自动进行').action(
        action(context, async (call) => {
          const woken = await sweep(call.cases, await call.drivers());
          call.answer({ woken }, () => `已唤醒 ${String(woken)} 个案件`);
        }),
      );
    case 'rebuild':
      return command
        .description('由流水重新折叠并写回案件行;流水不变')
        .option('--case <case>', '只重建一个案件')
        .action(
          action(context, async (call, { case: caseId }: { readonly case?: string }) => {
            if (caseId !== undefined) await readCase(call.cases.pool, caseId);
            const rebuilt = await rebuild(call.cases, caseId);
            call.answer({ rebuilt }, () => `已重建 ${String(rebuilt)} 个案件`);
          }),
        );
  }
}
