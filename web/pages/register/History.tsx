/** What happened to one row of the register, in sentences; and what it said at the end of a chosen day. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { civil } from '../../words/civil.ts';
import { dayWords, instantWords } from '../../words/dates.ts';
import styles from './Register.module.css';

interface HistoryProps {
  readonly of: 'subject' | 'post' | 'person' | 'unit';
  readonly id: string;
}

export function History({ of, id }: HistoryProps) {
  const [params, setParams] = useSearchParams();
  const on = params.get('on') ?? '';
  const field = useId();
  const list = useInfiniteQuery({
    queryKey: ['register', 'history', of, id],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/register/{of}/{id}/history', {
          params: { path: { of, id }, query: { limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const show = (day: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (day === '') after.delete('on');
        else after.set('on', day);
        return after;
      },
      { replace: true },
    );
  return (
    <Card
      flush
      title="流水"
      acts={
        <span className="no-print">
          <label htmlFor={field} className="small faint">
            看某日的样子
          </label>{' '}
          <DatePicker
            id={field}
            size="small"
            value={on === '' ? null : dayjs(on)}
            onChange={(day) => show(civil(day))}
          />
        </span>
      }
    >
      {on !== '' && <OnDay of={of} id={id} on={on} back={() => show('')} />}
      {list.isPending && <Loading rows={3} />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty>没有流水。</Empty>}
      <ol className={styles['history']}>
        {rows.map(({ seq, at, hash, who, what }) => (
          <li key={seq}>
            <span className="small faint" title={hash}>
              {instantWords(at)} · {who ?? '系统'} · #{seq}
            </span>
            {what.map((sentence, nth) => (
              <p key={nth}>{sentence}</p>
            ))}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          再显示一些
        </Button>
      )}
    </Card>
  );
}

function OnDay({ of, id, on, back }: HistoryProps & { readonly on: string; readonly back: () => void }) {
  const day = useQuery({
    queryKey: ['register', 'on-day', of, id, on],
    queryFn: () => ask(api.GET('/api/register/{of}/{id}/at/{on}', { params: { path: { of, id, on } } })),
  });
  return (
    <div className={styles['day']} role="status">
      <b>{dayWords(on)} 24:00 时</b>
      {'　'}
      <Button size="small" type="link" onClick={back}>
        回到此刻
      </Button>
      {day.isError && <Failure error={day.error} />}
      {day.data?.facts.length === 0 && <p>那时还没有登记。</p>}
      {day.data !== undefined && day.data.facts.length > 0 && (
        <Facts rows={day.data.facts.map(({ name, value }) => [name, value] as const)} />
      )}
      {day.data !== undefined && day.data.later > 0 && (
        <p className="small">之后另有 {day.data.later} 条流水，不计入。</p>
      )}
    </div>
  );
}
