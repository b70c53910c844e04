/** The words of the register: what its changes, classes, risks and states are called. Data and sentences only. */
import type { ChangeType, WrittenChange } from '../register/change.ts';
import type { Risk, SubjectStatus, UnitKind } from '../register/register.ts';
import { ROLE_TITLES } from '../notices/role-titles.ts';

export const UNIT_KIND_WORDS: Readonly<Record<UnitKind, string>> = {
  city: '市级',
  district: '区',
  department: '部门',
  town: '镇街',
  community: '村社',
};

export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  low: '低风险',
  medium: '中等风险',
  elevated: '较高风险',
  high: '高风险',
};

export const STATUS_WORDS: Readonly<Record<SubjectStatus, string>> = {
  active: '正常',
  suspended: '歇业',
  closed: '注销',
};

export const CHANGE_WORDS: Readonly<Record<ChangeType, string>> = {
  'unit-added': '登记单位',
  'unit-corrected': '更正单位',
  'post-added': '设岗',
  'post-ended': '撤岗',
  'post-moved': '调整岗位',
  'post-corrected': '更正岗位',
  'person-added': '登记人员',
  'person-changed': '更正人员',
  'tenure-began': '任职',
  'tenure-ended': '免职',
  'absence-began': '请假',
  'absence-ended': '销假',
  'pledge-signed': '签订承诺书',
  'pledge-withdrawn': '撤回承诺书',
  'subject-added': '登记主体',
  'subject-closed': '主体注销',
  'subject-suspended': '主体歇业',
  'subject-reopened': '主体恢复',
  'subject-class-moved': '调整分级',
  'subject-risk-changed': '调整风险等级',
  'subject-moved': '主体迁址',
  'subject-corrected': '更正主体',
  bound: '建立包保',
  unbound: '解除包保',
};

/** What the ids of a change are called: the name and the id, where there is one. */
export type NameOf = (of: 'unit' | 'post' | 'person' | 'subject', id: string) => string;

/** `建立包保：主体甲，由古荡街道包保干部，自 2026-11-24 起`. Personal data stays sealed: only that it was given. */
export function changeSentence(change: WrittenChange, name: NameOf): string {
  const details = detailsOf(change, name).filter((part) => part !== '');
  return `${CHANGE_WORDS[change.type]}${details.length === 0 ? '' : `：${details.join('，')}`}`;
}

const since = (on: string): string => `自 ${on} 起`;
const level = (of: string | null): string => (of === null ? '不包保主体' : `${of} 级`);

function detailsOf(change: WrittenChange, name: NameOf): readonly string[] {
  switch (change.type) {
    case 'unit-added':
      return [
        change.name,
        UNIT_KIND_WORDS[change.kind],
        change.parent === null ? '' : `隶属${name('unit', change.parent)}`,
      ];
    case 'unit-corrected':
      return [change.name];
    case 'post-added':
      return [
        change.title,
        ROLE_TITLES[change.role],
        level(change.class),
        name('unit', change.unit),
        change.superior === null ? '' : `上级${name('post', change.superior)}`,
        since(change.on),
      ];
    case 'post-ended':
      return [name('post', change.post), since(change.on)];
    case 'post-moved':
      return [
        name('unit', change.unit),
        change.superior === null ? '没有上级' : `上级${name('post', change.superior)}`,
        since(change.on),
      ];
    case 'post-corrected':
      return [change.title, ROLE_TITLES[change.role], level(change.class)];
    case 'person-added':
    case 'person-changed':
      return [name('person', change.person)];
    case 'tenure-began':
    case 'tenure-ended':
      return [name('person', change.person), name('post', change.post), since(change.on)];
    case 'absence-began':
      return [
        name('person', change.person),
        `${change.on} 至 ${change.until}`,
        change.cause,
        change.deputy === null ? '没有代理人' : `由${name('person', change.deputy)}代理`,
      ];
    case 'absence-ended':
      return [name('person', change.person), `${change.on} 返岗`];
    case 'pledge-signed':
      return [
        name('person', change.person),
        name('post', change.post),
        `${change.version} 版`,
        `${change.on} 与${name('post', change.withPost)}签订`,
      ];
    case 'pledge-withdrawn':
      return [name('person', change.person), name('post', change.post), `${change.version} 版`, since(change.on)];
    case 'subject-added':
      return [
        change.name,
        level(change.class),
        RISK_WORDS[change.risk],
        change.trade,
        name('unit', change.unit),
        change.address,
        since(change.on),
      ];
    case 'subject-closed':
    case 'subject-suspended':
    case 'subject-reopened':
      return [since(change.on)];
    case 'subject-class-moved':
      return [level(change.class), since(change.on)];
    case 'subject-risk-changed':
      return [RISK_WORDS[change.risk], since(change.on)];
    case 'subject-moved':
      return [name('unit', change.unit), change.address, since(change.on)];
    case 'subject-corrected':
      return [
        change.name ?? '',
        change.creditCode === undefined ? '' : `统一社会信用代码 ${change.creditCode ?? '无'}`,
        change.trade ?? '',
        change.address ?? '',
      ];
    case 'bound':
      return [name('subject', change.subject), `由${name('post', change.post)}包保`, since(change.on)];
    case 'unbound':
      return [name('subject', change.subject), name('post', change.post), since(change.on), change.reason];
  }
}

/** Every id that a sentence about the change names. */
export function namesIn(change: WrittenChange): readonly (readonly ['unit' | 'post' | 'person' | 'subject', string])[] {
  const found: (readonly ['unit' | 'post' | 'person' | 'subject', string])[] = [];
  const { unit, parent, post, superior, withPost, person, deputy, subject } = change as {
    readonly [key in string]?: unknown;
  };
  const add = (of: 'unit' | 'post' | 'person' | 'subject', id: unknown): void => {
    if (typeof id === 'string') found.push([of, id]);
  };
  add('unit', unit);
  add('unit', parent);
  add('post', post);
  add('post', superior);
  add('post', withPost);
  add('person', person);
  add('person', deputy);
  add('subject', subject);
  return found;
}
