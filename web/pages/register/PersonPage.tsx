/** One person: the posts held now and before, absences, pledges; telephone and mail only by right. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { ChangeButtons } from './ChangeButtons.tsx';
import { ChangeDrawer, type AskedChange } from './ChangeDrawer.tsx';
import { History } from './History.tsx';
import { Contact } from './Persons.tsx';
import { Beside } from './PostPage.tsx';
import styles from './Register.module.css';
import { postPath } from './Subjects.tsx';
import { useChange } from './use-change.ts';

type Row = Schemas['Person'];

export function PersonPage() {
  const { id = '' } = useParams();
  const person = useQuery({
    queryKey: ['register', 'person', id],
    queryFn: () => ask(api.GET('/api/register/persons/{id}', { params: { path: { id } } })),
  });
  const above = <Link to="/register/persons">名册 / 人员</Link>;
  if (person.data === undefined)
    return (
      <Page title="人员" above={above}>
        {person.isError ? <Failure error={person.error} retry={() => void person.refetch()} /> : <Loading />}
      </Page>
    );
  return <One row={person.data} above={above} />;
}

function One({ row, above }: { readonly row: Row; readonly above: ReactNode }) {
  const { id, name, posts, generated } = row;
  const change = useChange();
  const mayRead = useMay('contact.read');
  const record = useQuery({
    queryKey: ['register', 'person-record', id],
    queryFn: () => ask(api.GET('/api/register/persons/{id}/record', { params: { path: { id } } })),
  });
  return (
    <Page
      title={name}
      above={above}
      {...(change.may ? { acts: <ChangeButtons changes={changesOf(row)} ask={change.ask} /> } : {})}
    >
      <div className={styles['two']}>
        <Card title="登记" {...(generated ? { note: '样例数据生成的人' } : {})}>
          <Facts
            rows={[
              ['编号', id],
              [
                '岗位',
                posts.length === 0
                  ? '没有'
                  : posts.map(({ post, title, since }) => (
                      <p key={post}>
                        <Link to={postPath(post)}>{title}</Link>，{since} 起
                      </p>
                    )),
              ],
              ['手机', <Contact key="phone" row={row} of="phone" />],
              ['邮箱', <Contact key="email" row={row} of="email" />],
            ]}
          />
          {!mayRead && <p className="small faint">联系方式只有区食药安办和镇街食安办可看，每次查看都记入访问记录。</p>}
        </Card>
        <div>
          {record.isPending && <Loading />}
          {record.isError && (
            <Failure error={record.error} retry={() => void record.refetch()} still="登记和流水不受影响。" />
          )}
          {record.data !== undefined && <Beside record={record.data} />}
        </div>
      </div>
      <History of="person" id={id} />
      <ChangeDrawer asked={change.asked} about={name} close={change.close} />
    </Page>
  );
}

/** Personal data is written whole, so that nobody corrects what they may not see. */
function changesOf({ id: person, name, phone, email, contactSealed }: Row): AskedChange[] {
  return [
    { type: 'absence-began', fixed: { person } },
    { type: 'absence-ended', fixed: { person } },
    ...(contactSealed ? [] : [{ type: 'person-changed' as const, fixed: { person }, now: { name, phone, email } }]),
  ];
}
