/** How far a kick-off has come: rounds opened by unit, and what could not be opened. Asked again every two seconds. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { fullWidth } from '../../words/punctuation.ts';
import { Bar } from './Rates.tsx';
import styles from './KickOff.module.css';

const AGAIN_MS = 2_000;

export function ProgressPage() {
  const [params] = useSearchParams();
  const cycle = params.get('cycle') ?? '';
  const progress = useQuery({
    queryKey: ['progress', cycle],
    queryFn: () => ask(api.GET('/api/cycles/{id}/progress', { params: { path: { id: cycle } } })),
    refetchInterval: ({ state }) =>
      state.data !== undefined && state.data.settled >= state.data.planned && state.data.planned > 0 ? false : AGAIN_MS,
  });
  const failed = useQuery({
    queryKey: ['plan', cycle, progress.data?.failed],
    queryFn: () =>
      ask(
        api.GET('/api/cycles/{id}/plan', { params: { path: { id: cycle }, query: { limit: 200, result: 'refused' } } }),
      ),
    enabled: (progress.data?.failed ?? 0) > 0,
  });
  const data = progress.data;
  const finished = data !== undefined && data.planned > 0 && data.settled >= data.planned;
  const notOpened = failed.data?.rows ?? [];
  return (
    <Page
      above={
        <>
          <Link to="/supervision">督导</Link> / 启动
        </>
      }
      title={`${cycle} ${finished ? '已启动' : '正在启动'}`}
      acts={
        <Link to={`/supervision?cycle=${encodeURIComponent(cycle)}`}>
          <Button type={finished ? 'primary' : 'default'}>看板</Button>
        </Link>
      }
    >
      {progress.isPending && <Loading rows={4} />}
      {progress.isError && <Failure error={progress.error} retry={() => void progress.refetch()} />}
      {data !== undefined && (
        <>
          <Card title={finished ? '轮次已开完' : '正在开轮次'} note="可离开此页。中断后从断处继续，不会重复">
            <p className={styles['figure']} role="status">
              <b>{data.settled}</b> / {data.planned} 已开
            </p>
            <Bar done={data.planned === 0 ? 0 : data.settled / data.planned} mark={null} />
            <ul className={styles['units']}>
              {data.units.map(({ unit, name, planned, settled }) => (
                <li key={unit}>
                  <span title={name}>{name}</span>
                  <Bar done={planned === 0 ? 0 : settled / planned} mark={null} />
                  <em>
                    {settled} / {planned}
                  </em>
                </li>
              ))}
            </ul>
          </Card>
          {notOpened.length > 0 && (
            <Card title="未开成" note={`${data.failed} 个`}>
              <ul>
                {notOpened.map(({ roundKey, postTitle, unitName, why, result }) => (
                  <li key={roundKey}>
                    <b>{postTitle}</b> <span className="faint">{unitName}</span>：{fullWidth(why ?? result ?? '')}
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </>
      )}
    </Page>
  );
}
