/** Reminders are held up: a quiet word, because work is not. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import styles from './Bars.module.css';

const EVERY_MS = 60_000;

export function QuietBar() {
  const { data } = useQuery({
    queryKey: ['quiet'],
    queryFn: () => ask(api.GET('/api/system/quiet')),
    refetchInterval: EVERY_MS,
    staleTime: EVERY_MS,
  });
  if (data?.remindersHeldUp !== true) return null;
  return (
    <p className={styles['quiet']} role="status">
      提醒暂缓发出，办理不受影响。
    </p>
  );
}
