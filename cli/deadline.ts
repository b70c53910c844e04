/**
 * `zhaodan deadline RULE --from DAY`: when it is due and why, from the files of this build alone. Needs no database and no
 * server; imports the rules only when asked, so that other commands start without them.
 */
import { Command } from 'commander';
import type { DeadlineAnswer } from './deadline-answer.ts';

interface Options {
  readonly from?: string;
  readonly received?: string;
  readonly json?: boolean;
}

/** Exit code of a question that has no answer: unknown rule, bad date, no amount. */
const NO_ANSWER = 2;

/** The sub-command; prints to stdout, refusals also to stderr with exit code 2. */
export function deadlineCommand(): Command {
  return new Command('deadline')
    .description('计算一项规则的到期日并说明理由')
    .argument('<rule>', '规则编号,如 CP-03')
    .option('--from <day>', '起算日 YYYY-MM-DD;按小时的规则可写 YYYY-MM-DDTHH:MM')
    .option('--received <day>', '收到日 YYYY-MM-DD,决定适用哪个版本的规则;默认同起算日')
    .option('--json', '输出 JSON')
    .action(async (rule: string, { from, received }: Options, command: Command) => {
      const { json = false } = command.optsWithGlobals<Options>();
      const { answerDeadline } = await import('./deadline-answer.ts');
      await print(answerDeadline({ rule, from, received }), json);
    });
}

async function print(answer: DeadlineAnswer, json: boolean): Promise<void> {
  if ('refused' in answer) {
    process.exitCode = NO_ANSWER;
    process.stderr.write(`${answer.refused.message}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ error: answer.refused }, null, 2)}\n`);
    return;
  }
  const { deadlineJson } = await import('../cases/deadline-json.ts');
  const { deadlineText } = await import('./deadline-text.ts');
  process.stdout.write(`${json ? JSON.stringify(deadlineJson(answer), null, 2) : deadlineText(answer)}\n`);
}
