/** Each round of the plan, problems first; the rest on request. */
import { Table } from 'antd';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { dayWords } from '../../words/dates.ts';

type Preview = Schemas['CyclePreview'];
type Row = Preview['rows'][number];

export function PreviewRows({ preview }: { readonly preview: Preview }) {
  const withProblems = preview.rows.filter(({ problems }) => problems.length > 0).length;
  return (
    <Card flush title="轮次预览" note={`${preview.rows.length} 个，其中 ${withProblems} 个有问题，在前`}>
      <Table<Row>
        size="small"
        rowKey="roundKey"
        dataSource={preview.rows}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
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
          { title: '户数', key: 'visits', width: 70, align: 'right', render: (_, { visits }) => visits.length },
          { title: '到期', key: 'due', width: 150, render: (_, { dueOn }) => dayWords(dueOn) },
          {
            title: '说明',
            key: 'problems',
            render: (_, { problems }) => problems.map(({ message }) => message).join(' '),
          },
        ]}
      />
    </Card>
  );
}
