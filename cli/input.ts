/** What people type, read strictly: numbers, days, instants, JSON. Every refusal is a Chinese sentence. */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { endOfDay, isCivilDate } from '../domain/kernel/civil-day.ts';
import { CliProblem } from './problem.ts';

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < min || number > max)
      throw new InvalidArgumentError(`应为 ${String(min)} 到 ${String(max)} 的整数`);
    return number;
  };

export function civilDay(text: string): string {
  if (!isCivilDate(text)) throw new InvalidArgumentError('应为 YYYY-MM-DD,且确有其日');
  return text;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Epoch ms of an ISO instant; local time in Shanghai without an offset; a day alone is its last millisecond. */
export function instant(text: string): number {
  const [, day = '', hour, minute, second = '00', offset] = INSTANT.exec(text) ?? [];
  const wrong = new InvalidArgumentError('应为日期或时刻,如 2026-11-24、2026-11-24T10:05 或 2026-11-24T02:05:00Z');
  if (!isCivilDate(day)) throw wrong;
  if (hour === undefined || minute === undefined) return endOfDay(day) - 1;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}${offset ?? '+08:00'}`);
  if (Number.isNaN(at)) throw wrong;
  return at;
}

/** JSON from the option itself, or from a file named after `@`. */
export function jsonBody(text: string): unknown {
  const source = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text;
  try {
    return JSON.parse(source) as unknown;
  } catch {
    throw new CliProblem('malformed-json', `不是正确的 JSON${text.startsWith('@') ? `:${text.slice(1)}` : ''}`);
  }
}

/** `cycle/2026-Q4` of `2026-Q4`, and the like. */
export const caseIdOf = (kind: string, text: string): string =>
  text.startsWith(`${kind}/`) ? text : `${kind}/${text}`;
