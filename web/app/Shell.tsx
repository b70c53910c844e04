/** What surrounds a page: navigation by rights, the search box, who acts for which post, and whether all is well. */
import type { ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { OfflineBar } from '../parts/OfflineBar.tsx';
import { PhoneTabs } from '../parts/PhoneTabs.tsx';
import { QuietBar } from '../parts/QuietBar.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { SessionEnding } from '../parts/SessionEnding.tsx';
import { SignInAgain } from '../parts/SignInAgain.tsx';
import { Today } from '../parts/Today.tsx';
import { mayOpen, PAGES } from './pages.ts';
import styles from './Shell.module.css';
import { useSession } from './session.tsx';

const CAPACITY: Readonly<Record<string, string>> = { self: '本人履职', deputy: '代理' };

export function Shell({ children }: { readonly children: ReactNode }) {
  const { person, post, rights } = useSession();
  const { pathname } = useLocation();
  const open = PAGES.filter((entry) => entry.group !== 'none' && mayOpen(entry, rights));
  const firstOfOffice = open.find(({ group }) => group === 'office');
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#main">
        跳到正文
      </a>
      <nav className={styles['nav']} aria-label="主导航">
        <div className={styles['brand']}>
          <i aria-hidden="true">单</i>
          <b>照单</b>
        </div>
        <ul>
          {open.map((entry) => (
            <li key={entry.path} className={entry === firstOfOffice ? styles['gap'] : undefined}>
              <NavLink to={`/${entry.path}`}>{entry.title}</NavLink>
            </li>
          ))}
        </ul>
        <NavLink className={styles['me'] ?? ''} to="/account">
          <span className="hidden-text">我的账号：</span>
          <b>{person.name}</b>
          {post !== null && (
            <>
              <span>{post.title}</span>
              <span>{post.unit.name}</span>
              <span>{CAPACITY[post.capacity] ?? post.capacity}</span>
            </>
          )}
        </NavLink>
      </nav>
      <div className={styles['page']}>
        <header className={styles['top']}>
          <SearchBox />
          <Today />
        </header>
        <SignInAgain />
        <SessionEnding />
        <OfflineBar />
        <QuietBar />
        <main id="main" tabIndex={-1} key={pathname.split('/')[1]}>
          {children}
        </main>
      </div>
      <PhoneTabs />
    </div>
  );
}
