/** The session ended while pages were open: sign in elsewhere and go on here, with nothing typed lost. */
import { Button } from 'antd';
import { useEffect } from 'react';
import { useSessionState } from '../app/session.tsx';
import styles from './Bars.module.css';

export function SignInAgain() {
  const { ended, refresh } = useSessionState();
  useEffect(() => {
    if (!ended) return;
    const again = () => void refresh();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [ended, refresh]);
  if (!ended) return null;
  return (
    <p className={styles['black']} role="alert">
      登录已失效，您填写的内容还在。请在新窗口
      <a href="/sign-in?next=/account" target="_blank" rel="noreferrer">
        重新登录
      </a>
      ，再回到这里继续。
      <Button type="link" size="small" onClick={() => void refresh()}>
        我已登录
      </Button>
    </p>
  );
}
