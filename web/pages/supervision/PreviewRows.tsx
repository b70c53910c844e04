/** Each round of the plan, problems first, a page at a time; narrowed to one kind of problem; as a table to keep. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select, Table } from 'antd';
import { useState } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { dayWords } from '../../words/dates.ts';
import { fullWidth } from '../../words/punctuation.ts';

type Preview = Schemas['CyclePreview'];
type Row = Preview['rows'][number];
type Code = Preview['kinds'][number]['code'];

export function PreviewRows({ preview }: { readonly preview: Preview }) {
  const { hash, totals, clean, kinds } = preview;
  const [problem, setProblem] = useState<Code | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['preview-rows', hash, problem],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/cycles/previews/{hash}/rows', {
          params: {
            path: { hash },
            query: { ...(problem === null ? {} : { problem }), ...(pageParam === '' ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    ...(problem === null
      ? { initialData: { pages: [{ rows: preview.rows, next: preview.next }], pageParams: [''] } }
      : {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Card
      flush
      title="轮次预览"
      note={`${totals.rounds} 个，其中 ${totals.rounds - clean} 个有问题，在前`}
      acts={
        <>
          <Select<Code>
            allowClear
            size="small"
            aria-label="只看一类问题"
            placeholder="只看一类问题"
            style={{ width: 150 }}
            value={problem}
            onChange={(code: Code | undefined) => setProblem(code ?? null)}
            options={kinds
              .filter(({ visits }) => visits > 0)
              .map(({ code, title, count }) => ({ value: code, label: `${title} ${count}` }))}
          />
          <Button size="small" href={`/api/cycles/previews/${hash}/rows.xlsx`} download>
            导出表格
          </Button>
        </>
      }
    >
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      <Table<Row>
        size="small"
        rowKey="roundKey"
        loading={pages.isPending}
        dataSource={pages.data?.pages.flatMap(({ rows }) => rows) ?? []}
        pagination={false}
        scroll={{ x: 640 }}
        columns={[
          {
            title: '包保干部',
            key: 'post',
            render: (_, { postTitle, personName }) => (
              <span title={postTitle}>
                {personName ?? <span className="red">空缺</span>} <span className="faint">{postTitle}</span>
              </span>
            ),
          },
          { title: '单位', dataIndex: 'unitName', width: 160 },
          { title: '户数', dataIndex: 'visits', width: 70, align: 'right' },
          { title: '到期', key: 'due', width: 150, render: (_, { dueOn }) => dayWords(dueOn) },
          {
            title: '说明',
            key: 'problems',
            render: (_, { problems }) => fullWidth(problems.map(({ message }) => message).join(' ')),
          },
        ]}
      />
      {pages.hasNextPage && (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          再显示一些
        </Button>
      )}
    </Card>
  );
}
