/** 总览: one sentence made of facts, what waits for a decision, the gaps, the units, what is to come, what works. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useMay, useSession } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { dayAndTime, dueWords, standingWords } from '../../words/dates.ts';
import { Effects } from './Effects.tsx';
import { headline } from './headline.ts';
import { Units } from './Units.tsx';
import styles from './Overview.module.css';

type Overview = Schemas['Overview'];

const ComingDays = lazy(() => import('./ComingDays.tsx'));

export default function OverviewPage() {
  const { post } = useSession();
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: () => ask(api.GET('/api/overview')),
    refetchInterval: 120_000,
  });
  const { data } = overview;
  const above = [
    ...(post === null ? [] : [post.unit.name, post.title]),
    ...(data === undefined ? [] : [`${dayAndTime(data.now).time} 的数`]),
  ];
  return (
    <Page title="总览" above={above.join(' · ')}>
      {overview.isPending && <Loading rows={8} />}
      {overview.isError && (
        <Failure error={overview.error} retry={() => void overview.refetch()} still="待办和案件不受影响。" />
      )}
      {data !== undefined && (
        <>
          <p className={styles['headline']}>{headline(data)}</p>
          <div className={styles['lay']}>
            <div>
              <Decisions overview={data} />
              <Units overview={data} />
            </div>
            <div>
              <Gaps overview={data} />
              <Card title="今后两周到期" acts={<Link to="/cases?closed=false&order=due">全部</Link>}>
                <Suspense fallback={<Loading rows={4} />}>
                  <ComingDays days={data.coming} />
                </Suspense>
              </Card>
              <Effects overview={data} />
              <FailedNotices overview={data} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function Decisions({ overview: { decisions, waiting } }: { readonly overview: Overview }) {
  return (
    <Card
      title="等您决定"
      note={waiting > decisions.length ? `共 ${waiting} 件` : undefined}
      acts={<Link to="/todo">我的待办</Link>}
    >
      {decisions.length === 0 ? (
        <Empty>没有等您办的事。</Empty>
      ) : (
        <ul className={styles['decisions']}>
          {decisions.map(({ caseId, kindTitle, act, subject, standing }) => (
            <li key={caseId}>
              <div>
                <p className="small faint">{kindTitle}</p>
                <Link to={`/cases/${caseId}`}>
                  <b>{act}</b> {subject}
                </Link>
              </div>
              <div>
                {standing !== null && (
                  <>
                    <b className={standing.urgency ?? ''}>{standingWords(standing)}</b>
                    <p className="small quiet">{dueWords(standing)}</p>
                  </>
                )}
              </div>
              <Link to={`/cases/${caseId}`} className="no-print">
                <Button size="small">审阅</Button>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const GAPS = [
  ['binding', '建立关系', '户'],
  ['pledge', '签承诺书', '人'],
  ['completion', '督导完成', '户'],
] as const;

function Gaps({ overview: { rates } }: { readonly overview: Overview }) {
  const mayBoard = useMay('cycle.read');
  const { coverage } = rates;
  return (
    <Card title="离 100% 还差" acts={mayBoard ? <Link to="/supervision">看板</Link> : undefined}>
      <ul className={styles['gaps']}>
        {GAPS.map(([name, title, unit]) => {
          const { missing, overdue, denominator } = rates[name];
          return (
            <li key={name}>
              <span>{title}</span>
              <Link to={`/supervision?rate=${name}`} className={missing > 0 ? 'red' : ''}>
                <b>{missing}</b> {unit}
              </Link>
              <small>
                {denominator === 0
                  ? '无应计'
                  : missing === 0
                    ? '没有缺口'
                    : overdue === 0
                      ? '均在期限内'
                      : `${overdue} ${unit}已超期`}
              </small>
            </li>
          );
        })}
        <li>
          <span>本期走访</span>
          <Link to="/supervision?rate=coverage">
            {coverage.numerator} / {coverage.denominator} 户
          </Link>
          <small />
        </li>
      </ul>
    </Card>
  );
}

function FailedNotices({ overview: { failed } }: { readonly overview: Overview }) {
  const total = failed.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title="没送到的通知" acts={total > 0 ? <Link to="/notices?state=refused">全部 {total} 条</Link> : undefined}>
      {total === 0 ? (
        <p className="quiet">都送到了。</p>
      ) : (
        <ul>
          {failed.map(({ state, why, words, count }) => (
            <li key={`${state} ${why ?? ''}`}>
              <Link to={`/notices?state=${state}`}>
                <b>{count} 条</b>
              </Link>{' '}
              {words}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
