/** A policy's value in words: a limit with its unit, a list by its titles, a group by its parts. */
import { limitWords } from '../../words/limits.ts';

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '未设定';
  if (Array.isArray(value)) {
    return value
      .map((item) => (isGroup(item) && 'title' in item ? String(item['title']) : valueWords(item)))
      .join('、');
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (!isGroup(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const { amount, unit } = value;
  if (typeof amount === 'number' && typeof unit === 'string') return limitWords({ amount, unit });
  return Object.entries(value)
    .map(([name, inner]) => `${name}：${valueWords(inner)}`)
    .join('；');
}

/** Before and after, told apart: by their words when these differ, else by the whole of both. */
export function changeWords(before: unknown, after: unknown): string {
  const [was, is] = [valueWords(before), valueWords(after)];
  return was === is ? `${JSON.stringify(before)} → ${JSON.stringify(after)}` : `${was} → ${is}`;
}
