/** The units as the tree they are; each opens to its posts, its businesses and its history. */
import { Button, Table } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { useChange } from './use-change.ts';
import { depthOf, useUnits } from './use-units.ts';
import { unitKindWords } from './words.ts';

type Row = Schemas['Unit'];

const STEP = 20;

export const unitPath = (id: string): string => `/register/units/${encodeURIComponent(id)}`;

export function Units() {
  const units = useUnits();
  const change = useChange();
  const rows = units.data?.rows ?? [];
  return (
    <Card
      flush
      title="单位"
      {...(change.may
        ? { acts: <Button onClick={() => change.ask({ type: 'unit-added', fixed: {} })}>登记单位</Button> }
        : {})}
    >
      {units.isPending && <Loading />}
      {units.isError && <Failure error={units.error} retry={() => void units.refetch()} />}
      {units.isSuccess && rows.length === 0 && <Empty>还没有登记单位。可以上传名册文件。</Empty>}
      {rows.length > 0 && (
        <Table<Row>
          size="small"
          sticky
          pagination={false}
          virtual={rows.length > 200}
          scroll={{ x: 560, ...(rows.length > 200 ? { y: 620 } : {}) }}
          rowKey="id"
          dataSource={[...rows]}
          columns={[
            {
              title: '单位',
              key: 'name',
              rowScope: 'row',
              render: (_, { id, name, path }) => (
                <Link to={unitPath(id)} style={{ paddingLeft: depthOf(path) * STEP }}>
                  {name}
                </Link>
              ),
            },
            { title: '类型', key: 'kind', width: 80, render: (_, { kind }) => unitKindWords(kind) },
            {
              title: '名册',
              key: 'rows',
              width: 150,
              render: (_, { id }) => (
                <>
                  <Link to={`/register/posts?unit=${encodeURIComponent(id)}`}>岗位</Link>
                  {'　'}
                  <Link to={`/register/subjects?unit=${encodeURIComponent(id)}`}>主体</Link>
                </>
              ),
            },
          ]}
        />
      )}
      <ChangeDrawer asked={change.asked} about="单位" close={change.close} />
    </Card>
  );
}
