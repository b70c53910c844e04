/** What the search box found, as rows of one list: which group, what it says, where it leads. */
import type { Schemas } from '../api/client.ts';
import { casePath, casesPath } from '../words/links.ts';

export interface Hit {
  readonly group: string;
  readonly key: string;
  readonly title: string;
  readonly note?: string;
  /** Null: looks further instead of leading somewhere. */
  readonly to: string | null;
}

const LEVELS: Readonly<Record<string, string>> = {
  city: '区外',
  district: '区',
  department: '部门',
  town: '镇街',
  community: '村社',
};

export function hitsOf({ cases, subjects, units, posts }: Schemas['Found']): Hit[] {
  return [
    ...cases.map(({ caseId, kindTitle, stageTitle, subject }) => ({
      group: '案件',
      key: `case-${caseId}`,
      title: `${kindTitle} ${subject ?? caseId.slice(caseId.indexOf('/') + 1)}`,
      note: `${stageTitle} · ${caseId}`,
      to: casePath(caseId),
    })),
    ...subjects.map(({ id, name, class: level, unit }) => ({
      group: '主体',
      key: `subject-${id}`,
      title: name,
      note: `${level} 级${unit === null ? '' : ` · ${unit}`}`,
      to: casesPath({ subject: id, closed: 'any' }),
    })),
    ...units.map(({ id, name, kind }) => ({
      group: '单位',
      key: `unit-${id}`,
      title: name,
      note: LEVELS[kind] ?? '',
      to: casesPath({ unit: id }),
    })),
    ...posts.map(({ id, title, person }) => ({
      group: '岗位',
      key: `post-${id}`,
      title,
      note: person ?? '空缺',
      to: casesPath({ holder: id }),
    })),
  ];
}

export const textHits = (texts: readonly Schemas['FoundText'][]): Hit[] =>
  texts.map(({ caseId, kindTitle, subject, excerpt }, nth) => ({
    group: '文字',
    key: `text-${String(nth)}`,
    title: `…${excerpt}…`,
    note: `${kindTitle}${subject === null ? '' : ` · ${subject}`}`,
    to: casePath(caseId),
  }));
