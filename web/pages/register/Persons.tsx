/** Everybody in the register and the posts they hold; telephone and mail only for whoever has the right to them. */
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

type Row = Schemas['Person'];

export function Persons() {
  const asked = useFilters(['text', 'unit']);
  const units = useUnitChoices();
  const change = useChange();
  const wide = useWide(TABLE_FROM);
  return (
    <>
      <Filters
        filters={[
          { kind: 'text', name: 'text', label: '姓名', placeholder: '一部分，或完整编号' },
          { kind: 'choice', name: 'unit', label: '单位', options: units },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['register', 'persons', asked]}
        read={(cursor) =>
          ask(
            api.GET('/api/register/persons', { params: { query: { ...asked, ...(cursor === '' ? {} : { cursor }) } } }),
          )
        }
        rowKey={({ id }) => id}
        empty="没有符合条件的人员。可放宽条件或者清除筛选。"
        title="人员"
        {...(change.may
          ? {
              acts: (
                <Button onClick={() => change.ask({ type: 'person-added', fixed: { generated: false } })}>
                  登记人员
                </Button>
              ),
            }
          : {})}
        width={wide ? 760 : 0}
        columns={[
          {
            title: '姓名',
            key: 'name',
            ...(wide ? { width: 120 } : {}),
            rowScope: 'row',
            render: (_, row) => (
              <>
                <Link to={personPath(row.id)}>{row.name}</Link>
                {!wide && (
                  <span className={styles['second']}>
                    <PostsHeld row={row} />
                  </span>
                )}
              </>
            ),
          },
          ...(wide ? COLUMNS : []),
        ]}
      />
      <ChangeDrawer asked={change.asked} about="人员" close={change.close} />
    </>
  );
}

const COLUMNS: NonNullable<TableProps<Row>['columns']> = [
  { title: '岗位', key: 'posts', render: (_, row) => <PostsHeld row={row} /> },
  { title: '手机', key: 'phone', width: 140, render: (_, row) => <Contact row={row} of="phone" /> },
  { title: '邮箱', key: 'email', width: 220, ellipsis: true, render: (_, row) => <Contact row={row} of="email" /> },
];

function PostsHeld({ row: { posts } }: { readonly row: Row }) {
  if (posts.length === 0) return <span className="faint">没有岗位</span>;
  return posts.map(({ post, title }, nth) => (
    <span key={post}>
      {nth > 0 && '、'}
      <Link to={postPath(post)}>{title}</Link>
    </span>
  ));
}

export function Contact({ row, of }: { readonly row: Row; readonly of: 'phone' | 'email' }) {
  if (row.contactSealed) return <span className="faint">已封存</span>;
  return row[of] ?? <span className="faint">没有</span>;
}
