/** Rows to come, in their shape; only after 300 ms, so that what is quick does not flicker. */
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label="正在读取">
      {late && <Skeleton title={false} active={false} paragraph={{ rows }} />}
    </div>
  );
}
