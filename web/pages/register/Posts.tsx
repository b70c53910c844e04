/** Every post: who holds it, who stands in, where nobody does. */
import { Button, type TableProps } from 'antd';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { useWide } from '../../parts/use-wide.ts';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import styles from './Register.module.css';
import { personPath, postPath, TABLE_FROM } from './Subjects.tsx';
import { useChange } from './use-change.ts';
import { useUnitChoices } from './use-units.ts';
import { CLASSES, ROLES, roleWords } from './words.ts';

type Row = Schemas['Post'];
type Query = NonNullable<Parameters<typeof read>[0]>;

const read = (query: {
  readonly text?: string;
  readonly unit?: string;
  readonly role?: string;
  readonly class?: 'A' | 'B' | 'C' | 'D';
  readonly vacant?: 'true' | 'false';
  readonly cursor?: string;
}) => ask(api.GET('/api/register/posts', { params: { query } }));

export function Posts() {
  const asked = useFilters(['text', 'unit', 'role', 'class', 'vacant']) as Query;
  const units = useUnitChoices();
  const change = useChange();
  const wide = useWide(TABLE_FROM);
  return (
    <>
      <Filters
        filters={[
          { kind: 'text', name: 'text', label: '名称', placeholder: '一部分，或完整编号' },
          { kind: 'choice', name: 'unit', label: '单位', options: units },
          { kind: 'choice', name: 'role', label: '类别', options: ROLES },
          { kind: 'choice', name: 'class', label: '包保级别', options: CLASSES },
          {
            kind: 'choice',
            name: 'vacant',
            label: '在任',
            options: [
              { value: 'true', label: '空缺' },
              { value: 'false', label: '有人' },
            ],
          },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['register', 'posts', asked]}
        read={(cursor) => read({ ...asked, ...(cursor === '' ? {} : { cursor }) })}
        rowKey={({ id }) => id}
        empty="没有符合条件的岗位。可放宽条件或者清除筛选。"
        title="岗位"
        {...(change.may
          ? { acts: <Button onClick={() => change.ask({ type: 'post-added', fixed: {} })}>设岗</Button> }
          : {})}
        width={wide ? 860 : 0}
        columns={[
          {
            title: '岗位',
            key: 'title',
            rowScope: 'row',
            render: (_, row) => (
              <>
                <Link className={wide ? (styles['name'] ?? '') : ''} to={postPath(row.id)} title={row.title}>
                  {row.title}
                </Link>
                {!wide && (
                  <span className={styles['second']}>
                    {row.unit.name} · <Holder row={row} /> · <Bound row={row} />
                  </span>
                )}
              </>
            ),
          },
          ...(wide ? COLUMNS : []),
        ]}
      />
      <ChangeDrawer asked={change.asked} about="岗位" close={change.close} />
    </>
  );
}

const COLUMNS: NonNullable<TableProps<Row>['columns']> = [
  { title: '类别', key: 'role', width: 150, render: (_, { role }) => roleWords(role) },
  { title: '单位', key: 'unit', width: 160, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '在任', key: 'holder', width: 260, render: (_, row) => <Holder row={row} /> },
  { title: '包保', key: 'subjects', align: 'right', width: 90, render: (_, row) => <Bound row={row} /> },
];

function Bound({ row: { id, class: level, subjects } }: { readonly row: Row }) {
  if (level === null) return <span className="faint">不包保</span>;
  return <Link to={`/register/subjects?post=${encodeURIComponent(id)}`}>{subjects} 户</Link>;
}

/** `王某`, `王某 · 请假至 11-27，李某代理`, `空缺`, `已撤`. */
export function Holder({ row: { holder, absence, toOn } }: { readonly row: Row }) {
  if (toOn !== null) return <span className="faint">已于 {toOn} 撤岗</span>;
  if (holder === null) return <b>空缺</b>;
  return (
    <>
      <Link to={personPath(holder.id)}>{holder.name}</Link>
      {absence !== null && (
        <span className="quiet">
          {' '}
          {absence.cause}至 {absence.until}，{absence.deputy === null ? '没有代理人' : `${absence.deputy.name}代理`}
        </span>
      )}
    </>
  );
}
