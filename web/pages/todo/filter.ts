/** What the to-do list is narrowed to, as its address says it; the names of its groups. */
import type { Schemas } from '../../api/client.ts';
import { dayWords } from '../../words/dates.ts';

export type Todo = Schemas['Todo'];
export type Row = Schemas['TodoRow'];
export type GroupName = 'overdue' | 'today' | 'soon' | 'later' | 'stopped';

/** Groups in the order of urgency, each with its rung's colour. */
export const GROUPS: readonly (readonly [name: GroupName, title: string, tone: string])[] = [
  ['overdue', '已超期', 'red'],
  ['today', '今日 24:00 到期', 'yellow'],
  ['soon', '3 个工作日内', 'blue'],
  ['later', '更晚', ''],
  ['stopped', '停表或没有期限', ''],
];

export interface TodoFilter {
  readonly group: GroupName | null;
  readonly day: string | null;
  readonly kind: string | null;
}

/** `?only=overdue`, `?only=2026-11-25`, `?kind=correction`. */
export function filterOf(params: URLSearchParams): TodoFilter {
  const only = params.get('only') ?? '';
  return {
    group: GROUPS.find(([name]) => name === only)?.[0] ?? null,
    day: /^\d{4}-\d{2}-\d{2}$/.test(only) ? only : null,
    kind: params.get('kind'),
  };
}

export const filterWords = ({ group, day, kind }: TodoFilter, kinds: Todo['kinds']): string =>
  [
    kinds.find((one) => one.kind === kind)?.title ?? '全部流程',
    day !== null ? `${dayWords(day)} 到期` : (GROUPS.find(([name]) => name === group)?.[1] ?? '全部待办'),
  ].join('，');

export const matterOf = ({ case: line }: Row): string => line.subject?.name ?? line.unit?.name ?? line.key;
