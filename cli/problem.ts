/** Why a command did not do what was asked: a stable code, a Chinese sentence, an exit code. Knows no command. */
import { CommanderError } from 'commander';
import { refusalText } from '../cases/refusal-texts.ts';
import type { Refusal } from '../domain/kernel/process.ts';

/** Refused, or asked wrongly. */
export const REFUSED = 2;
/** A difference was found, or something is broken. */
export const FAULTY = 1;

export class CliProblem extends Error {
  readonly code: string;
  readonly exit: number;
  constructor(code: string, message: string, exit: number = REFUSED) {
    super(message);
    this.name = 'CliProblem';
    this.code = code;
    this.exit = exit;
  }
}

/** What a process or the register refused, with the article where law is the reason. */
export function refusedProblem(refusal: Refusal): CliProblem {
  const { code, article } = refusal;
  return new CliProblem(
    code,
    `${refusalText(refusal).replace(/。$/, '')}${article === undefined ? '' : `(${article})`}`,
  );
}

/** Faults of the layers below, by their names: they are loaded only with the command that can meet them. */
const FAULTS: Readonly<Record<string, readonly [code: string, message: string, exit: number]>> = {
  UnknownCase: ['case-not-found', '没有这个案件', REFUSED],
  UnknownKind: ['unknown-kind', '本版本不认识这类案件', REFUSED],
  UnknownContent: ['content-not-found', '没有这个版本的内容,或尚未公布', FAULTY],
  KeyReused: ['key-reused', '这个 --key 已用于另一次不同的办理,请换一个', REFUSED],
  NewerState: ['newer-state', '案件已由较新的版本处理过,请用较新的版本', FAULTY],
  Busy: ['busy', '数据库繁忙,没有办理,请稍后再试', FAULTY],
};

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', '57P01', '57P03', '53300']);

/** What signing on refuses an operator at the server. */
const SIGN_ON: Readonly<Record<string, string>> = {
  'account-not-found': '此人没有账号',
  'account-exists': '此人已经有账号',
  'account-name-taken': '这个账号名已有人使用',
  'account-name-malformed': '账号名须为 2 至 40 个小写字母、数字、汉字、点、下划线或连字符,不以符号开头',
  'account-person-unknown': '名册中没有这个人',
  'not-a-sample': '名册中有真实人员,不能建立示例账号',
};

export function problemOf(error: unknown): CliProblem {
  if (error instanceof CliProblem) return error;
  if (error instanceof CommanderError) return usageProblem(error);
  if (!(error instanceof Error)) return new CliProblem('internal', `系统故障:${String(error)}`, FAULTY);
  if (error.name === 'SignOnRefused') return new CliProblem(error.message, SIGN_ON[error.message] ?? '没有办理');
  const fault = FAULTS[error.name];
  if (fault !== undefined) {
    const about = 'caseId' in error && typeof error.caseId === 'string' ? `:${error.caseId}` : '';
    return new CliProblem(fault[0], `${fault[1]}${about}`, fault[2]);
  }
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && UNREACHABLE.has(code))
    return new CliProblem('database-unavailable', `数据库连不上(${code}),没有办理`, FAULTY);
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new CliProblem('file-unreadable', `文件读写不了:${error.message}`);
  return new CliProblem('internal', `系统故障:${error.stack ?? error.message}`, FAULTY);
}

/** Commander's own complaints, in Chinese. */
const USAGE: Readonly<Record<string, readonly [code: string, sentence: (about: string) => string]>> = {
  'commander.unknownOption': ['unknown-option', (about) => `没有选项 ${about}`],
  'commander.unknownCommand': ['unknown-command', (about) => `没有命令 ${about}`],
  'commander.missingArgument': ['argument-missing', (about) => `缺少参数 ${about}`],
  'commander.missingMandatoryOptionValue': ['option-missing', (about) => `缺少选项 ${about}`],
  'commander.optionMissingArgument': ['option-value-missing', (about) => `选项 ${about} 缺少值`],
  'commander.excessArguments': ['too-many-arguments', () => '参数过多'],
  'commander.conflictingOption': ['options-conflict', (about) => `选项 ${about} 与另一选项冲突`],
};

function usageProblem({ code, message }: CommanderError): CliProblem {
  const about = /'([^']+)'/.exec(message)?.[1] ?? '';
  const known = USAGE[code];
  if (known !== undefined) return new CliProblem(known[0], known[1](about));
  if (code === 'commander.help') return new CliProblem('command-missing', '请指明命令,见 --help');
  if (code === 'commander.invalidArgument') return new CliProblem('invalid-value', invalidValue(message));
  return new CliProblem('usage', message.replace(/^error: /, ''));
}

/** `error: option '--limit <n>' argument 'x' is invalid. 应为…` and the like. */
function invalidValue(message: string): string {
  const [, what = '', value = '', why = ''] =
    /'([^']+)'(?:.*?'([^']*)')? is invalid(?: for argument '[^']+')?\. ?(.*)$/s.exec(message) ?? [];
  const choices = /Allowed choices are (.+?)\.?$/s.exec(why)?.[1];
  return `${what} 的值${value === '' ? '' : `“${value}”`}不对${why === '' ? '' : `:${choices === undefined ? why : `可用 ${choices}`}`}`;
}
