/** `zhaodan register …` and `zhaodan sample …`: files in and out of the register, and its history. Knows no rule. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readClock, type CasesDeps } from '../cases/deps.ts';
import { refusalText } from '../cases/refusal-texts.ts';
import { actorOf } from '../cases/register/acting.ts';
import { exportCsv, exportXlsx, templateXlsx } from '../cases/register/export.ts';
import { registerHistory } from '../cases/register/history.ts';
import { confirmImport, previewImport } from '../cases/register/import.ts';
import { loadSample, SAMPLE_SCALE, SAMPLE_SEED } from '../cases/register/sample/load.ts';
import { SHEETS, type SheetId } from '../cases/register/sheets/columns.ts';
import { CONFLICT_POLICIES, type ConflictPolicy } from '../cases/register/sheets/plan-sheet.ts';
import { inTransaction } from '../cases/transaction.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { Actor } from '../domain/kernel/process.ts';
import { confirmedLine, historyLines, previewLines } from './register-text.ts';

/** Opened for one command, closed after it. */
export interface OpenedCases {
  readonly cases: CasesDeps;
  close(): Promise<void>;
}

export interface RegisterCommandDeps {
  /** Reads the configuration and connects; called once a command. */
  readonly open: () => Promise<OpenedCases>;
  readonly print?: (line: string) => void;
  /** Who acts where `--as` is not given. */
  readonly as?: string | undefined;
}

/** Exit code of a request that is refused; the sentence stands on stderr. */
const REFUSED = 2;

function refuse(sentence: string): void {
  process.exitCode = REFUSED;
  process.stderr.write(`${sentence}\n`);
}

async function using<T>({ open }: RegisterCommandDeps, work: (cases: CasesDeps) => Promise<T>): Promise<T> {
  const opened = await open();
  try {
    return await work(opened.cases);
  } finally {
    await opened.close();
  }
}

interface ImportOptions {
  readonly as?: string;
  readonly post?: string;
  readonly policy: ConflictPolicy;
  readonly confirm?: true;
  readonly json?: true;
}

interface ExportOptions {
  readonly sheet?: string;
}

export function registerCommand(deps: RegisterCommandDeps): Command {
  const print = deps.print ?? console.log;
  const register = new Command('register').description('名册:单位、岗位、人员、任职、主体、包保关系、承诺书');

  register
    .command('template')
    .description('写出空白导入模板(含填写说明)')
    .argument('<file>', '如 名册模板.xlsx')
    .action(async (file: string) => {
      await writeFile(file, await templateXlsx());
      print(`已写出 ${file}`);
    });

  register
    .command('import')
    .description('预览一个 xlsx 或 csv 文件;加 --confirm 时,没有问题的才逐表写入')
    .argument('<file>')
    .option('--as <person>', '由谁办理(人员编号)')
    .option('--post <post>', '以哪个岗位办理;只有一个岗位时可不写')
    .addOption(
      new Option('--policy <policy>', '与登记不一致时:keep 保留登记,overwrite 以表为准,refuse 整表拒绝')
        .choices(CONFLICT_POLICIES)
        .default('refuse'),
    )
    .option('--confirm', '预览没有问题时随即写入')
    .option('--json', '输出 JSON')
    .action((file: string, _options: ImportOptions, command: Command) => {
      const options: ImportOptions = {
        ...(deps.as === undefined ? {} : { as: deps.as }),
        ...command.optsWithGlobals(),
      };
      return using(deps, (cases) => importFile(cases, file, options, print));
    });

  register
    .command('export')
    .description('导出名册;文件名以 .csv 结尾时导出一个表,否则导出全部为 xlsx')
    .argument('<file>')
    .option('--sheet <name>', `只导出一个表:${SHEETS.map(({ name }) => name).join('、')}`)
    .action((file: string, options: ExportOptions) => using(deps, (cases) => exportFile(cases, file, options, print)));

  register
    .command('history')
    .description('一个主体、岗位、人员或单位的全部变更')
    .argument('<chain>', '如 subject/s00001、post/fso-1')
    .option('--json', '输出 JSON')
    .action((chain: string, _options: unknown, command: Command) =>
      using(deps, async ({ pool }) => {
        const { json } = command.optsWithGlobals<{ readonly json?: true }>();
        const lines = await registerHistory(pool, chain);
        if (lines.length === 0) refuse(`名册中没有 ${chain}`);
        else if (json === true) print(JSON.stringify(lines, null, 2));
        else historyLines(lines).forEach((line) => print(line));
      }),
    );

  return register;
}

async function importFile(
  cases: CasesDeps,
  file: string,
  options: ImportOptions,
  print: (line: string) => void,
): Promise<void> {
  const actor = await actingPerson(cases, options);
  if (actor === null) return;
  const bytes = await readFile(file);
  const key = randomUUID();
  const preview = await previewImport(cases, {
    fileName: path.basename(file),
    bytes,
    policy: options.policy,
    actor,
    key,
  });
  if (options.json === true) print(JSON.stringify(preview, null, 2));
  else previewLines(preview).forEach((line) => print(line));
  if (!preview.ok || preview.sheets.some(({ problemCount }) => problemCount > 0)) {
    process.exitCode = REFUSED;
    return;
  }
  if (options.confirm !== true) return;
  for (const { importId, sheet } of preview.sheets) {
    const answer = await confirmImport(cases, importId, { actor, key: `${key}/${sheet}` });
    print(options.json === true ? JSON.stringify(answer, null, 2) : confirmedLine(answer));
    if (answer.ok) continue;
    process.exitCode = REFUSED;
    return;
  }
}

async function actingPerson(cases: CasesDeps, { as, post }: Pick<ImportOptions, 'as' | 'post'>): Promise<Actor | null> {
  if (as === undefined || as === '') {
    refuse('请用 --as 人员编号指明由谁办理(acting-person-missing)');
    return null;
  }
  return inTransaction(cases.pool, async (client) => {
    const on = localDate(await readClock(cases, client));
    const acting = await actorOf(client, as, post, on);
    if ('actor' in acting) return acting.actor;
    const { problem } = acting;
    const posts =
      problem.code === 'post-ambiguous' ? `:${problem.posts.map((row) => `${row.post} ${row.title}`).join('、')}` : '';
    refuse(`不能以 ${as} 办理(${problem.code}${posts})`);
    return null;
  });
}

async function exportFile(
  { pool }: CasesDeps,
  file: string,
  { sheet }: ExportOptions,
  print: (line: string) => void,
): Promise<void> {
  const shape = SHEETS.find(({ id, name }) => sheet === id || sheet === name);
  if (sheet !== undefined && shape === undefined) {
    refuse(`没有“${sheet}”这个表`);
    return;
  }
  if (path.extname(file).toLowerCase() === '.csv') {
    if (shape === undefined) {
      refuse('导出 csv 须用 --sheet 指明一个表');
      return;
    }
    await writeFile(file, await exportCsv(pool, shape.id));
  } else {
    const only: readonly SheetId[] | undefined = shape === undefined ? undefined : [shape.id];
    await writeFile(file, await exportXlsx(pool, only));
  }
  print(`已写出 ${file}`);
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (!(scale >= 0.01 && scale <= 1)) throw new InvalidArgumentError('须在 0.01 到 1 之间');
  return scale;
}

interface LoadOptions {
  readonly scale: number;
  readonly seed: string;
  readonly once?: true;
  readonly json?: true;
}

export function sampleCommand(deps: RegisterCommandDeps): Command {
  const print = deps.print ?? console.log;
  const sample = new Command('sample').description('示例区:全部为生成的数据');
  sample
    .command('load')
    .description('把示例区装入空数据库;库中已有内容时拒绝')
    .option('--scale <n>', '规模,1 为 20000 个主体、2100 名包保干部', scaleOf, SAMPLE_SCALE)
    .option('--seed <seed>', '种子,同一种子得到同样的数据', SAMPLE_SEED)
    .option('--once', '库中已有内容时不作为错误')
    .option('--json', '输出 JSON')
    .action(({ scale, seed, once }: LoadOptions, command: Command) =>
      using(deps, async (cases) => {
        const { json } = command.optsWithGlobals<LoadOptions>();
        const loaded = await loadSample(cases, { scale, seed });
        if (!loaded.ok && once === true) {
          print('库中已有内容,没有再装入');
          return;
        }
        if (!loaded.ok) {
          refuse(refusalText(loaded.refusal));
          return;
        }
        if (json === true) {
          print(JSON.stringify(loaded, null, 2));
          return;
        }
        const { figures, flaws, opened } = loaded;
        print(
          `示例区已装入:单位 ${String(figures.units)}、岗位 ${String(figures.posts)}、人员 ${String(figures.persons)}、` +
            `包保干部岗位 ${String(figures.cadres)}、主体 ${String(figures.subjects)}`,
        );
        print(
          `有意留下:空缺岗位 ${flaws.vacantPost},请假 ${flaws.absentPerson},未包保主体 ${flaws.unboundSubjects.join('、')},`,
        );
        print(`未签承诺书岗位 ${flaws.unpledgedPosts.join('、')};为此开出职责 ${String(opened.length)} 项`);
      }),
    );
  return sample;
}
