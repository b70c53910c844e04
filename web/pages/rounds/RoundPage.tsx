/** 今日走访: how far the round is, and whom to visit next, in an order of one's own. */
import { useState } from 'react';
import { Button, Segmented } from 'antd';
import { Link } from 'react-router';
import { placeOf, type Parcel } from '../../offline/delivery.ts';
import type { Draft } from '../../offline/draft.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Note } from '../../parts/Note.tsx';
import { Page } from '../../parts/Page.tsx';
import { dayWords, dueWords, instantWords, standingWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import { Missing } from './Missing.tsx';
import { inOrder } from './order.ts';
import { OwnOrder } from './OwnOrder.tsx';
import styles from './Rounds.module.css';
import { SendBar } from './SendBar.tsx';
import { SubjectCard } from './SubjectCard.tsx';
import { useKept, useSheet, type Sheet } from './use-round.ts';

export function RoundPage({ round }: { readonly round: string }) {
  const sheet = useSheet(round);
  const { parcels, drafts } = useKept();
  const read = sheet.data;
  return (
    <Page
      title="今日走访"
      above={<Link to="/todo">我的待办</Link>}
      beside={read !== undefined && <span className="quiet">{dayWords(read.value.on)}</span>}
    >
      <SendBar />
      {sheet.isPending && <Loading rows={6} />}
      {sheet.isError && (
        <Failure error={sheet.error} retry={() => void sheet.refetch()} still="已存在本机的记录不受影响。" />
      )}
      {read !== undefined && read.keptAt !== null && (
        <Note title={`走访单为 ${instantWords(read.keptAt)} 读到的`}>连上网络后自动更新；记录照常。</Note>
      )}
      {read !== undefined && <Subjects sheet={read.value} parcels={parcels} drafts={drafts} />}
    </Page>
  );
}

interface SubjectsProps {
  readonly sheet: Sheet;
  readonly parcels: readonly Parcel[];
  readonly drafts: readonly Draft[];
}

function Subjects({ sheet, parcels, drafts }: SubjectsProps) {
  const [by, setBy] = useState<'address' | 'own'>(sheet.order.length > 0 ? 'own' : 'address');
  const [all, setAll] = useState(false);
  const [ordering, setOrdering] = useState(false);
  const own = parcels.filter(({ round }) => round === sheet.key);
  const parcelOf = (subject: string) => own.find(({ body }) => body.subject === subject);
  const draftOf = (subject: string) => drafts.find((one) => one.round === sheet.key && one.subject === subject);
  /** Still to be visited, and nothing recorded here. */
  const isLeft = ({ subject, status }: Sheet['subjects'][number]) => {
    const parcel = parcelOf(subject);
    return status === 'due' && (parcel === undefined || placeOf(parcel) === 'shelved');
  };
  const counted = sheet.subjects.filter(({ status }) => status === 'due' || status === 'done');
  const done = counted.filter(({ status }) => status === 'done').length;
  const here = counted.filter((subject) => subject.status === 'due' && !isLeft(subject)).length;
  const left = inOrder(sheet.subjects.filter(isLeft), by === 'own' ? sheet.order : null);
  const others = inOrder(
    sheet.subjects.filter((subject) => !isLeft(subject)),
    null,
  );
  return (
    <>
      <section className={styles['progress']} aria-label="进度">
        <p className={styles['count']}>
          <span>
            <b>
              {done} / {counted.length}
            </b>{' '}
            户已走访
            {here > 0 && <small className="quiet">，另 {here} 户记在本机</small>}
          </span>
          <span className={sheet.standing.urgency ?? ''}>{standingWords(sheet.standing)}</span>
        </p>
        <progress max={Math.max(1, counted.length)} value={done} aria-label="已走访的户数" />
        <p className="small quiet">
          {sheet.cycle} 轮次，{dueWords(sheet.standing)} 到期 · <Link to={casePath(sheet.caseId)}>为何</Link>
        </p>
      </section>
      <Missing sheet={sheet} />
      <div className={styles['tools']}>
        <Segmented
          size="large"
          aria-label="排列"
          value={by}
          onChange={setBy}
          options={[
            { value: 'address', label: '按地址' },
            { value: 'own', label: '按顺序' },
          ]}
        />
        {by === 'own' && (
          <Button size="large" onClick={() => setOrdering(!ordering)} aria-expanded={ordering}>
            {ordering ? '排好了' : '调整顺序'}
          </Button>
        )}
        <Button size="large" type="text" onClick={() => setAll(!all)} aria-pressed={all}>
          {all ? '只看未走访' : `全部 ${String(sheet.subjects.length)} 户`}
        </Button>
      </div>
      {by === 'own' && ordering ? (
        <OwnOrder sheet={sheet} subjects={left} />
      ) : (
        <>
          {left.length === 0 && <Empty>{done === counted.length ? '这一轮都已走访。' : '都已记录，等待送达。'}</Empty>}
          <ul className={styles['cards']} aria-label="未走访">
            {left.map((subject, nth) => (
              <SubjectCard
                key={subject.subject}
                sheet={sheet}
                subject={subject}
                first={nth === 0}
                draft={draftOf(subject.subject)}
                parcel={parcelOf(subject.subject)}
              />
            ))}
          </ul>
          {all && others.length > 0 && (
            <ul className={styles['cards']} aria-label="已走访和不再走访">
              {others.map((subject) => (
                <SubjectCard
                  key={subject.subject}
                  sheet={sheet}
                  subject={subject}
                  first={false}
                  draft={undefined}
                  parcel={parcelOf(subject.subject)}
                />
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}
