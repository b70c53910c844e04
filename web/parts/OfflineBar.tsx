/** The connection is gone: what can still be done. The rounds pages say it themselves, with what is stored. */
import { useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import styles from './Bars.module.css';

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

export function OfflineBar() {
  const { pathname } = useLocation();
  const online = useOnline();
  if (online || pathname.startsWith('/rounds')) return null;
  return (
    <p className={styles['black']} role="status">
      现在没有网络。已读到的内容可以看，办理要等联网；走访可照常记录，存在本机，联网后送出一次。
    </p>
  );
}
