/** A long list, a page at a time: what every list of the office's pages has in common. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { Card } from './Card.tsx';
import { Empty } from './Empty.tsx';
import { Failure } from './Failure.tsx';
import { Loading } from './Loading.tsx';

interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

interface KeysetTableProps<Row extends object> {
  readonly queryKey: readonly unknown[];
  /** Asks for a page; an empty cursor is the first. */
  readonly read: (cursor: string) => Promise<PageOf<Row>>;
  readonly rowKey: (row: Row) => string;
  readonly columns: NonNullable<TableProps<Row>['columns']>;
  readonly empty: ReactNode;
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly acts?: ReactNode;
  /** Below this width it scrolls sideways; 0: never. */
  readonly width?: number;
  readonly expandable?: NonNullable<TableProps<Row>['expandable']>;
}

export function KeysetTable<Row extends object>({
  queryKey,
  read,
  rowKey,
  columns,
  empty,
  title,
  note,
  acts,
  width = 720,
  expandable,
}: KeysetTableProps<Row>) {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card
      flush
      {...(title === undefined ? {} : { title })}
      {...(note === undefined ? {} : { note })}
      {...(acts === undefined ? {} : { acts })}
    >
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty>{empty}</Empty>}
      {rows.length > 0 && (
        <div style={list.isPlaceholderData ? { opacity: 0.6 } : undefined}>
          <Table<Row>
            size="small"
            sticky
            pagination={false}
            rowKey={rowKey}
            dataSource={rows}
            columns={columns}
            {...(width === 0 ? {} : { scroll: { x: width } })}
            {...(expandable === undefined ? {} : { expandable })}
          />
        </div>
      )}
      {list.hasNextPage && (
        <Button
          type="link"
          className="no-print"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          再显示一些
        </Button>
      )}
    </Card>
  );
}
