/** The rounds that the post works; straight to the only one. */
import { Link, Navigate } from 'react-router';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { dueWords, standingWords } from '../../words/dates.ts';
import styles from './Rounds.module.css';
import { SendBar } from './SendBar.tsx';
import { roundPath, useMyRounds } from './use-round.ts';

export function RoundList() {
  const mine = useMyRounds();
  const rows = mine.data?.value ?? [];
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) return <Navigate to={roundPath(only.key)} replace />;
  return (
    <Page title="走访">
      <SendBar />
      {mine.isPending && <Loading rows={3} />}
      {mine.isError && (
        <Failure error={mine.error} retry={() => void mine.refetch()} still="已存在本机的记录不受影响。" />
      )}
      {mine.data !== undefined && rows.length === 0 && (
        <Empty>您的岗位现在没有正在走访的轮次。周期启动后，轮次会出现在这里和「我的待办」。</Empty>
      )}
      <ul className={styles['cards']}>
        {rows.map(({ caseId, key, due, total, standing }) => (
          <li key={caseId} className={styles['card']}>
            <h2>
              <Link className={styles['name'] ?? ''} to={roundPath(key)}>
                {key}
              </Link>
            </h2>
            <p>
              还有 {due} 户未走访，共 {total} 户
            </p>
            {standing !== null && (
              <p className="quiet">
                <b className={standing.urgency ?? ''}>{standingWords(standing)}</b> · {dueWords(standing)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Page>
  );
}
