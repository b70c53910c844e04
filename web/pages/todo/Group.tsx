/** One group of the list, a page at a time. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import type { GroupName, Row } from './filter.ts';
import { TodoRow } from './TodoRow.tsx';
import styles from './Todo.module.css';

const SHOWN = 20;

interface GroupProps {
  readonly name: GroupName;
  readonly title: string;
  readonly tone: string;
  readonly count: number;
  /** Only limits that end on this day. */
  readonly day: string | null;
  readonly kind: string | null;
  readonly chosen: ReadonlyMap<string, Row>;
  readonly toggle: (row: Row) => void;
}

export function Group({ name, title, tone, count, day, kind, chosen, toggle }: GroupProps) {
  const rows = useInfiniteQuery({
    queryKey: ['todo', 'rows', name, day, kind],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/todo/rows', {
          params: {
            query: {
              group: name,
              limit: SHOWN,
              ...(day === null ? {} : { day }),
              ...(kind === null ? {} : { kind }),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: 120_000,
  });
  const shown = rows.data?.pages.flatMap((page) => page.rows) ?? [];
  if (day !== null && rows.isSuccess && shown.length === 0) return null;
  return (
    <section className={styles['group']} aria-label={title}>
      <h2>
        <span className={tone}>{title}</span> <small>{day === null ? count : shown.length}</small>
      </h2>
      {rows.isPending && <Loading rows={3} />}
      {rows.isError && <Failure error={rows.error} retry={() => void rows.refetch()} still="其他各组不受影响。" />}
      <ul aria-busy={rows.isPlaceholderData}>
        {shown.map((row) => (
          <TodoRow key={row.case.id} row={row} chosen={chosen.has(row.case.id)} toggle={() => toggle(row)} />
        ))}
      </ul>
      {rows.hasNextPage && (
        <Button
          type="link"
          className="no-print"
          loading={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          再显示 {Math.min(SHOWN, Math.max(1, count - shown.length))} 件
        </Button>
      )}
    </section>
  );
}
