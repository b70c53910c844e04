/** What I did, newest first; each opens the case as it was then. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import styles from './Todo.module.css';

export function Done() {
  const done = useInfiniteQuery({
    queryKey: ['todo', 'done'],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/todo/done', { params: { query: pageParam === '' ? {} : { cursor: pageParam } } })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = done.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card flush>
      {done.isPending && <Loading />}
      {done.isError && <Failure error={done.error} retry={() => void done.refetch()} />}
      {done.isSuccess && rows.length === 0 && <Empty>您还没有办过案件。办过的会一直列在这里。</Empty>}
      <ul>
        {rows.map(({ entryId, at, caseId, seq, label, kindTitle, subject }) => (
          <li key={entryId} className={styles['plain']}>
            <span className="faint">{instantWords(at)}</span>
            <Link to={`${casePath(caseId)}?seq=${seq}`}>
              <b>{label}</b> {subject}
            </Link>
            <span className="small quiet">
              {kindTitle} · {caseId}
            </span>
          </li>
        ))}
      </ul>
      {done.hasNextPage && (
        <Button type="link" loading={done.isFetchingNextPage} onClick={() => void done.fetchNextPage()}>
          再显示一些
        </Button>
      )}
    </Card>
  );
}
