/** Everybody in the register and the posts they hold; telephone and mail only for whoever has the right to them. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { personPath, postPath } from './Subjects.tsx';
import { useChange } from './use-change.ts';
import { useUnitChoices } from './use-units.ts';

type Row = Schemas['Person'];

export function Persons() {
  const asked = useFilters(['text', 'unit']);
  const units = useUnitChoices();
  const change = useChange();
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
        width={760}
        columns={[
          {
            title: '姓名',
            key: 'name',
            width: 120,
            rowScope: 'row',
            render: (_, { id, name }) => <Link to={personPath(id)}>{name}</Link>,
          },
          {
            title: '岗位',
            key: 'posts',
            render: (_, { posts }) =>
              posts.length === 0 ? (
                <span className="faint">没有</span>
              ) : (
                posts.map(({ post, title }, nth) => (
                  <span key={post}>
                    {nth > 0 && '、'}
                    <Link to={postPath(post)}>{title}</Link>
                  </span>
                ))
              ),
          },
          { title: '手机', key: 'phone', width: 140, render: (_, row) => <Contact row={row} of="phone" /> },
          {
            title: '邮箱',
            key: 'email',
            width: 220,
            ellipsis: true,
            render: (_, row) => <Contact row={row} of="email" />,
          },
        ]}
      />
      <ChangeDrawer asked={change.asked} about="人员" close={change.close} />
    </>
  );
}

export function Contact({ row, of }: { readonly row: Row; readonly of: 'phone' | 'email' }) {
  if (row.contactSealed) return <span className="faint">已封存</span>;
  return row[of] ?? <span className="faint">没有</span>;
}
