/** Every page of the console: where it lies, what it is called in the navigation, and which rights open it. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Right } from '../api/client.ts';

export interface PageEntry {
  /** The first part of the address. */
  readonly path: string;
  readonly title: string;
  readonly page: LazyExoticComponent<ComponentType>;
  /** Any one of them opens the page; none: every signed-in person. */
  readonly rights: readonly Right[];
  /** Where it stands in the navigation; `none` is reached from elsewhere. */
  readonly group: 'work' | 'office' | 'none';
}

export const PAGES: readonly PageEntry[] = [
  {
    path: 'todo',
    title: '我的待办',
    page: lazy(() => import('../pages/todo/index.tsx')),
    rights: ['todo.read'],
    group: 'work',
  },
  {
    path: 'rounds',
    title: '走访',
    page: lazy(() => import('../pages/rounds/index.tsx')),
    rights: ['round.work'],
    group: 'work',
  },
  {
    path: 'supervision',
    title: '督导',
    page: lazy(() => import('../pages/supervision/index.tsx')),
    rights: ['cycle.read'],
    group: 'work',
  },
  {
    path: 'cases',
    title: '案件',
    page: lazy(() => import('../pages/cases/index.tsx')),
    rights: ['case.read'],
    group: 'work',
  },
  {
    path: 'overview',
    title: '总览',
    page: lazy(() => import('../pages/overview/index.tsx')),
    rights: ['overview.read'],
    group: 'work',
  },
  {
    path: 'register',
    title: '名册',
    page: lazy(() => import('../pages/register/index.tsx')),
    rights: ['register.read'],
    group: 'office',
  },
  {
    path: 'calendar',
    title: '日历',
    page: lazy(() => import('../pages/calendar/index.tsx')),
    rights: ['office.read'],
    group: 'office',
  },
  {
    path: 'rules',
    title: '规则',
    page: lazy(() => import('../pages/rules/index.tsx')),
    rights: ['office.read'],
    group: 'office',
  },
  {
    path: 'notices',
    title: '通知',
    page: lazy(() => import('../pages/notices/index.tsx')),
    rights: ['notice.read'],
    group: 'office',
  },
  {
    path: 'audit',
    title: '审计',
    page: lazy(() => import('../pages/audit/index.tsx')),
    rights: ['journal.search', 'access-log.read', 'security-log.read'],
    group: 'office',
  },
  {
    path: 'system',
    title: '系统',
    page: lazy(() => import('../pages/system/index.tsx')),
    rights: ['system.read'],
    group: 'office',
  },
  {
    path: 'accounts',
    title: '账号',
    page: lazy(() => import('../pages/accounts/index.tsx')),
    rights: ['account.manage', 'account.unlock', 'session.revoke'],
    group: 'office',
  },
  {
    path: 'rights',
    title: '权限',
    page: lazy(() => import('../pages/rights/index.tsx')),
    rights: [],
    group: 'office',
  },
  {
    path: 'account',
    title: '我的账号',
    page: lazy(() => import('../pages/account/index.tsx')),
    rights: [],
    group: 'none',
  },
];

export const mayOpen = ({ rights }: PageEntry, held: readonly string[]): boolean =>
  rights.length === 0 || rights.some((right) => held.includes(right));
