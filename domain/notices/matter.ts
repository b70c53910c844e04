/** What a case is called in a notice: its kind, its subject and how far it is. Names come in; ids never go out alone. */
import { singleLine } from './single-line.ts';

const KIND_TITLES: Readonly<Record<string, string>> = {
  cycle: '督导周期',
  round: '督导',
  correction: '问题整改',
  'binding-duty': '包保关系',
  'pledge-duty': '承诺书',
  subject: '主体名册',
  post: '岗位名册',
  person: '人员名册',
  unit: '单位名册',
};

export interface MatterFacts {
  readonly kind: string;
  readonly key: string;
  /** Name of the business; never of a person who reports or complains. */
  readonly subject: string | null;
  /** Title and unit of the post that holds the case, or that the case is about. */
  readonly post: string | null;
  readonly unit: string | null;
  readonly cycle: string | null;
  readonly figures: Readonly<Record<string, number>>;
}

/** 中文 of a case or register chain: `督导 2026-Q4 · 翠苑街道 社区包保干部`. */
export function matterOf({ kind, key, subject, post, unit, cycle }: MatterFacts): string {
  const period = kind === 'cycle' ? key : (cycle ?? '').replace(/^cycle\//, '');
  const place = kind === 'cycle' ? [unit] : [subject, unit, post];
  const about = [...new Set(place)].filter((name) => name !== null).map((name) => singleLine(name, 40));
  const head = [KIND_TITLES[kind] ?? kind, period].filter((part) => part !== '').join(' ');
  return about.length === 0 ? head : `${head} · ${about.join(' ')}`;
}

/** `应督导 10 家,已完成 6 家`; `null` where the case counts nothing. */
export function progressOf({ kind, figures }: Pick<MatterFacts, 'kind' | 'figures'>): string | null {
  const visits = figures['visits'];
  if (kind !== 'round' || visits === undefined) return null;
  return `应督导 ${visits} 家,已完成 ${figures['done'] ?? 0} 家`;
}
