/** 系统: does it run, what waits, what is stuck. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { Sideways } from '../../parts/Sideways.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';

type State = Schemas['SystemState'];

const PARTS: Readonly<Record<string, string>> = {
  database: '数据库',
  migrations: '数据库结构',
  temporal: 'Temporal',
  outbox: '唤醒',
  notices: '通知',
};

const EVERY_MS = 10_000;

function ageWords(ms: number | null): string {
  if (ms === null) return '—';
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return '不到 1 分';
  return minutes < 60 ? `${minutes} 分` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

export default function SystemPage() {
  const system = useQuery({
    queryKey: ['system'],
    queryFn: () => ask(api.GET('/api/system')),
    refetchInterval: EVERY_MS,
  });
  const { data } = system;
  return (
    <Page
      title="系统"
      acts={
        data?.temporalUi !== null && data?.temporalUi !== undefined ? (
          <Button href={data.temporalUi} target="_blank" rel="noreferrer">
            Temporal 页面
          </Button>
        ) : undefined
      }
    >
      {system.isPending && <Loading />}
      {system.isError && <Failure error={system.error} retry={() => void system.refetch()} />}
      {data !== undefined && (
        <>
          <Card title="组成部分" note={`构建 ${data.build}`}>
            <ul>
              {data.parts.map(({ part, up, why }) => (
                <li key={part}>
                  <b>{PARTS[part] ?? part}</b>{' '}
                  <span className={up ? 'quiet' : 'red'}>{up ? '正常' : `不正常：${why ?? ''}`}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card flush title="工作进程" note="每 20 秒报一次；90 秒没有报即算停了">
            <Sideways label="工作进程" width={600}>
              <Table<State['workers'][number]>
                size="small"
                pagination={false}
                rowKey="id"
                dataSource={data.workers}
                locale={{ emptyText: '没有工作进程报过。提醒和升级都要靠它，请启动。' }}
                columns={[
                  { title: '进程', dataIndex: 'id', rowScope: 'row' },
                  {
                    title: '状态',
                    key: 'up',
                    render: (_, { up }) => <span className={up ? 'quiet' : 'red'}>{up ? '在运行' : '没有消息'}</span>,
                  },
                  { title: '构建', dataIndex: 'build' },
                  { title: '最近一次', key: 'seen', render: (_, { seenAt }) => instantWords(seenAt) },
                  { title: '启动于', key: 'started', render: (_, { startedAt }) => instantWords(startedAt) },
                ]}
              />
            </Sideways>
          </Card>
          <Card flush title="积压">
            <Table<State['queues'][number]>
              size="small"
              pagination={false}
              rowKey="name"
              dataSource={data.queues}
              locale={{ emptyText: '没有积压。' }}
              columns={[
                { title: '队列', dataIndex: 'title', rowScope: 'row' },
                { title: '件数', dataIndex: 'count', align: 'right', width: 100 },
                { title: '最早的已等', key: 'age', width: 160, render: (_, { oldestMs }) => ageWords(oldestMs) },
              ]}
            />
          </Card>
          <Faults faults={data.faults} />
        </>
      )}
    </Page>
  );
}

function Faults({ faults }: { readonly faults: State['faults'] }) {
  const queries = useQueryClient();
  const mayOperate = useMay('system.operate');
  const retry = useMutation({
    mutationFn: (id: string) =>
      ask(api.POST('/api/system/faults/{id}/retry', { params: { path: { id }, ...numbered(newKey()) } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['system'] }),
  });
  return (
    <Card flush title="停住的案件" note="驱动不能触发的；隔一段时间会自行再试">
      {retry.isError && <Failure error={retry.error} />}
      <Sideways label="停住的案件" width={640}>
        <Table<State['faults'][number]>
          size="small"
          pagination={false}
          rowKey="caseId"
          dataSource={faults}
          locale={{ emptyText: '没有停住的案件。' }}
          columns={[
            {
              title: '案件',
              key: 'case',
              rowScope: 'row',
              render: (_, { caseId }) => <Link to={casePath(caseId)}>{caseId}</Link>,
            },
            { title: '原因', dataIndex: 'code' },
            { title: '自', key: 'since', render: (_, { since }) => instantWords(since) },
            { title: '次数', dataIndex: 'attempts', align: 'right', width: 70 },
            {
              title: '',
              key: 'act',
              width: 90,
              render: (_, { caseId }) =>
                mayOperate && (
                  <Button size="small" loading={retry.isPending} onClick={() => retry.mutate(caseId)}>
                    再试
                  </Button>
                ),
            },
          ]}
        />
      </Sideways>
    </Card>
  );
}
