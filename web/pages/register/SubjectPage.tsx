/** One business: what is registered, who guarantees it and did before, its visits, its cases, its history. */
import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { dayWords } from '../../words/dates.ts';
import { casePath, casesPath } from '../../words/links.ts';
import { CasesBeside, Lines } from './Beside.tsx';
import { ChangeButtons } from './ChangeButtons.tsx';
import { ChangeDrawer, type AskedChange } from './ChangeDrawer.tsx';
import { History } from './History.tsx';
import styles from './Register.module.css';
import { postPath } from './Subjects.tsx';
import { useChange } from './use-change.ts';
import { riskWords, spanWords, statusWords } from './words.ts';

type Row = Schemas['Subject'];
type Visit = Schemas['VisitLine'];

export function SubjectPage() {
  const { id = '' } = useParams();
  const subject = useQuery({
    queryKey: ['register', 'subject', id],
    queryFn: () => ask(api.GET('/api/register/subjects/{id}', { params: { path: { id } } })),
  });
  const above = <Link to="/register/subjects">名册 / 主体</Link>;
  if (subject.data === undefined)
    return (
      <Page title="主体" above={above}>
        {subject.isError ? <Failure error={subject.error} retry={() => void subject.refetch()} /> : <Loading />}
      </Page>
    );
  return <One row={subject.data} above={above} />;
}

function One({ row, above }: { readonly row: Row; readonly above: ReactNode }) {
  const { id, name, creditCode, class: level, risk, status, trade, unit, address, openedOn, closedOn, binding } = row;
  const change = useChange();
  const record = useQuery({
    queryKey: ['register', 'subject-record', id],
    queryFn: () => ask(api.GET('/api/register/subjects/{id}/record', { params: { path: { id } } })),
  });
  return (
    <Page
      title={name}
      above={above}
      {...(change.may ? { acts: <ChangeButtons changes={changesOf(row)} ask={change.ask} /> } : {})}
    >
      <div className={styles['two']}>
        <div>
          <Card title="登记">
            <Facts
              rows={[
                ['编号', id],
                ['统一代码', creditCode ?? '没有'],
                ['状态', `${statusWords(status)}${closedOn === null ? '' : `，${dayWords(closedOn)}`}`],
                ['分级', `${level} 级`],
                ['风险', riskWords(risk)],
                ['业态', trade],
                ['单位', unit.name],
                ['地址', address],
                ['开办', openedOn],
                [
                  '包保',
                  binding === null ? (
                    <b key="none">没有</b>
                  ) : (
                    <Link key="post" to={postPath(binding.post)}>
                      {binding.holder?.name ?? '空缺'}（{binding.title}），{binding.fromOn} 起
                    </Link>
                  ),
                ],
              ]}
            />
          </Card>
          {record.data !== undefined && (
            <Lines
              title="包保经过"
              empty="从未落实过包保。"
              lines={record.data.bindings.map(({ post, title, holder, fromOn, toOn }) => ({
                key: `${post} ${fromOn}`,
                line: (
                  <>
                    <Link to={postPath(post)}>{title ?? post}</Link>
                    {holder !== null && `（${holder}）`}，{spanWords(fromOn, toOn)}
                  </>
                ),
              }))}
            />
          )}
        </div>
        <div>
          {record.isPending && <Loading />}
          {record.isError && (
            <Failure error={record.error} retry={() => void record.refetch()} still="登记和流水不受影响。" />
          )}
          {record.data !== undefined && (
            <>
              <Visits visits={record.data.visits} />
              <CasesBeside title="案件" cases={record.data.cases} empty="没有这一户的案件。" />
            </>
          )}
        </div>
      </div>
      <History of="subject" id={id} />
      <p className="no-print">
        <Link to={casesPath({ subject: id, closed: 'any' })}>在案件列表中看这一户</Link>
      </p>
      <ChangeDrawer asked={change.asked} about={name} close={change.close} />
    </Page>
  );
}

/** What makes sense now, the usual first. */
function changesOf({ id: subject, binding, status, name, creditCode, trade, address, unit, class: level, risk }: Row) {
  const fixed = { subject };
  const correct: AskedChange = { type: 'subject-corrected', fixed, now: { name, creditCode, trade, address } };
  if (status === 'closed') return [{ type: 'subject-reopened', fixed }, correct] satisfies AskedChange[];
  return [
    binding === null ? { type: 'bound', fixed } : { type: 'unbound', fixed: { subject, post: binding.post } },
    { type: 'subject-risk-changed', fixed, now: { risk } },
    { type: 'subject-class-moved', fixed, now: { class: level } },
    { type: 'subject-moved', fixed, now: { unit: unit.id, address } },
    status === 'suspended' ? { type: 'subject-reopened', fixed } : { type: 'subject-suspended', fixed },
    { type: 'subject-closed', fixed },
    correct,
  ] satisfies AskedChange[];
}

function Visits({ visits }: { readonly visits: readonly Visit[] | null }) {
  return (
    <Card flush title="走访">
      {visits === null && <Empty>您的岗位没有查看案件的权限。</Empty>}
      {visits?.length === 0 && <Empty>还没有列入任何轮次。</Empty>}
      {visits !== null && visits.length > 0 && (
        <Table<Visit>
          size="small"
          pagination={false}
          rowKey="caseId"
          dataSource={[...visits]}
          scroll={{ x: 480 }}
          columns={[
            {
              title: '周期',
              key: 'cycle',
              rowScope: 'row',
              render: (_, { caseId, cycle }) => <Link to={casePath(caseId)}>{cycle ?? caseId}</Link>,
            },
            {
              title: '结果',
              key: 'status',
              width: 150,
              render: (_, { statusTitle, inTime, onSite, status }) => (
                <>
                  {statusTitle}
                  {status === 'due' && onSite && <span className="faint">（须到现场）</span>}
                  {inTime === false && <span className="red"> 超期</span>}
                </>
              ),
            },
            {
              title: '走访日期',
              key: 'on',
              width: 120,
              render: (_, { visitedOn }) => (visitedOn === null ? '—' : dayWords(visitedOn)),
            },
            { title: '问题', dataIndex: 'findings', align: 'right', width: 60 },
          ]}
        />
      )}
    </Card>
  );
}
