/** The connection is gone: what can still be done. Rounds on a phone say more about what is stored. */
import { useSyncExternalStore } from 'react';
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
  if (useOnline()) return null;
  return (
    <p className={styles['black']} role="status">
      现在没有网络。已读到的内容可以看，办理要等联网；走访可照常记录，存在本机，联网后送出一次。
    </p>
  );
}
