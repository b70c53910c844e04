/** The command line as a whole: which commands there are, and which of their modules this call needs. */
import { Command } from 'commander';
import type { Context } from './context.ts';

interface Listed {
  readonly name: string;
  readonly says: string;
  readonly load: (context: Context) => Promise<Command>;
}

const COMMANDS: readonly Listed[] = [
  {
    name: 'deadline',
    says: '计算一项规则的到期日并说明理由',
    load: async () => (await import('./deadline.ts')).deadlineCommand(),
  },
  { name: 'rules', says: '规则库', load: async (context) => (await import('./rules.ts')).rulesCommand(context) },
  {
    name: 'cycle',
    says: '督导周期:预览、启动、进度、三率、报告',
    load: async (context) => (await import('./cycle.ts')).cycleCommand(context),
  },
  {
    name: 'case',
    says: '案件:列出、查看、办理',
    load: async (context) => (await import('./case.ts')).caseCommand(context),
  },
  { name: 'visit', says: '记录一次走访', load: async (context) => (await import('./visit.ts')).visitCommand(context) },
  ...(['urge', 'watch', 'unwatch', 'excuse', 'hand-over'] as const).map((name): Listed => ({
    name,
    says: { urge: '催办', watch: '列入督办', unwatch: '解除督办', excuse: '免除一户', 'hand-over': '移交未走访的户' }[
      name
    ],
    load: async (context) => (await import('./round.ts')).roundCommand(context, name),
  })),
  {
    name: 'correction',
    says: '问题整改:认领、责令、报告、复查',
    load: async (context) => (await import('./correction.ts')).correctionCommand(context),
  },
  {
    name: 'account',
    says: '账号:列出、建立、重设密码、解锁、停用',
    load: async (context) => (await import('./account.ts')).accountCommand(context),
  },
  {
    name: 'replay',
    says: '用中文重放一个案件',
    load: async (context) => (await import('./replay.ts')).replayCommand(context),
  },
  { name: 'verify', says: '核对流水', load: async (context) => (await import('./verify.ts')).verifyCommand(context) },
  { name: 'rates', says: '此刻的三率', load: async (context) => (await import('./rates.ts')).ratesCommand(context) },
  {
    name: 'notices',
    says: '通知台账',
    load: async ({ open, terminal }) =>
      (await import('./notices.ts')).noticesCommand(open, (line) => {
        terminal.out(line);
      }),
  },
  {
    name: 'register',
    says: '名册:导入、导出、变更历史',
    load: async ({ open, terminal, env }) =>
      (await import('./register.ts')).registerCommand({
        open,
        as: env['ZHAODAN_AS'],
        print: (line) => {
          terminal.out(line);
        },
      }),
  },
  { name: 'sample', says: '示例辖区', load: async (context) => (await import('./sample.ts')).sampleCommands(context) },
  ...(['calendar', 'ladder', 'policy'] as const).map((name): Listed => ({
    name,
    says: { calendar: '放假安排', ladder: '提醒与升级阶梯', policy: '区政策值' }[name],
    load: async (context) => (await import('./publish.ts')).publishCommand(context, name),
  })),
  ...(['rearm', 'sweep', 'rebuild'] as const).map((name): Listed => ({
    name,
    says: {
      rearm: '为每个未了结案件重建驱动(Temporal 丢失数据后)',
      sweep: '唤醒睡过头的案件',
      rebuild: '由流水重建案件行',
    }[name],
    load: async (context) => (await import('./upkeep.ts')).upkeepCommand(context, name),
  })),
];

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '用法:',
  'Arguments:': '参数:',
  'Options:': '选项:',
  'Global Options:': '通用选项:',
  'Commands:': '命令:',
};

/** The program with the modules that `argv` asks for; the other commands stand in the help only. */
export async function createProgram(context: Context, argv: readonly string[]): Promise<Command> {
  const program = new Command('zhaodan')
    .description('照单:区食药安办的督导与办件,命令行')
    .option('--json', '输出 JSON')
    .option('--as <person>', '由谁办理(人员编号);或用环境变量 ZHAODAN_AS')
    .option('--post <post>', '以哪个岗位办理;只有一个岗位时可不写')
    .option('--key <key>', '办理编号:同一编号重复办理只算一次')
    .helpCommand('help [command]', '显示某个命令的帮助');
  for (const { name, says, load } of COMMANDS) {
    if (argv.includes(name)) program.addCommand(await load(context));
    else program.command(name).description(says);
  }
  quieten(program, context);
  return program;
}

/** Commander neither ends the process nor writes by itself: `run` does both. */
function quieten(command: Command, context: Context): void {
  command
    .exitOverride()
    .helpOption('-h, --help', '显示帮助')
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title, showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => {
        context.terminal.out(text.trimEnd());
      },
      writeErr: (text) => {
        context.terminal.err(text.trimEnd());
      },
      outputError: () => undefined,
    });
  command.hook('preSubcommand', (_parent, asked) => {
    inherit(asked);
  });
  for (const sub of command.commands) quieten(sub, context);
}

/** The program takes `--json`, `--as`, `--post` wherever they stand; a command that declares one itself gets it from there. */
function inherit(command: Command): void {
  const given = command.parent?.optsWithGlobals() ?? {};
  for (const option of command.options) {
    const name = option.attributeName();
    if (given[name] !== undefined) command.setOptionValueWithSource(name, given[name], 'cli');
  }
}
