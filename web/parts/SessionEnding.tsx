/** Two minutes before an unused session ends: said, with a way to go on. What was typed stays either way. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client.ts';
import { useSession, useSessionState } from '../app/session.tsx';
import styles from './Bars.module.css';

const WARN_MS = 2 * 60_000;
const LOOK_MS = 5_000;

export function SessionEnding() {
  const { now, idleEndsAt, endsAt } = useSession();
  const { refresh, ended } = useSessionState();
  const [left, setLeft] = useState(Infinity);
  const goOn = useMutation({ mutationFn: () => ask(api.GET('/api/account')), onSuccess: refresh });

  useEffect(() => {
    // What is left is told by the API; here only the seconds since then pass.
    const asked = performance.now();
    const look = () => setLeft(idleEndsAt - now - (performance.now() - asked));
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [now, idleEndsAt]);

  if (ended || left > WARN_MS) return null;
  const minutes = Math.max(1, Math.ceil(left / 60_000));
  return (
    <p className={styles['black']} role="alert">
      {idleEndsAt < endsAt ? (
        <>
          您有一会儿没有操作，登录将在 {minutes} 分钟内失效。
          <Button type="link" size="small" loading={goOn.isPending} onClick={() => goOn.mutate()}>
            继续使用
          </Button>
        </>
      ) : (
        <>登录满时限，将在 {minutes} 分钟内失效；您填写的内容会留在页面上，重新登录后可继续。</>
      )}
    </p>
  );
}
