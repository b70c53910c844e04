/** 账号: who may sign in, and what an administrator does for them. Which acts there are follows from the rights. */
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Table } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { instantWords } from '../../words/dates.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import styles from './Accounts.module.css';
import { NewAccount } from './NewAccount.tsx';
import { stateWords } from './words.ts';

type Row = Schemas['AccountRow'];
const KEY = ['accounts'] as const;

const COLUMNS = [
  { title: '账号', dataIndex: 'name', key: 'name' },
  {
    title: '姓名与岗位',
    key: 'person',
    render: ({ personName, person, posts }: Row) => (
      <>
        {personName ?? person}
        <span className={styles['posts']} title={posts.join('、')}>
          {posts.join('、')}
        </span>
      </>
    ),
  },
  {
    title: '第二步',
    key: 'second',
    responsive: ['md' as const],
    render: ({ secondFactor }: Row) => (secondFactor ? '已启用' : '—'),
  },
  { title: '状况', key: 'state', render: stateWords },
  {
    title: '最近登录',
    key: 'last',
    responsive: ['md' as const],
    render: ({ lastSignInAt }: Row) => (lastSignInAt === null ? '从未' : instantWords(lastSignInAt)),
  },
];

export default function Accounts() {
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const queries = useQueryClient();
  const mayAdd = useMay('account.manage');
  const text = search.get('text') ?? '';
  const open = search.get('account');
  const asked = useDeferredValue(text.trim());
  const list = useInfiniteQuery({
    queryKey: [...KEY, asked],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/accounts', {
          params: {
            query: {
              limit: 50,
              ...(asked === '' ? {} : { text: asked }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const set = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === null || value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const changed = () => queries.invalidateQueries({ queryKey: KEY });

  return (
    <Page
      title="账号"
      acts={
        mayAdd ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            建立账号
          </Button>
        ) : undefined
      }
    >
      <Card
        flush
        title={
          <Input.Search
            className={styles['search'] ?? ''}
            aria-label="查找账号"
            placeholder="账号名或姓名"
            allowClear
            value={text}
            onChange={({ target }) => set('text', target.value)}
          />
        }
      >
        {list.error !== null && <Failure error={list.error} retry={() => void list.refetch()} />}
        {rows === undefined && list.error === null && <Loading />}
        {rows?.length === 0 && <Empty>{asked === '' ? '还没有账号。' : `没有账号名或姓名含“${asked}”的账号。`}</Empty>}
        {rows !== undefined && rows.length > 0 && (
          <Table<Row>
            size="small"
            rowKey="person"
            columns={[
              ...COLUMNS,
              {
                title: <span className="hidden-text">办理</span>,
                key: 'act',
                render: ({ person, name }: Row) => (
                  <Button size="small" aria-label={`管理 ${name}`} onClick={() => set('account', person)}>
                    管理
                  </Button>
                ),
              },
            ]}
            dataSource={rows}
            pagination={false}
            sticky
          />
        )}
      </Card>
      {list.hasNextPage && (
        <p>
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            再看 50 个
          </Button>
        </p>
      )}
      <NewAccount open={adding} onClose={() => setAdding(false)} onMade={changed} />
      <AccountDrawer
        account={rows?.find(({ person }) => person === open) ?? null}
        onClose={() => set('account', null)}
        onChanged={changed}
      />
    </Page>
  );
}
