/** One post: who holds it and did before, who stood in, what was signed, what it guarantees and works on. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { evidencePath } from '../../words/links.ts';
import { CasesBeside, Lines } from './Beside.tsx';
import { ChangeButtons } from './ChangeButtons.tsx';
import { ChangeDrawer, type AskedChange } from './ChangeDrawer.tsx';
import { History } from './History.tsx';
import { Holder } from './Posts.tsx';
import styles from './Register.module.css';
import { personPath, postPath } from './Subjects.tsx';
import { useChange } from './use-change.ts';
import { roleWords, spanWords } from './words.ts';

type Row = Schemas['Post'];

export function PostPage() {
  const { id = '' } = useParams();
  const post = useQuery({
    queryKey: ['register', 'post', id],
    queryFn: () => ask(api.GET('/api/register/posts/{id}', { params: { path: { id } } })),
  });
  const above = <Link to="/register/posts">名册 / 岗位</Link>;
  if (post.data === undefined)
    return (
      <Page title="岗位" above={above}>
        {post.isError ? <Failure error={post.error} retry={() => void post.refetch()} /> : <Loading />}
      </Page>
    );
  return <One row={post.data} above={above} />;
}

function One({ row, above }: { readonly row: Row; readonly above: ReactNode }) {
  const { id, title, role, class: level, unit, superior, fromOn, subjects } = row;
  const change = useChange();
  const record = useQuery({
    queryKey: ['register', 'post-record', id],
    queryFn: () => ask(api.GET('/api/register/posts/{id}/record', { params: { path: { id } } })),
  });
  return (
    <Page
      title={title}
      above={above}
      {...(change.may ? { acts: <ChangeButtons changes={changesOf(row)} ask={change.ask} /> } : {})}
    >
      <div className={styles['two']}>
        <div>
          <Card title="登记">
            <Facts
              rows={[
                ['编号', id],
                ['类别', roleWords(role)],
                ['单位', unit.name],
                ['在任', <Holder key="holder" row={row} />],
                [
                  '上级',
                  superior === null ? (
                    '没有'
                  ) : (
                    <Link key="up" to={postPath(superior)}>
                      {record.data?.superior?.title ?? superior}
                    </Link>
                  ),
                ],
                ['包保级别', level === null ? '不包保主体' : `${level} 级`],
                [
                  '包保户数',
                  level === null ? (
                    '—'
                  ) : (
                    <Link key="subjects" to={`/register/subjects?post=${encodeURIComponent(id)}`}>
                      {subjects} 户
                    </Link>
                  ),
                ],
                ['设岗', fromOn],
              ]}
            />
          </Card>
          {record.data !== undefined && <Beside record={record.data} />}
        </div>
        <div>
          {record.isPending && <Loading />}
          {record.isError && (
            <Failure error={record.error} retry={() => void record.refetch()} still="登记和流水不受影响。" />
          )}
          {record.data !== undefined && (
            <CasesBeside title="承办的案件" cases={record.data.cases} empty="没有承办过案件。" />
          )}
        </div>
      </div>
      <History of="post" id={id} />
      <ChangeDrawer asked={change.asked} about={title} close={change.close} />
    </Page>
  );
}

function changesOf({ id: post, holder, absence, title, role, class: level, unit, superior, toOn }: Row): AskedChange[] {
  if (toOn !== null) return [{ type: 'post-corrected', fixed: { post }, now: { title, role, class: level } }];
  const others: AskedChange[] = [
    { type: 'post-moved', fixed: { post }, now: { unit: unit.id, superior } },
    { type: 'post-corrected', fixed: { post }, now: { title, role, class: level } },
    { type: 'post-ended', fixed: { post } },
  ];
  if (holder === null) return [{ type: 'tenure-began', fixed: { post } }, ...others];
  const person = holder.id;
  return [
    absence === null ? { type: 'absence-began', fixed: { person } } : { type: 'absence-ended', fixed: { person } },
    { type: 'pledge-signed', fixed: { person, post }, ...(superior === null ? {} : { now: { withPost: superior } }) },
    { type: 'tenure-ended', fixed: { post, person } },
    ...others,
  ];
}

export function Beside({ record }: { readonly record: Schemas['PersonRecord'] }) {
  const { tenures, absences, pledges } = record;
  return (
    <>
      <Lines
        title="任职"
        empty="没有任职记录。"
        lines={tenures.map(({ post, title, person, name, fromOn, toOn }) => ({
          key: `${post} ${person} ${fromOn}`,
          line: (
            <>
              <Link to={personPath(person)}>{name ?? person}</Link>，<Link to={postPath(post)}>{title ?? post}</Link>，
              {spanWords(fromOn, toOn)}
            </>
          ),
        }))}
      />
      <Lines
        title="请假与代理"
        empty="没有请假记录。"
        lines={absences.map(({ person, name, fromOn, toOn, cause, deputy, deputyName }) => ({
          key: `${person} ${fromOn}`,
          line: `${name ?? person}，${fromOn} 至 ${toOn}，${cause}，${deputy === null ? '没有代理人' : `${deputyName ?? deputy}代理`}`,
        }))}
      />
      <Lines
        title="承诺书"
        empty="没有签订过承诺书。"
        lines={pledges.map(({ post, person, name, title, version, signedOn, withTitle, document }) => ({
          key: `${post} ${person} ${version}`,
          line: (
            <>
              {name ?? person}，{title ?? post}，{version} 版，{signedOn} 与{withTitle ?? '—'}签订
              {document !== null && (
                <>
                  {'　'}
                  <a href={evidencePath(document)}>扫描件</a>
                </>
              )}
            </>
          ),
        }))}
      />
    </>
  );
}
