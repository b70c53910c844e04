/** `zhaodan cycle …`: from what a cycle would do to its frozen figures. */
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { readCase } from '../cases/case-row.ts';
import { listCases } from '../cases/lists.ts';
import { replayCase } from '../cases/replay.ts';
import { caseText } from '../cases/replay/text.ts';
import { withdrawCycle } from '../cases/supervision/confirm.ts';
import { cycleFigures } from '../cases/supervision/figures.ts';
import { nextQuarter, proposeQuarter } from '../cases/supervision/proposal.ts';
import { cycleReport } from '../cases/supervision/report.ts';
import { SUBJECT_CLASSES } from '../domain/register/register.ts';
import type { PlanProblem } from '../domain/supervision/plan-problems.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { instantText } from '../domain/words/kernel-said.ts';
import { action, type Call, type Context } from './context.ts';
import { confirm, mustPreview, preview } from './cycle-preview.ts';
import { problemText } from './cycle-text.ts';
import { caseIdOf, civilDay, wholeNumber } from './input.ts';
import { namesIn } from './names.ts';
import { ratesJson, ratesText, unitNames } from './rates.ts';
import { answered, say, spoken } from './say.ts';
import { table } from './table.ts';

interface Reasoned {
  readonly reason: string;
  readonly document: string;
  readonly hash: string;
  readonly note?: string;
}

const CYCLE = ['<cycle>', '周期编号,如 2026-Q4'] as const;

export function cycleCommand(context: Context): Command {
  const cycle = new Command('cycle').description('督导周期:预览、启动、进度、三率、报告');
  cycle
    .command('preview')
    .description('预览:问题在前,再列轮次、期限与理由;什么也不启动')
    .argument('[quarter]', '季度,如 2026-Q4;不写为本季度')
    .addOption(new Option('--kind <kind>', '专项督导的种类').choices(['unit', 'class', 'key-period']))
    .option('--name <slug>', '专项督导的简称,小写字母、数字和连字符')
    .option('--from <day>', '专项督导的起始日', civilDay)
    .option('--to <day>', '专项督导的末日', civilDay)
    .option('--unit <unit>', '只督导一个单位及其下级')
    .addOption(new Option('--class <class>', '只督导一个层级').choices(SUBJECT_CLASSES))
    .option('--title <title>', '名称')
    .option('--limit <n>', '至多列多少个轮次', wholeNumber(1, 10_000), 20)
    .action(action(context, preview));
  cycle
    .command('confirm')
    .description('按预览的哈希启动;名册在预览后有变则拒绝')
    .argument('<hash>', '预览给出的哈希')
    .option('--reason <words>', '周期已在进行时:补入的理由')
    .action(
      action(context, (call, hash: string, { reason }: { readonly reason?: string }) => confirm(call, hash, reason)),
    );
  cycle
    .command('add-late')
    .description('把预览中新增的轮次补入进行中的周期')
    .argument(...CYCLE)
    .requiredOption('--hash <hash>', '新预览的哈希')
    .requiredOption('--reason <words>', '理由')
    .action(
      action(context, async (call, id: string, { hash, reason }: Reasoned) => {
        await mustPreview(call, hash, caseIdOf('cycle', id));
        await confirm(call, hash, reason);
      }),
    );
  cycle
    .command('list')
    .description('各周期,新开的在前')
    .option('--limit <n>', '条数', wholeNumber(1, 500), 50)
    .action(action(context, list));
  cycle
    .command('show')
    .description('一个周期此刻的状态与期限')
    .argument(...CYCLE)
    .action(
      action(context, async (call, id: string) => {
        const replay = await replayCase(call.cases, caseIdOf('cycle', id));
        const { entries: _entries, refusals: _refusals, ...shown } = replay;
        call.answer(shown, () => caseText(replay));
      }),
    );
  cycle
    .command('plan')
    .description('冻结的计划与逐行结果')
    .argument(...CYCLE)
    .option('--result <result>', '只列这一结果:opened、existed、pending、refused:…')
    .option('--limit <n>', '条数', wholeNumber(1, 10_000), 50)
    .action(action(context, plan));
  for (const [name, says] of [
    ['pause', '暂停:各轮次的期限停止计算'],
    ['resume', '恢复:各轮次的期限继续计算'],
  ] as const) {
    cycle
      .command(name)
      .description(says)
      .argument(...CYCLE)
      .requiredOption('--reason <words>', '理由')
      .requiredOption('--document <number>', '文号')
      .action(
        action(context, (call, id: string, { reason, document }: Reasoned) =>
          say(call, caseIdOf('cycle', id), spoken({ type: name, reason, document })),
        ),
      );
  }
  cycle
    .command('withdraw')
    .description('撤回:尚无人开始办理时')
    .argument(...CYCLE)
    .requiredOption('--reason <words>', '理由')
    .action(
      action(context, async (call, id: string, { reason }: Reasoned) => {
        const caseId = caseIdOf('cycle', id);
        await answered(
          call,
          await withdrawCycle(call.cases, { caseId, key: call.key, actor: await call.actor(), reason }),
        );
      }),
    );
  cycle
    .command('close')
    .description('通报完成后结束本周期')
    .argument(...CYCLE)
    .option('--note <words>', '说明')
    .action(
      action(context, (call, id: string, { note }: Reasoned) =>
        say(call, caseIdOf('cycle', id), spoken({ type: 'close', ...(note === undefined ? {} : { note }) })),
      ),
    );
  cycle
    .command('figures')
    .description('三率:冻结的,或此刻的')
    .argument(...CYCLE)
    .option('--missing', '列出缺口的编号')
    .option('--limit <n>', '每项至多列多少个缺口', wholeNumber(1, 10_000), 50)
    .action(action(context, figures));
  cycle
    .command('report')
    .description('三率报告(xlsx):总览、分单位、未达标明细、各轮次')
    .argument(...CYCLE)
    .requiredOption('-o, --output <file>', '写到哪个文件,如 2026-Q4.xlsx')
    .action(
      action(context, async (call, id: string, { output }: { readonly output: string }) => {
        const bytes = await cycleReport(call.cases, caseIdOf('cycle', id));
        await writeFile(output, bytes);
        call.answer({ file: output, bytes: bytes.length }, () => `已写出 ${output}(${String(bytes.length)} 字节)`);
      }),
    );
  cycle
    .command('propose')
    .description('看下季度的建议;--notify 同时通知区食药安办')
    .option('--notify', '通知区食药安办(每季度只通知一次)')
    .action(
      action(context, async (call, { notify }: { readonly notify?: true }) => {
        const proposal = await (notify === true ? proposeQuarter : nextQuarter)(call.cases);
        const { cycle: key, state, hash, totals } = proposal;
        call.answer(proposal, () =>
          state === 'open'
            ? `${key} 已启动`
            : `${key} 尚未启动:${String(totals?.rounds ?? 0)} 个轮次,${String(totals?.visits ?? 0)} 次走访\n确认:npx zhaodan cycle confirm ${hash ?? ''}`,
        );
      }),
    );
  return cycle;
}

async function list(call: Call, { limit }: { readonly limit: number }): Promise<void> {
  const { rows } = await listCases(call.cases.pool, { kind: 'cycle' }, { order: 'opened', limit });
  call.answer(rows, () =>
    rows.length === 0
      ? '还没有周期;可用 zhaodan cycle preview 预览'
      : table(
          ['周期', '状态', '最后一日', '已启动', '计划轮次', '走访', '启动于'],
          rows.map(({ key, stage, closedAs, dueOn, figures: of, openedAt }) => [
            key,
            stageWords(wordsOf('cycle'), stage, closedAs),
            dueOn ?? '—',
            String((of['opened'] ?? 0) + (of['existing'] ?? 0)),
            String(of['rounds'] ?? 0),
            String(of['visits'] ?? 0),
            instantText(openedAt),
          ]),
        ),
  );
}

interface PlanLine {
  readonly ordinal: number;
  readonly post: string;
  readonly round: string;
  readonly visits: number;
  readonly problems: readonly PlanProblem[];
  readonly result: string | null;
}

async function plan(
  call: Call,
  id: string,
  { result, limit }: { readonly result?: string; readonly limit: number },
): Promise<void> {
  const { pool } = call.cases;
  const caseId = caseIdOf('cycle', id);
  await readCase(pool, caseId);
  const { rows } = await pool.query<PlanLine>(
    `SELECT ordinal, post_id AS post, round_key AS round, jsonb_array_length(input->'visits') AS visits, problems, result
       FROM cycle_plan WHERE cycle_id = $1 AND ($2::text IS NULL OR coalesce(result, 'pending') = $2) ORDER BY ordinal LIMIT $3`,
    [caseId, result ?? null, limit],
  );
  const nameOf = await namesIn(call.cases, rows);
  call.answer(rows, () =>
    [
      table(
        ['行', '轮次', '岗位', '走访', '结果'],
        rows.map((row) => [
          String(row.ordinal),
          row.round,
          nameOf(row.post),
          String(row.visits),
          row.result ?? '尚未启动',
        ]),
      ),
      ...rows.flatMap(({ ordinal, problems }) =>
        problems.map((problem) => `  第 ${String(ordinal)} 行:${problemText(problem, nameOf)}`),
      ),
    ].join('\n'),
  );
}

async function figures(
  call: Call,
  id: string,
  { missing, limit }: { readonly missing?: true; readonly limit: number },
): Promise<void> {
  const found = await cycleFigures(call.cases, caseIdOf('cycle', id));
  const names = await unitNames(call, found);
  const { frozenAt, state } = found;
  call.answer({ frozenAt, ...ratesJson(found) }, () =>
    [
      `${state.title}:${frozenAt === null ? '尚未冻结,为此刻的数' : `冻结于 ${instantText(frozenAt)}`}`,
      ratesText(found, names, missing === true ? limit : 0),
    ].join('\n'),
  );
}
