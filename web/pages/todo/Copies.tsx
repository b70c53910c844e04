/** What I was told of: notices to my post, those not read first to the eye. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import styles from './Todo.module.css';

export function Copies() {
  const { post } = useSession();
  const queries = useQueryClient();
  const copies = useInfiniteQuery({
    queryKey: ['todo', 'copies', post?.id],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/notices', {
          params: {
            query: {
              ...(post === null ? {} : { post: post.id }),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const read = useMutation({
    mutationFn: (id: string) =>
      ask(api.POST('/api/notices/{id}/read', { params: { path: { id }, ...numbered(newKey()) } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['todo'] }),
  });
  const rows = copies.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card flush>
      {copies.isPending && <Loading />}
      {copies.isError && <Failure error={copies.error} retry={() => void copies.refetch()} />}
      {read.isError && <Failure error={read.error} />}
      {copies.isSuccess && rows.length === 0 && <Empty>还没有发给您这个岗位的通知。</Empty>}
      <ul>
        {rows.map(({ id, at, act, caseId, state, readAt, sentAt }) => (
          <li key={id} className={styles['plain']}>
            <span className="faint">{instantWords(at)}</span>
            <Link to={casePath(caseId)}>{readAt === null ? <b>{act}</b> : act}</Link>
            <span className="small quiet">
              {caseId} · {readAt !== null ? `${instantWords(readAt)} 已读` : sentAt !== null ? '未读' : '待发出'}
            </span>
            {readAt === null && state === 'sent' && (
              <Button size="small" type="text" onClick={() => read.mutate(id)}>
                标为已读
              </Button>
            )}
          </li>
        ))}
      </ul>
      {copies.hasNextPage && (
        <Button type="link" loading={copies.isFetchingNextPage} onClick={() => void copies.fetchNextPage()}>
          再显示一些
        </Button>
      )}
    </Card>
  );
}
