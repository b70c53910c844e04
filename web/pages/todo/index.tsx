/** 我的待办: what waits for me by urgency, what I did, what I was told of, when I am away. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { Absences } from './Absences.tsx';
import { Copies } from './Copies.tsx';
import { Done } from './Done.tsx';
import { Waiting } from './Waiting.tsx';

export default function TodoPage() {
  const [params, setParams] = useSearchParams();
  const tab = params.get('tab') ?? 'waiting';
  const todo = useQuery({
    queryKey: ['todo', 'counts'],
    queryFn: () => ask(api.GET('/api/todo')),
    refetchInterval: 60_000,
  });
  const total = Object.values(todo.data?.groups ?? {}).reduce((sum, count) => sum + count, 0);
  const counted = (label: string, count: number) => (count > 0 ? `${label} ${count}` : label);
  return (
    <Page
      title="我的待办"
      beside={
        <Segmented
          aria-label="哪一类"
          className="no-print"
          value={tab}
          onChange={(value) => setParams(value === 'waiting' ? {} : { tab: value })}
          options={[
            { value: 'waiting', label: counted('待我办', total) },
            { value: 'done', label: '我办过的' },
            { value: 'copies', label: counted('抄送我的', todo.data?.unread ?? 0) },
            { value: 'absences', label: '缺席与代理' },
          ]}
        />
      }
      acts={
        tab === 'waiting' && (
          <Button size="small" onClick={() => window.print()}>
            打印清单
          </Button>
        )
      }
    >
      {tab === 'waiting' && todo.isPending && <Loading rows={8} />}
      {tab === 'waiting' && todo.isError && (
        <Failure error={todo.error} retry={() => void todo.refetch()} still="其他页面不受影响。" />
      )}
      {tab === 'waiting' && todo.data !== undefined && <Waiting todo={todo.data} asOf={todo.dataUpdatedAt} />}
      {tab === 'done' && <Done />}
      {tab === 'copies' && <Copies />}
      {tab === 'absences' && <Absences />}
    </Page>
  );
}
