/** Who was refused, and who read what is sensitive. Written once, by the same act that showed it. */
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { instantWords } from '../../words/dates.ts';

type Row = Schemas['Access'];

const OUTCOMES: Readonly<Record<Row['outcome'], string>> = {
  refused: '被拒绝',
  'not-visible': '不在辖区',
  read: '读取敏感数据',
};

const WHAT: Readonly<Record<string, string>> = {
  texts: '当事人文字',
  contact: '联系方式',
  evidence: '证据',
  export: '导出',
};

export function AccessLog() {
  const asked = useFilters(['person', 'outcome', 'about', 'from', 'to']);
  const { outcome, ...rest } = asked;
  return (
    <>
      <Filters
        filters={[
          {
            kind: 'choice',
            name: 'outcome',
            label: '结果',
            options: Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })),
          },
          { kind: 'text', name: 'person', label: '谁', placeholder: '人员编号' },
          { kind: 'text', name: 'about', label: '对象', placeholder: '案件或名册编号' },
          { kind: 'day', name: 'from', label: '自' },
          { kind: 'day', name: 'to', label: '至' },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['access-log', asked]}
        read={(cursor) =>
          ask(
            api.GET('/api/access-log', {
              params: {
                query: {
                  ...rest,
                  ...(outcome === undefined ? {} : { outcome: outcome as Row['outcome'] }),
                  ...(cursor === '' ? {} : { cursor }),
                },
              },
            }),
          )
        }
        rowKey={({ id }) => id}
        empty="没有符合条件的访问记录。"
        width={900}
        columns={[
          { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
          {
            title: '结果',
            key: 'outcome',
            width: 120,
            render: (_, { outcome: how }) => <span className={how === 'read' ? '' : 'red'}>{OUTCOMES[how]}</span>,
          },
          {
            title: '谁',
            key: 'who',
            rowScope: 'row',
            render: (_, { person, personName, postTitle, capacity }) =>
              `${personName ?? person}（${postTitle ?? '—'}${capacity === 'deputy' ? '，代理' : ''}）`,
          },
          {
            title: '权限',
            key: 'right',
            render: (_, { rightTitle, what }) => `${rightTitle}${what === null ? '' : `：${WHAT[what] ?? what}`}`,
          },
          {
            title: '对象',
            key: 'about',
            render: (_, { about, route }) =>
              about === null ? (
                <span className="faint">{route}</span>
              ) : (
                <Link to={`/audit/journal?chain=${encodeURIComponent(about)}`} title={route}>
                  {about}
                </Link>
              ),
          },
        ]}
      />
    </>
  );
}
