/** `zhaodan notices …`: the ledger of who was told what, on the command line. Knows no mail server; what is retried is sent by the worker. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { NoticesDeps } from '../cases/notices/deps.ts';
import {
  listNotices,
  markRead,
  NOTICE_STATES,
  retryNotice,
  showNotice,
  type NoticeState,
} from '../cases/notices/ledger.ts';
import { inTransaction } from '../cases/transaction.ts';
import { noticeLine, noticeText } from './notices-text.ts';

/** Opened for one command, closed after it. */
export interface OpenedNotices {
  readonly notices: NoticesDeps;
  close(): Promise<void>;
}

interface ListOptions {
  readonly state?: NoticeState;
  readonly stuck?: true;
  readonly case?: string;
  readonly post?: string;
  readonly person?: string;
  readonly before?: string;
  readonly limit: number;
  readonly json?: true;
}

/** Exit code of a request the ledger refuses; the sentence stands on stderr. */
const REFUSED = 2;

const REFUSALS: Readonly<Record<string, string>> = {
  'unknown-notice': '没有这条通知',
  'not-sent-yet': '通知尚未发出,不能标为已读',
  'not-addressee': '此人不是收件人,也不是该岗位现在的收件人',
  'nothing-to-retry': '这条通知不需要重发:已送达、已读、已失效,或仍在排队',
};

/** The sub-command. `open` reads the configuration and connects; it is called once a command, and closed after it. */
export function noticesCommand(
  open: () => Promise<OpenedNotices>,
  print: (line: string) => void = console.log,
): Command {
  const notices = new Command('notices').description('通知台账:谁在何时被告知了什么,送达没有');

  async function ask<T>(work: (deps: NoticesDeps) => Promise<T>): Promise<T> {
    const opened = await open();
    try {
      return await work(opened.notices);
    } finally {
      await opened.close();
    }
  }

  const refuse = (code: string): void => {
    process.exitCode = REFUSED;
    process.stderr.write(`${REFUSALS[code] ?? code}(${code})\n`);
  };

  notices
    .command('list')
    .description('列出通知,新的在前')
    .addOption(new Option('--state <state>', '只列某一状态').choices(NOTICE_STATES))
    .option('--stuck', '只列滞留的:到时未发,或已成文而未送达')
    .option('--case <id>', '只列某一案件')
    .option('--post <id>', '只列某一岗位')
    .option('--person <id>', '只列发给某人的')
    .option('--before <id>', '从某条之前列起(翻页)')
    .option('--limit <n>', '条数,1 到 500', wholeNumber, 50)
    .option('--json', '输出 JSON')
    .action(async ({ json: _own, case: caseId, ...rest }: ListOptions, command: Command) => {
      const { json } = command.optsWithGlobals<ListOptions>();
      const filter = { ...rest, ...(caseId === undefined ? {} : { caseId }) };
      const rows = await ask((deps) => inTransaction(deps.pool, (client) => listNotices(client, deps, filter)));
      if (json === true) print(JSON.stringify(rows, null, 2));
      else rows.forEach((row) => print(noticeLine(row)));
      if (json !== true) print(`共 ${rows.length} 条`);
    });

  notices
    .command('show')
    .description('一条通知与它的原文')
    .argument('<id>', '通知编号')
    .option('--json', '输出 JSON')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<{ readonly json?: true }>();
      const found = await ask((deps) => showNotice(deps.pool, id));
      if (found === null) refuse('unknown-notice');
      else print(json === true ? JSON.stringify(found, null, 2) : noticeText(found));
    });

  notices
    .command('read')
    .description('标为已读')
    .argument('<id>', '通知编号')
    .requiredOption('--person <id>', '阅读的人')
    .action(async (id: string, { person }: { readonly person: string }) => {
      const marked = await ask((deps) => markRead(deps, id, person));
      if (marked.ok) print(`通知 ${id} 已读`);
      else refuse(marked.code);
    });

  notices
    .command('retry')
    .description('重发:被拒收或无人可收的重新排队,未送达的立即再试')
    .argument('<id>', '通知编号')
    .action(async (id: string) => {
      const retried = await ask((deps) => retryNotice(deps, id));
      if (!retried.ok) refuse(retried.code);
      else print(retried.as === 'queued-again' ? `通知 ${id} 已重新排队` : `通知 ${id} 将立即再试`);
    });

  return notices;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1 || number > 500)
    throw new InvalidArgumentError('应为 1 到 500 的整数');
  return number;
}
