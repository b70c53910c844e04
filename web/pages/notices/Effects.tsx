/** Which rung moves cases, ladder by ladder: fired, judged, answered within three working days. */
import { useQuery } from '@tanstack/react-query';
import { Segmented, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { RungTag } from '../../parts/RungTag.tsx';

type Rung = Schemas['Effects']['rungs'][number];

const SPANS = [30, 90, 365] as const;

export function Effects() {
  const [params, setParams] = useSearchParams();
  const days = Number(params.get('days') ?? '90');
  const effects = useQuery({
    queryKey: ['effects', days],
    queryFn: () => ask(api.GET('/api/effects', { params: { query: { days } } })),
  });
  const rows = effects.data?.rungs ?? [];
  return (
    <Card
      flush
      title="哪一级起了作用"
      note={`发出后 ${effects.data?.within ?? 3} 个工作日内有人办理，计为起了作用`}
      acts={
        <Segmented
          size="small"
          aria-label="多少天"
          value={days}
          options={SPANS.map((value) => ({ value, label: `近 ${value} 天` }))}
          onChange={(value) => setParams({ days: String(value) })}
        />
      }
    >
      {effects.isPending && <Loading />}
      {effects.isError && <Failure error={effects.error} retry={() => void effects.refetch()} />}
      {effects.isSuccess && rows.length === 0 && <Empty>近 {days} 天没有发出过提醒或者升级。</Empty>}
      {rows.length > 0 && (
        <Table<Rung>
          size="small"
          pagination={false}
          rowKey={({ ladder, rung }) => `${ladder} ${rung}`}
          dataSource={rows}
          scroll={{ x: 640 }}
          columns={[
            { title: '阶梯', dataIndex: 'ladderTitle', rowScope: 'row' },
            { title: '级', key: 'rung', render: (_, { tone, title }) => <RungTag rung={tone}>{title}</RungTag> },
            { title: '发出', dataIndex: 'fired', align: 'right', width: 80 },
            { title: '可判断', dataIndex: 'judged', align: 'right', width: 80 },
            { title: '起了作用', dataIndex: 'answered', align: 'right', width: 90 },
            {
              title: '份额',
              key: 'share',
              align: 'right',
              width: 80,
              render: (_, { judged, answered }) => (judged === 0 ? '—' : `${Math.floor((answered / judged) * 100)}%`),
            },
          ]}
        />
      )}
    </Card>
  );
}
