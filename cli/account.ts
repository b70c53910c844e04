/** `zhaodan account …`: an operator at the server makes the first administrator, and helps where no administrator can. */
import { Command } from 'commander';
import { listAccounts, type ListedAccount } from '../sign-on/account-list.ts';
import {
  createAccount,
  resetPassword,
  setDisabled,
  takeSecondFactor,
  unlock,
  type By,
} from '../sign-on/account-office.ts';
import { action, type Call, type Context } from './context.ts';
import { wholeNumber } from './input.ts';
import { table } from './table.ts';

/** Whoever has the server acts as nobody of the register; the security log says so. */
const OPERATOR: By = { by: { person: 'operator', post: null } };

export function accountCommand(context: Context): Command {
  const account = new Command('account').description('账号;在服务器上由运维办理,逐项记入登录记录');
  account
    .command('list')
    .description('列出账号')
    .option('--text <text>', '账号名或姓名的一部分')
    .option('--limit <n>', '至多几个', wholeNumber(1, 10_000), 200)
    .action(action(context, list));
  account
    .command('add')
    .description('为一名人员建立账号,显示一次性密码')
    .argument('<person>', '人员编号')
    .requiredOption('--name <name>', '账号名')
    .action(action(context, add));
  account
    .command('reset-password')
    .description('重设密码,显示一次性密码;其会话随即结束')
    .argument('<person>', '人员编号')
    .option('--second-factor', '同时取消第二步验证')
    .action(action(context, reset));
  account
    .command('unlock')
    .description('解除连续失败后的暂停')
    .argument('<person>', '人员编号')
    .action(
      action(context, async (call, person: string) => {
        await unlock(call.cases, person, OPERATOR);
        call.answer({ person, unlocked: true }, () => `${person} 的账号已解除暂停`);
      }),
    );
  account
    .command('disable')
    .description('停用账号;其会话随即结束')
    .argument('<person>', '人员编号')
    .option('--undo', '恢复已停用的账号')
    .action(action(context, disable));
  return account;
}

async function list(call: Call, { text, limit }: { readonly text?: string; readonly limit: number }): Promise<void> {
  const rows = await listAccounts(call.cases, { ...(text === undefined ? {} : { text }), limit });
  call.answer(rows, () =>
    rows.length === 0
      ? '没有账号'
      : table(
          ['账号', '人员', '姓名', '岗位', '第二步', '状况'],
          rows.map((row) => [
            row.name,
            row.person,
            row.personName ?? '—',
            row.posts.join('、') || '—',
            row.secondFactor ? '已启用' : '—',
            stateOf(row),
          ]),
        ),
  );
}

const stateOf = ({ disabled, lockedUntil, sample, mustChange }: ListedAccount): string =>
  [
    disabled ? '已停用' : null,
    lockedUntil === null ? null : '暂停登录',
    sample ? '示例密码' : null,
    mustChange ? '须改密码' : null,
  ]
    .filter((one) => one !== null)
    .join('、') || '正常';

async function add(call: Call, person: string, { name }: { readonly name: string }): Promise<void> {
  const { password } = await createAccount(call.cases, { person, name }, OPERATOR);
  call.answer({ person, name, password }, () => handOver(`${person} 的账号 ${name} 已建立`, password));
}

async function reset(call: Call, person: string, { secondFactor }: { readonly secondFactor?: boolean }): Promise<void> {
  if (secondFactor === true) await takeSecondFactor(call.cases, person, OPERATOR);
  const { password } = await resetPassword(call.cases, person, OPERATOR);
  call.answer({ person, password }, () => handOver(`${person} 的密码已重设`, password));
}

async function disable(call: Call, person: string, { undo }: { readonly undo?: boolean }): Promise<void> {
  const disabled = undo !== true;
  await setDisabled(call.cases, person, disabled, OPERATOR);
  call.answer({ person, disabled }, () => `${person} 的账号已${disabled ? '停用' : '恢复'}`);
}

const handOver = (done: string, password: string): string =>
  `${done}。一次性密码(只显示这一次,首次登录须修改):${password}`;
