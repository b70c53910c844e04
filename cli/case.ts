/** `zhaodan case …`: which cases there are, how one stands, and any command to any of them. */
import { Command } from 'commander';
import { readClock } from '../cases/deps.ts';
import { listCases, type CaseFilter, type CaseOrder } from '../cases/lists.ts';
import { replayCase } from '../cases/replay.ts';
import { caseText } from '../cases/replay/text.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { fieldValue } from './command-form.ts';
import { action, type Call, type Context } from './context.ts';
import { civilDay, jsonBody, wholeNumber } from './input.ts';
import { CliProblem } from './problem.ts';
import { say, spoken } from './say.ts';
import { table } from './table.ts';

interface ListOptions extends Omit<CaseFilter, 'closed'> {
  readonly overdue?: true;
  readonly closed?: true;
  readonly all?: true;
  readonly limit: number;
  readonly newest?: true;
}

export function caseCommand(context: Context): Command {
  const command = new Command('case').description('案件:列出、查看、办理');
  command
    .command('list')
    .description('列出案件,期限近的在前;默认只列未了结的')
    .option('--kind <kind>', '种类:cycle、round、correction、binding-duty、pledge-duty')
    .option('--stage <stage>', '阶段')
    .option('--holder <post>', '承办岗位')
    .option('--unit <unit>', '单位及其下级')
    .option('--subject <subject>', '主体')
    .option('--cycle <cycle>', '周期编号')
    .option('--due-until <day>', '最近期限不晚于这一日', civilDay)
    .option('--overdue', '期限已过而未了结的')
    .option('--breached', '曾记超期的')
    .option('--closed', '只列已了结的')
    .option('--all', '了结与未了结的都列')
    .option('--newest', '新开的在前')
    .option('--limit <n>', '条数,1 到 500', wholeNumber(1, 500), 50)
    .action(action(context, (call, options: ListOptions) => list(call, options)));
  command
    .command('show')
    .description('一个案件此刻的状态、期限与理由')
    .argument('<case>', '案件编号,如 round/2026-Q4/p-12')
    .action(
      action(context, async (call, caseId: string) => {
        const replay = await replayCase(call.cases, caseId);
        const { entries: _entries, refusals: _refusals, ...shown } = replay;
        call.answer(shown, () => caseText(replay));
      }),
    );
  command
    .command('do')
    .description('对案件办一步;字段写作 --字段 值,或用 --body 给出 JSON(@文件 亦可)')
    .argument('<case>', '案件编号')
    .argument('<command>', '这一步的名称,如 record-visit、urge、claim')
    .argument('[fields...]', '如 --note 请抓紧')
    .option('--body <json>', '全部字段的 JSON')
    .allowUnknownOption()
    .action(
      action(context, async (call, caseId: string, type: string, fields: string[], { body }: { body?: string }) => {
        const given = body === undefined ? {} : jsonBody(body);
        if (typeof given !== 'object' || given === null || Array.isArray(given))
          throw new CliProblem('invalid-request', '--body 应为一个 JSON 对象');
        await say(call, caseId, spoken({ ...given, ...fieldsOf(caseId, type, fields), type }));
      }),
    );
  return command;
}

async function list(call: Call, { limit, newest, closed, all, ...filter }: ListOptions): Promise<void> {
  const { kind, stage, holder, unit, subject, cycle, dueUntil, overdue, breached } = filter;
  const endsBy = overdue === true ? await nowOf(call) : undefined;
  const given = { kind, stage, holder, unit, subject, cycle, dueUntil, endsBy, breached };
  const wanted: CaseFilter = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(all === true ? {} : { closed: closed === true }),
  };
  const order: CaseOrder = newest === true ? 'opened' : 'due';
  const { rows, next } = await listCases(call.cases.pool, wanted, { order, limit });
  call.answer({ rows, more: next !== null }, () =>
    [
      table(
        ['案件', '状态', '最近期限', '承办', '主体或单位'],
        rows.map(
          ({ id, stage: at, closedAs, dueOn, provisional, breached: late, holder: by, subject: about, unit: of }) => [
            id,
            `${stageWords(wordsOf(id), at, closedAs)}${late ? '(曾超期)' : ''}`,
            dueOn === null ? '—' : `${dueOn}${provisional ? ' 暂定' : ''}`,
            by === null ? '—' : `${by.name ?? '(空缺)'} · ${by.title ?? by.post}`,
            about?.name ?? of?.name ?? '—',
          ],
        ),
      ),
      next === null
        ? `共 ${String(rows.length)} 个`
        : `列出前 ${String(rows.length)} 个,还有更多;可用 --limit 或筛选条件`,
    ].join('\n'),
  );
}

async function nowOf({ cases }: Call): Promise<number> {
  const client = await cases.pool.connect();
  try {
    return await readClock(cases, client);
  } finally {
    client.release();
  }
}

/** `--visited-on 2026-11-24` as `visitedOn`. Throws `invalid-request` for a word that belongs to no field. */
function fieldsOf(caseId: string, type: string, words: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let i = 0; i < words.length; i += 2) {
    const [name = '', value] = [words[i], words[i + 1]];
    if (!/^--[a-z][a-z-]*$/.test(name) || value === undefined)
      throw new CliProblem('invalid-request', `看不懂 ${name}:字段写作 --字段 值`);
    const field = name.slice(2).replaceAll(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    fields[field] = fieldValue(caseId, type, field, value);
  }
  return fields;
}
