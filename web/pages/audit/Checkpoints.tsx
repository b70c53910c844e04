/** Daily checkpoints: what was mailed outside the office, so that a later rewriting shows. */
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';

type Row = Schemas['Checkpoint'];

export function Checkpoints() {
  const checkpoints = useQuery({ queryKey: ['checkpoints'], queryFn: () => ask(api.GET('/api/checkpoints')) });
  return (
    <Card flush title="核对点" note="每日一个，连成链，寄给本机关以外的审计人；之后改动流水，与它不符">
      {checkpoints.isPending && <Loading />}
      {checkpoints.isError && <Failure error={checkpoints.error} retry={() => void checkpoints.refetch()} />}
      {checkpoints.data?.rows.length === 0 && (
        <Empty>还没有核对点。工作进程每日写一个；第一个寄出之前的流水，没有本机关以外的见证。</Empty>
      )}
      {(checkpoints.data?.rows.length ?? 0) > 0 && (
        <Table<Row>
          size="small"
          pagination={false}
          rowKey="id"
          dataSource={checkpoints.data?.rows ?? []}
          scroll={{ x: 720 }}
          columns={[
            { title: '编号', dataIndex: 'id', width: 70 },
            { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
            {
              title: '覆盖流水',
              key: 'entries',
              width: 110,
              align: 'right',
              render: (_, { entries }) => entries ?? '—',
            },
            { title: '哈希', dataIndex: 'hash', render: (hash: string) => <code>{hash}</code> },
          ]}
        />
      )}
    </Card>
  );
}
