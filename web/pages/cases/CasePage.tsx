/** One case of any kind: what it is, its clocks and course on one axis, what I may do, papers, links; and as it was at any moment. */
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiFailure } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { instantWords } from '../../words/dates.ts';
import { Acts } from './Acts.tsx';
import { AxisCard } from './AxisCard.tsx';
import styles from './Case.module.css';
import { FactStrip } from './FactStrip.tsx';
import { Links } from './Links.tsx';
import { Papers } from './Papers.tsx';
import { Stages } from './Stages.tsx';
import { Then } from './Then.tsx';
import { Timeline } from './Timeline.tsx';
import { useCaseNow, useInstants, useMoment, usePoint, type CaseMoment, type CaseNow } from './use-case.ts';
import { Verified } from './Verified.tsx';
import { WhyClock } from './WhyClock.tsx';

export function CasePage({ caseId }: { readonly caseId: string }) {
  const now = useCaseNow(caseId);
  if (now.data !== undefined) return <Loaded view={now.data} stale={now.error} retry={() => void now.refetch()} />;
  if (now.error !== null) return <Absent caseId={caseId} error={now.error} retry={() => void now.refetch()} />;
  return (
    <Page title="案件" above={<Link to="/cases">案件</Link>}>
      <Card>
        <Loading rows={10} />
      </Card>
    </Page>
  );
}

/** Not there, or not for this post: which it is, nobody is told. */
function Absent({
  caseId,
  error,
  retry,
}: {
  readonly caseId: string;
  readonly error: Error;
  readonly retry: () => void;
}) {
  const gone = error instanceof ApiFailure && error.status === 404;
  return (
    <Page title={gone ? '没有这个案件' : '案件'} above={<Link to="/cases">案件</Link>}>
      {gone ? (
        <Card>
          <p>
            没有编号为「{caseId}」的案件，或者它不在您的查看范围内。本次打开已记入访问记录。
            <Link to="/cases">回到案件列表</Link>
          </p>
        </Card>
      ) : (
        <Failure error={error} retry={retry} still="案件列表和其他页面不受影响。" />
      )}
    </Page>
  );
}

/** `对象 种类`: the subject's name; without one the post that holds it, its unit, or the number. */
const titleOf = ({ kindTitle, subject, unit, holder, case: { key } }: CaseNow): string =>
  `${subject?.name ?? (unit === null ? key : (holder?.title ?? unit.name))} ${kindTitle}`;

interface LoadedProps {
  readonly view: CaseNow;
  readonly stale: Error | null;
  readonly retry: () => void;
}

function Loaded({ view, stale, retry }: LoadedProps) {
  const { caseId, kindTitle, kind } = view;
  const { person, post } = useSession();
  const [point, move] = usePoint();
  const instants = useInstants(caseId);
  const moment = useMoment(caseId, point);
  const [clock, setClock] = useState<string | null>(null);
  const [verifying, setVerifying] = useState(false);
  const [printing, setPrinting] = useState(false);

  const past = point !== null;
  const shown: CaseMoment = past && moment.data !== undefined ? moment.data : view;
  return (
    <div className={past ? styles['past'] : undefined}>
      <Page
        title={titleOf(view)}
        above={
          <>
            <Link to="/cases">案件</Link> / <Link to={`/cases?kind=${kind}`}>{kindTitle}</Link> / {caseId}
          </>
        }
        acts={
          <>
            <Button size="small" loading={printing} onClick={() => setPrinting(true)}>
              打印案卷
            </Button>
            <Button size="small" onClick={() => setVerifying(true)}>
              核验记录
            </Button>
          </>
        }
      >
        {stale !== null && <Failure error={stale} retry={retry} still="下面是先前读到的内容。" />}
        {!past && <FactStrip view={view} />}
        <Stages stages={shown.stages} past={past} />
        {verifying && <Verified caseId={caseId} close={() => setVerifying(false)} />}
        <AxisCard
          view={view}
          shown={shown}
          instants={instants.data}
          point={point}
          move={move}
          clock={clock}
          choose={setClock}
          problem={moment.error}
        />
        <div className={styles['two']}>
          <div>
            <WhyClock shown={shown} ahead={past ? [] : view.ahead} clock={clock} />
            <Timeline
              caseId={caseId}
              clocks={view.clocks}
              people={instants.data?.people ?? []}
              total={view.head.seq}
              until={past ? shown.head.seq : null}
              printing={printing}
              printed={() => setPrinting(false)}
            />
          </div>
          <div>
            {past ? <Then shown={shown} /> : <Acts view={view} />}
            <Papers papers={shown.papers} past={past} />
            {past ? null : <Links view={view} />}
          </div>
        </div>
        <p className={styles['footer']}>
          {caseId} · 第 {shown.head.seq} 条 · 摘要值 {shown.head.hash}
          <br />
          {post?.title} {person.name} 打印于 {instantWords(view.at)}
        </p>
      </Page>
    </div>
  );
}
