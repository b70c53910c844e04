/** Every rule: its limit, its article, since when; law and the district's own apart. */
import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { dayWords, isLaw } from '../../words/dates.ts';
import { limitWords } from '../../words/limits.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { inFull } from '../../words/statutes.ts';

type Rule = Schemas['Rule'];

function budgetWords({ budget, policyKey }: Rule): string {
  if (budget !== null) return limitWords(budget);
  return policyKey === undefined ? '个案确定' : '未设定';
}

export function Rules() {
  const [params, setParams] = useSearchParams();
  const text = params.get('text') ?? '';
  const mark = params.get('mark') ?? 'all';
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => ask(api.GET('/api/rules')), staleTime: 300_000 });
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '' || value === 'all') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const shown = (rules.data?.rules ?? []).filter(
    (rule) =>
      (mark === 'all' || (mark === 'law') === isLaw(rule)) &&
      (text === '' ||
        `${rule.id} ${rule.title} ${rule.basis} ${inFull(rule.basis)}`.toLowerCase().includes(text.toLowerCase())),
  );
  return (
    <Card
      flush
      title="规则"
      note={`${shown.length} 条；同一编号有几个版本的，按收到之日适用`}
      acts={
        <>
          <Segmented
            size="small"
            aria-label="性质"
            value={mark}
            options={[
              { value: 'all', label: '全部' },
              { value: 'law', label: '法定' },
              { value: 'district', label: '区规定' },
            ]}
            onChange={(value) => set('mark', value)}
          />
          <Input
            size="small"
            aria-label="查找规则"
            placeholder="编号、名称、条款"
            allowClear
            defaultValue={text}
            onChange={(event) => set('text', event.target.value.trim())}
          />
        </>
      }
    >
      {rules.isPending && <Loading />}
      {rules.isError && <Failure error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data !== undefined && (
        <Table<Rule>
          size="small"
          sticky
          rowKey={({ id, version, inForceFrom }) => `${id} ${version} ${inForceFrom}`}
          dataSource={shown}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: '没有符合条件的规则。' }}
          scroll={{ x: 860 }}
          expandable={{ expandedRowRender: (rule) => <One rule={rule} /> }}
          columns={[
            { title: '编号', dataIndex: 'id', width: 86, rowScope: 'row' },
            { title: '名称', dataIndex: 'title' },
            { title: '期限', key: 'limit', width: 120, render: (_, rule) => budgetWords(rule) },
            { title: '依据', key: 'basis', render: (_, { basis }) => inFull(fullWidth(basis)) },
            {
              title: '性质',
              key: 'mark',
              width: 140,
              render: (_, rule) => (isLaw(rule) ? '法定' : '区规定，不是法律'),
            },
            { title: '自', key: 'from', width: 130, render: (_, { inForceFrom }) => inForceFrom },
          ]}
        />
      )}
    </Card>
  );
}

function One({ rule }: { readonly rule: Rule }) {
  const { starts, actor, missed, record, extension, ladder, version, inForceFrom, inForceTo } = rule;
  const text = (value: string): string => (value === '' ? '—' : inFull(fullWidth(value)));
  return (
    <Facts
      rows={[
        ['起算', text(starts)],
        ['由谁', text(actor)],
        ['逾期', text(missed)],
        ['凭证', text(record)],
        [
          '延长',
          extension === undefined
            ? '不得延长'
            : `经${extension.approver}在到期前批准，至多 ${limitWords(extension)}（${extension.article}）`,
        ],
        ['阶梯', ladder],
        [
          '版本',
          `${version}，自 ${dayWords(inForceFrom)} 起${inForceTo === undefined ? '' : `，至 ${dayWords(inForceTo)}`}`,
        ],
      ]}
    />
  );
}
