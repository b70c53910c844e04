/** The list's filter: the address's query, what the API is asked, and how a filter reads. */
import type { paths } from '../../api/schema.d.ts';

type Query = NonNullable<paths['/api/cases']['get']['parameters']['query']>;

/** Filters that stand in the address under the API's own names. */
const NAMES = [
  'kind',
  'stage',
  'holder',
  'unit',
  'unitAlone',
  'subject',
  'cycle',
  'dueFrom',
  'dueBefore',
  'rung',
  'q',
] as const;

export type ListQuery = Omit<Query, 'limit' | 'cursor'>;

/** Open cases unless the address says otherwise: `closed=true`, or `closed=any`. */
export function queryOf(search: URLSearchParams): ListQuery {
  const query: Record<string, string> = {};
  for (const name of NAMES) {
    const value = search.get(name);
    if (value !== null && value !== '') query[name] = value;
  }
  const closed = search.get('closed') ?? 'false';
  if (closed === 'true' || closed === 'false') query['closed'] = closed;
  if (search.get('breached') === 'true') query['breached'] = 'true';
  if (search.get('order') === 'opened') query['order'] = 'opened';
  return query;
}

/** The address with one filter changed; null removes it. */
export function withFilter(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const after = new URLSearchParams(search);
  if (value === null || value === '') after.delete(name);
  else after.set(name, value);
  return after;
}

export const RUNG_WORDS = { red: '已超期', yellow: '今日到期', blue: '三个工作日内' } as const;
export type Rung = keyof typeof RUNG_WORDS;

const LABELS: Readonly<Record<string, string>> = {
  stage: '阶段',
  holder: '岗位',
  unit: '单位',
  unitAlone: '单位本身',
  subject: '主体',
  cycle: '周期',
  dueFrom: '期限不早于',
  dueBefore: '期限不晚于',
  q: '含',
  breached: '曾超期',
};

export interface Chip {
  readonly name: string;
  readonly words: string;
}

/** Filters that have no control of their own in sight, as words; `nameOf` finds a name for an id. */
export function chipsOf(search: URLSearchParams, nameOf: (filter: string, id: string) => string): readonly Chip[] {
  return Object.entries(LABELS).flatMap(([name, label]) => {
    const value = search.get(name);
    if (value === null || value === '' || name === 'q') return [];
    return [{ name, words: name === 'breached' ? label : `${label} ${nameOf(name, value)}` }];
  });
}

/** The whole filter in words, for print and the live region. */
export function filterWords(search: URLSearchParams, nameOf: (filter: string, id: string) => string): string {
  const state = { true: '已了结', any: '全部', false: '未了结' }[search.get('closed') ?? 'false'] ?? '未了结';
  const rung = search.get('rung');
  const kind = search.get('kind');
  const q = search.get('q');
  return [
    state,
    ...(kind === null ? [] : [nameOf('kind', kind)]),
    ...(rung !== null && rung in RUNG_WORDS ? [RUNG_WORDS[rung as Rung]] : []),
    ...(q === null ? [] : [`含「${q}」`]),
    ...chipsOf(search, nameOf).map(({ words }) => words),
  ].join('，');
}
