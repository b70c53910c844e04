/** 我的待办: what waits for me by urgency, what I did, what I was told of, when I am away. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { dayAndTime } from '../../words/dates.ts';
import { Absences } from './Absences.tsx';
import { Copies } from './Copies.tsx';
import { Done } from './Done.tsx';
import { filterOf, filterWords } from './filter.ts';
import { PrintList } from './PrintList.tsx';
import styles from './Todo.module.css';
import { Waiting } from './Waiting.tsx';

const EVERY_KIND = '';

export default function TodoPage() {
  const [params, setParams] = useSearchParams();
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const tab = params.get('tab') ?? 'waiting';
  const filter = filterOf(params);
  const { kind } = filter;
  const todo = useQuery({
    queryKey: ['todo', 'counts', kind],
    queryFn: () => ask(api.GET('/api/todo', { params: { query: kind === null ? {} : { kind } } })),
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });
  const { data } = todo;
  const total = data?.kinds.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const counted = (label: string, count: number) => (count > 0 ? `${label} ${String(count)}` : label);
  const waiting = tab === 'waiting';
  const setKind = (to: string) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (to === EVERY_KIND) next.delete('kind');
      else next.set('kind', to);
      next.delete('open');
      return next;
    });
  return (
    <Page
      title="我的待办"
      beside={
        <>
          <Segmented
            aria-label="哪一类"
            className={`${styles['tabs'] ?? ''} no-print`}
            value={tab}
            onChange={(value) => setParams(value === 'waiting' ? {} : { tab: value })}
            options={[
              { value: 'waiting', label: counted('待我办', total) },
              { value: 'done', label: '我办过的' },
              { value: 'copies', label: counted('抄送我的', data?.unread ?? 0) },
              { value: 'absences', label: '缺席与代理' },
            ]}
          />
          {waiting && data !== undefined && (todo.isError || todo.fetchStatus === 'paused') && (
            <span className="small faint" role="status">
              数据截至 {dayAndTime(data.now).time}
              {todo.isError && (
                <Button type="link" size="small" onClick={() => void todo.refetch()}>
                  重新读取
                </Button>
              )}
            </span>
          )}
        </>
      }
      acts={
        waiting &&
        data !== undefined && (
          <>
            {data.kinds.length > 1 && (
              <Select
                aria-label="哪一类流程"
                size="small"
                value={kind ?? EVERY_KIND}
                onChange={setKind}
                popupMatchSelectWidth={false}
                options={[
                  { value: EVERY_KIND, label: '全部流程' },
                  ...data.kinds.map(({ kind: value, title, count }) => ({ value, label: `${title} ${String(count)}` })),
                ]}
              />
            )}
            <Button size="small" className={styles['print'] ?? ''} loading={printing} onClick={() => setPrinting(true)}>
              打印清单
            </Button>
          </>
        )
      }
    >
      {waiting && todo.isPending && <Loading rows={8} />}
      {waiting && todo.isError && data === undefined && (
        <Failure error={todo.error} retry={() => void todo.refetch()} still="其他页面不受影响。" />
      )}
      {waiting && data !== undefined && <Waiting todo={data} />}
      {waiting && data !== undefined && printing && (
        <PrintList
          filter={filter}
          words={filterWords(filter, data.kinds)}
          now={data.now}
          total={total}
          printed={printed}
        />
      )}
      {tab === 'done' && <Done />}
      {tab === 'copies' && <Copies />}
      {tab === 'absences' && <Absences />}
    </Page>
  );
}
