/** `zhaodan sample kickoff`, `sample activity` and `sample accounts`: the main job on the sample district, and who may sign in to it. `sample load` stands in register.ts. */
import type { Command } from 'commander';
import { previewCycle } from '../cases/supervision/preview.ts';
import { confirmCycle } from '../cases/supervision/confirm.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { quarterOf } from '../domain/supervision/cycle-request.ts';
import { makeSampleAccounts, removeSampleAccounts, SAMPLE_PASSWORD } from '../sign-on/sample-accounts.ts';
import { action, type Call, type Context } from './context.ts';
import { wholeNumber } from './input.ts';
import { sampleActivity } from './sample-activity.ts';
import { CliProblem, FAULTY, refusedProblem } from './problem.ts';
import { sampleCommand } from './register.ts';

const LOOK_MS = 1_000;

export function sampleCommands(context: Context): Command {
  const print = (line: string): void => {
    context.terminal.out(line);
  };
  const sample = sampleCommand({ open: context.open, print });
  sample
    .command('kickoff')
    .description('为示例辖区启动本季度的督导周期,等到各轮次都已启动;可重复')
    .option('--wait <seconds>', '至多等多少秒', wholeNumber(0, 3_600), 300)
    .action(action(context, kickoff));
  sample
    .command('activity')
    .description('让示例辖区的干部在本季度走访、发现问题、办理整改,使各页面有内容可看;可重复')
    .option('--wait <seconds>', '至多等多少秒,等工作进程立起整改', wholeNumber(0, 3_600), 60)
    .action(action(context, activity));
  sample
    .command('accounts')
    .description('为示例辖区建立各类岗位的示例账号,密码是公开的;只供本机试用')
    .option('--remove', '删去仍在使用示例密码的账号')
    .action(action(context, sampleAccounts));
  return sample;
}

async function activity(call: Call, { wait }: { readonly wait: number }): Promise<void> {
  const made = await sampleActivity(call, wait);
  call.answer(
    made,
    () => `走访 ${String(made.visits)} 次,发现问题 ${String(made.findings)} 处,整改办理 ${String(made.steps)} 步`,
  );
}

async function sampleAccounts(call: Call, { remove }: { readonly remove?: boolean }): Promise<void> {
  if (remove === true) {
    const removed = await removeSampleAccounts(call.cases);
    call.answer({ removed }, () => `删去 ${String(removed.length)} 个示例账号:${removed.join('、') || '没有'}`);
    return;
  }
  const made = await makeSampleAccounts(call.cases);
  call.answer({ made, password: SAMPLE_PASSWORD }, () =>
    [
      `建立 ${String(made.length)} 个示例账号:${made.map(({ name }) => name).join('、') || '都已有了'}`,
      `密码都是 ${SAMPLE_PASSWORD};正式环境的接口在它们改掉密码之前不会启动`,
    ].join('\n'),
  );
}

async function kickoff(call: Call, { wait }: { readonly wait: number }): Promise<void> {
  const quarter = quarterOf(localDate(await call.now()));
  if ((await progress(call, quarter)) === null) await open(call, quarter);
  else call.terminal.err(`${quarter} 已启动过,看它进展到哪里`);
  const reached = await untilOpened(call, quarter, wait);
  call.answer({ cycle: quarter, ...reached }, () =>
    [
      `${quarter} 已启动:计划 ${String(reached.planned)} 个轮次,已开 ${String(reached.rounds)} 个`,
      `首批邮件每人一封,${firstMails(call)};本地的邮件在 npm start 所列的收件页,台账见 npx zhaodan notices list`,
    ].join('\n'),
  );
}

/** A development stack sends every few minutes, a district in its own hours. */
function firstMails({ notices: { slotMs } }: Call): string {
  return slotMs === undefined ? '按区里的发送时段送出' : `约 ${String(Math.ceil(slotMs / 60_000))} 分钟内送出`;
}

async function open(call: Call, quarter: string): Promise<void> {
  const actor = await call.actor();
  const preview = await previewCycle(call.cases, { kind: 'quarter', quarter }, actor);
  if ('refused' in preview) throw refusedProblem(preview.refused);
  const { totals } = preview.plan;
  const problems = Object.values(totals.problems).reduce((sum, count) => sum + count, 0);
  call.terminal.err(
    `预览 ${preview.title}:${String(totals.rounds)} 个轮次,${String(totals.visits)} 次走访,问题 ${String(problems)} 处(可用 cycle plan 查看)`,
  );
  // The same key every time: two kick-offs at once are one.
  const answer = await confirmCycle(call.cases, { hash: preview.hash, key: `sample/kickoff/${quarter}`, actor });
  if (!answer.ok) throw refusedProblem(answer.refusal);
}

interface Progress {
  readonly stage: string;
  readonly planned: number;
  readonly settled: number;
  readonly rounds: number;
}

/** How far the cycle has come; `null` where nobody opened it. */
async function progress({ cases }: Call, quarter: string): Promise<Progress | null> {
  const { rows } = await cases.pool.query<Progress>(
    `SELECT c.stage, (SELECT count(*)::int FROM cycle_plan p WHERE p.cycle_id = c.id) AS planned,
            (SELECT count(*)::int FROM cycle_plan p WHERE p.cycle_id = c.id AND p.result IS NOT NULL) AS settled,
            (SELECT count(*)::int FROM cases r WHERE r.kind = 'round' AND r.cycle_id = c.key) AS rounds
       FROM cases c WHERE c.id = $1`,
    [`cycle/${quarter}`],
  );
  return rows[0] ?? null;
}

/** Looks every second; says so when something moved. Throws `not-opened-yet` when the time is up. */
async function untilOpened(call: Call, quarter: string, seconds: number): Promise<Progress> {
  const started = performance.now();
  let said = -1;
  for (;;) {
    const now = await progress(call, quarter);
    if (now === null) throw new CliProblem('cycle-not-found', `没有周期 ${quarter}`);
    if (now.stage !== 'opening') return now;
    if (now.settled !== said) call.terminal.err(`已启动 ${String(now.settled)} / ${String(now.planned)} 个轮次`);
    said = now.settled;
    if (performance.now() - started > seconds * 1_000)
      throw new CliProblem(
        'not-opened-yet',
        `等了 ${String(seconds)} 秒,启动到 ${String(now.settled)} / ${String(now.planned)};工作进程在运行吗?它会接着做完`,
        FAULTY,
      );
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
