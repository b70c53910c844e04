/** Does a command have the form its kind asks for? The same forms the API checks. Decides nothing. */
import { z } from 'zod';
import { zhCN } from 'zod/locales';
import { KINDS, kindOf } from '../cases/kinds/index.ts';
import type { Typed } from '../domain/kernel/process.ts';
import { CliProblem } from './problem.ts';

z.config(zhCN());

/** Throws `unknown-kind`, `unknown-command` or `invalid-request`, the last with every place at fault. */
export function checkedCommand(caseId: string, said: Typed): Typed {
  const schema = formOf(caseId, said.type);
  const parsed = schema.safeParse(said);
  if (parsed.success) return parsed.data as unknown as Typed;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || said.type}:${message}`);
  throw new CliProblem('invalid-request', `内容不合要求\n  ${faults.join('\n  ')}\n`);
}

function formOf(caseId: string, type: string): z.ZodObject {
  const kind = kindOf(caseId);
  if (kind === undefined)
    throw new CliProblem('unknown-kind', `不认识的案件种类:${caseId};现有 ${KINDS.map((one) => one.kind).join('、')}`);
  const verb = kind.verbs[type];
  if (verb !== undefined) return verb.schema;
  const verbs = Object.entries(kind.verbs).map(([name, { label }]) => `${name}(${label})`);
  throw new CliProblem(
    'unknown-command',
    verbs.length === 0 ? `${kind.title}不由人直接办理` : `${kind.title}没有 ${type} 这一步;可办 ${verbs.join('、')}`,
  );
}

/** A field given as a word on the command line, as the form wants it: text, or the number, boolean or list written. */
export function fieldValue(caseId: string, type: string, field: string, text: string): unknown {
  const shape = formOf(caseId, type).shape as Readonly<Record<string, z.ZodType | undefined>>;
  if (shape[field]?.safeParse(text).success === true) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
