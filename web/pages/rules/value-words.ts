/** A policy's value in words: a limit with its unit, a list by its titles, a group by its parts. */
const UNITS: Readonly<Record<string, string>> = { h: '小时', WD: '个工作日', CD: '日', month: '个月', year: '年' };

export const unitWords = (unit: string): string => UNITS[unit] ?? unit;

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
  if (typeof value['amount'] === 'number' && typeof value['unit'] === 'string') {
    return `${String(value['amount'])} ${unitWords(value['unit'])}`;
  }
  return Object.entries(value)
    .map(([name, inner]) => `${name}：${valueWords(inner)}`)
    .join('；');
}

/** Before and after, told apart: by their words when these differ, else by the whole of both. */
export function changeWords(before: unknown, after: unknown): string {
  const [was, is] = [valueWords(before), valueWords(after)];
  return was === is ? `${JSON.stringify(before)} → ${JSON.stringify(after)}` : `${was} → ${is}`;
}
