/** Sessions one by one: which browser, from where, for which post, since when. */
import { Button } from 'antd';
import type { Schemas } from '../api/client.ts';
import { instantWords } from '../words/dates.ts';
import styles from './SessionRows.module.css';

interface SessionRowsProps {
  readonly sessions: readonly Schemas['SessionRow'][];
  /** The one this page is in. */
  readonly current?: string;
  readonly pending: boolean;
  readonly onEnd: (session: string) => void;
}

const LEVELS: Readonly<Record<Schemas['SessionRow']['level'], string>> = {
  password: '密码',
  oidc: '统一身份认证',
  totp: '密码与第二步验证',
};

/** The first name that fits: newer browsers call themselves by the older ones' names too. */
const BROWSERS = [
  ['MicroMessenger', '微信'],
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome 或其同类'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

function browserWords(browser: string | null): string {
  if (browser === null) return '未报名称的程序';
  const named = (names: readonly (readonly [string, string])[]) =>
    names.find(([piece]) => browser.includes(piece))?.[1];
  return [named(BROWSERS) ?? '其他浏览器', named(SYSTEMS)].filter((part) => part !== undefined).join(' · ');
}

export const SessionRows = ({ sessions, current, pending, onEnd }: SessionRowsProps) => (
  <ul className={styles['rows']}>
    {sessions.map((session) => (
      <li key={session.id}>
        <div>
          <b>{browserWords(session.browser)}</b>
          {session.id === current && <em>本会话</em>}
          <span>
            {[session.address ?? '地址不详', session.postTitle ?? '未选岗位', LEVELS[session.level]].join(' · ')}
          </span>
          <span>
            {instantWords(session.startedAt)} 登录，最近使用 {instantWords(session.seenAt)}
          </span>
        </div>
        {session.id !== current && (
          <Button loading={pending} onClick={() => onEnd(session.id)}>
            结束
          </Button>
        )}
      </li>
    ))}
  </ul>
);
