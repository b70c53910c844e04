/** Every business under guarantee: which, where, how risky, and whose. */
import { Button, type TableProps } from 'antd';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { useWide } from '../../parts/use-wide.ts';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import styles from './Register.module.css';
import { useChange } from './use-change.ts';
import { useUnitChoices } from './use-units.ts';
import { CLASSES, RISKS, riskWords, STATUSES, statusWords } from './words.ts';

type Row = Schemas['Subject'];
type Query = NonNullable<Parameters<typeof read>[0]>;

const read = (query: {
  readonly text?: string;
  readonly unit?: string;
  readonly class?: 'A' | 'B' | 'C' | 'D';
  readonly risk?: 'low' | 'medium' | 'elevated' | 'high';
  readonly status?: 'active' | 'suspended' | 'closed';
  readonly bound?: 'true' | 'false';
  readonly post?: string;
  readonly cursor?: string;
}) => ask(api.GET('/api/register/subjects', { params: { query } }));

/** Narrower windows show a row's columns as its second line. */
export const TABLE_FROM = 768;

export const subjectPath = (id: string): string => `/register/subjects/${encodeURIComponent(id)}`;
export const postPath = (id: string): string => `/register/posts/${encodeURIComponent(id)}`;
export const personPath = (id: string): string => `/register/persons/${encodeURIComponent(id)}`;

export function Subjects() {
  const asked = useFilters(['text', 'unit', 'class', 'risk', 'status', 'bound', 'post']) as Query;
  const units = useUnitChoices();
  const change = useChange();
  const wide = useWide(TABLE_FROM);
  return (
    <>
      <Filters
        filters={[
          { kind: 'text', name: 'text', label: '名称', placeholder: '一部分，或完整编号' },
          { kind: 'choice', name: 'unit', label: '单位', options: units },
          { kind: 'choice', name: 'class', label: '分级', options: CLASSES },
          { kind: 'choice', name: 'risk', label: '风险', options: RISKS },
          { kind: 'choice', name: 'status', label: '状态', options: STATUSES },
          {
            kind: 'choice',
            name: 'bound',
            label: '包保',
            options: [
              { value: 'true', label: '已落实' },
              { value: 'false', label: '没有' },
            ],
          },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['register', 'subjects', asked]}
        read={(cursor) => read({ ...asked, ...(cursor === '' ? {} : { cursor }) })}
        rowKey={({ id }) => id}
        empty="没有符合条件的主体。可放宽条件或者清除筛选。"
        title="主体"
        {...(change.may
          ? {
              acts: <Button onClick={() => change.ask({ type: 'subject-added', fixed: {} })}>登记主体</Button>,
            }
          : {})}
        width={wide ? 860 : 0}
        columns={[
          {
            title: '名称',
            key: 'name',
            rowScope: 'row',
            render: (_, row) => (
              <>
                <Link className={wide ? (styles['name'] ?? '') : ''} to={subjectPath(row.id)} title={row.name}>
                  {row.name}
                </Link>
                {!wide && <Second row={row} />}
              </>
            ),
          },
          ...(wide ? COLUMNS : []),
        ]}
      />
      <ChangeDrawer asked={change.asked} about="主体" close={change.close} />
    </>
  );
}

const COLUMNS: NonNullable<TableProps<Row>['columns']> = [
  { title: '分级', dataIndex: 'class', width: 56 },
  { title: '风险', key: 'risk', width: 96, render: (_, { risk }) => riskWords(risk) },
  { title: '业态', dataIndex: 'trade', width: 120, ellipsis: true },
  { title: '单位', key: 'unit', width: 160, ellipsis: true, render: (_, { unit }) => unit.name },
  {
    title: '包保',
    key: 'binding',
    width: 220,
    ellipsis: true,
    render: (_, { binding, status }) => <Guarantor binding={binding} closed={status === 'closed'} />,
  },
  {
    title: '状态',
    key: 'status',
    width: 64,
    render: (_, { status }) => (status === 'active' ? '' : statusWords(status)),
  },
];

/** On a phone the other columns are its second line. */
const Second = ({ row: { class: level, risk, status, unit, binding } }: { readonly row: Row }) => (
  <span className={styles['second']}>
    {level} 级 · {riskWords(risk)} · {unit.name} · {status === 'active' ? '' : `${statusWords(status)} · `}
    <Guarantor binding={binding} closed={status === 'closed'} />
  </span>
);

function Guarantor({ binding, closed }: { readonly binding: Row['binding']; readonly closed: boolean }) {
  if (binding === null) return closed ? <span className="faint">—</span> : <b>没有</b>;
  return (
    <Link to={postPath(binding.post)}>
      {binding.holder?.name ?? '空缺'}（{binding.title}）
    </Link>
  );
}
