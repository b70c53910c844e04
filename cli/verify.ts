/** `zhaodan verify`: is the journal intact, does it fold, is it decided again the same way; the three apart. */
import { Command } from 'commander';
import { holds, verify, type Difference, type Verified } from '../cases/verify.ts';
import { UnknownCase } from '../cases/deps.ts';
import { action, type Context } from './context.ts';
import { FAULTY } from './problem.ts';

export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description('核对流水:完整、可折叠、可重新裁定三项分列;有任何不符退出码为 1')
    .option('--case <chain>', '只核对一个案件(或名册的一条,如 subject/s00001)')
    .action(
      action(context, async (call, { case: chain }: { readonly case?: string }) => {
        const verified = await verify(call.cases, {
          ...(chain === undefined ? {} : { chain }),
          onChain: (done) => {
            if (done % 1_000 === 0) call.terminal.err(`已核对 ${String(done)} 条链`);
          },
        });
        if (chain !== undefined && verified.entries === 0 && isUnknown(verified)) throw new UnknownCase(chain);
        if (!holds(verified)) process.exitCode = FAULTY;
        call.answer({ holds: holds(verified), ...verified }, () => verifiedText(verified));
      }),
    );
}

/** Nothing in the journal and no row either. */
const isUnknown = ({ differences }: Verified): boolean => differences.every(({ code }) => code === 'no-row');

const CODES: Readonly<Record<string, string>> = {
  gap: '序号不连续',
  previous: '与上一条的哈希不衔接',
  hash: '内容与哈希不符',
  'no-row': '流水有而案件行没有',
  head: '案件行与流水末条不符',
  'state-hash': '折叠后的状态与当时记下的不符',
  'row-differs': '案件行与流水折叠的结果不符(可用 zhaodan rebuild 重建)',
  'text-changed': '所引文字与当时的摘要不符',
  'text-missing': '所引文字的记录不在库中(清除只清正文,不删记录)',
  'content-hash': '规则、日历、阶梯或政策的内容与其哈希不符',
  'content-missing': '当时所依的规则、日历、阶梯或政策已不在库中',
  'other-decision': '同一版本重新裁定的结果不同',
};

const line = ({ chain, seq, code }: Difference): string =>
  `  ✗ ${chain}${seq === 0 ? '' : ` 第 ${String(seq)} 条`}:${CODES[code] ?? code}(${code})`;

function verifiedText(verified: Verified): string {
  const { chains, entries, redecided, notRedecidable, differences, checkpoints, register } = verified;
  const section = (title: string, about: Difference['about'], good: string): string[] => {
    const found = differences.filter((difference) => difference.about === about);
    return found.length === 0 ? [`${title}:${good}`] : [`${title}:不符 ${String(found.length)} 处`, ...found.map(line)];
  };
  return [
    `核对 ${String(chains)} 条链、${String(entries)} 条流水`,
    ...section('完整(序号、哈希、链首尾)', 'intact', '无误'),
    ...section('可折叠(每条之后的状态)', 'folds', '无误'),
    ...section('可重新裁定(同一过程版本)', 're-decided', `${String(redecided)} 条结果相同`),
    `不能在此重新裁定:${String(notRedecidable)} 条(由其他版本裁定,未作判断)`,
    `核对点:${String(checkpoints.count)} 个${checkpoints.wrong.length === 0 ? '' : `,不符 ${String(checkpoints.wrong.length)} 个`}`,
    ...checkpoints.wrong.map(({ id, code }) => `  ✗ 核对点 ${String(id)}(${code})`),
    ...(register.length === 0 ? [] : [`名册的表与其流水不符 ${String(register.length)} 处`]),
    ...register.map((difference) => `  ✗ ${JSON.stringify(difference)}`),
    holds(verified) ? '结论:没有发现不符' : '结论:有不符,见上',
  ].join('\n');
}
