/** What can be done with a visit that the office did not take, by why it did not; each choice says what it does. */
import type { Parcel } from '../../offline/delivery.ts';
import { fullWidth } from '../../words/punctuation.ts';
import type { SheetSubject } from './use-round.ts';

export type Choice = 'amend' | 'edit' | 'again' | 'shelve';

export interface Option {
  readonly choice: Choice;
  readonly title: string;
  readonly effect: string;
}

const TITLES: Readonly<Record<string, string>> = {
  'visit-handed-over': '这户在您走访后、送出前已移交',
  'subject-not-in-round': '这户已不在本轮',
  'subject-already-visited': '这户已有人登记走访',
  'visit-already-recorded': '这份走访已经登记过',
  'round-closed': '这一轮在送出前已了结',
  'visit-excused': '这户本期已免除走访',
  'subject-closed': '这户已注销',
  'not-holder': '这一轮已不由您的岗位办理',
  'case-not-found': '这一轮已不由您的岗位办理',
  'post-changed': '您现在以另一个岗位登录',
  'photo-lost': '有一张照片的文件找不到了',
};

export const titleOf = ({ trouble }: Parcel): string =>
  TITLES[trouble?.code ?? ''] ?? fullWidth(trouble?.detail ?? '没有收下');

/** Refusals that no change of the record mends. */
const SETTLED = new Set([
  'visit-handed-over',
  'subject-not-in-round',
  'visit-already-recorded',
  'round-closed',
  'visit-excused',
  'subject-closed',
  'not-holder',
  'case-not-found',
]);

const AGAIN: Option = {
  choice: 'again',
  title: '再送一次',
  effect: '情况已变（如已移交回来、已换回原岗位）时用；走访日期不变',
};
const EDIT: Option = { choice: 'edit', title: '改了再送', effect: '回到记录，内容和照片都在；改好后另编号送出' };
const SHELVE: Option = {
  choice: 'shelve',
  title: '不送出，留在本机',
  effect: '内容和照片都在，不自动删除；可告知接手的岗位',
};

export function choicesFor(parcel: Parcel, record: SheetSubject['record'], on: string | null): readonly Option[] {
  const { trouble, body, receipt } = parcel;
  if (receipt !== null) return [AGAIN, SHELVE];
  const code = trouble?.code ?? '';
  if (code === 'subject-already-visited' && record !== null && record.visit !== body.visit) {
    const open = on === null || on <= record.amendUntil;
    const amend: Option = {
      choice: 'amend',
      title: '作为补正送出',
      effect: '已登记的原样保留，另记一条补正：以您的方式、清单为准，问题和照片加进去',
    };
    return open ? [amend, SHELVE] : [SHELVE];
  }
  if (code === 'post-changed') return [AGAIN, SHELVE];
  return SETTLED.has(code) ? [SHELVE, AGAIN] : [EDIT, SHELVE];
}
