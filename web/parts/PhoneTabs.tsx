/** The navigation of a phone: a bar at the bottom with what is used daily, and the rest behind 更多. Carries the courier of visits. */
import { lazy, Suspense, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { mayOpen, PAGES } from '../app/pages.ts';
import { useSession } from '../app/session.tsx';
import styles from './PhoneTabs.module.css';

const Courier = lazy(() => import('../offline/Courier.tsx'));

/** The first three that the post may open stand in the bar. */
const DAILY: readonly { readonly path: string; readonly title: string }[] = [
  { path: 'todo', title: '待办' },
  { path: 'rounds', title: '走访' },
  { path: 'cases', title: '案件' },
  { path: 'supervision', title: '督导' },
  { path: 'overview', title: '总览' },
  { path: 'accounts', title: '账号' },
  { path: 'audit', title: '审计' },
  { path: 'system', title: '系统' },
];
const MOST = 3;

export function PhoneTabs() {
  const { rights } = useSession();
  const { pathname } = useLocation();
  // Open on the page it was opened on: a step to another page closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const open = PAGES.filter((entry) => entry.group !== 'none' && mayOpen(entry, rights));
  const tabs = DAILY.filter(({ path }) => open.some((entry) => entry.path === path)).slice(0, MOST);
  const rest = open.filter(({ path }) => !tabs.some((tab) => tab.path === path));
  const isOpen = openOn === pathname;
  return (
    <>
      {rights.includes('round.work') && (
        <Suspense fallback={null}>
          <Courier />
        </Suspense>
      )}
      <nav className={styles['tabs']} aria-label="底部导航">
        {isOpen && (
          <ul id="more-pages" className={styles['more']}>
            {rest.map(({ path, title }) => (
              <li key={path}>
                <NavLink to={`/${path}`}>{title}</NavLink>
              </li>
            ))}
          </ul>
        )}
        <ul className={styles['bar']}>
          {tabs.map(({ path, title }) => (
            <li key={path}>
              <NavLink to={`/${path}`}>{title}</NavLink>
            </li>
          ))}
          {rest.length > 0 && (
            <li>
              <button
                type="button"
                aria-expanded={isOpen}
                aria-controls="more-pages"
                onClick={() => setOpenOn(isOpen ? null : pathname)}
              >
                更多
              </button>
            </li>
          )}
          <li>
            <NavLink to="/account">我的</NavLink>
          </li>
        </ul>
      </nav>
    </>
  );
}
