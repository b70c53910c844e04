/** One subject of the round: where, what to mind, and the one act. */
import { Link } from 'react-router';
import { placeOf, type Parcel } from '../../offline/delivery.ts';
import type { Draft } from '../../offline/draft.ts';
import { dayWords, instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import styles from './Rounds.module.css';
import { visitPath, type Sheet, type SheetSubject } from './use-round.ts';

interface SubjectCardProps {
  readonly sheet: Sheet;
  readonly subject: SheetSubject;
  /** The next one: its act is the page's filled button. */
  readonly first: boolean;
  readonly draft: Draft | undefined;
  readonly parcel: Parcel | undefined;
}

const ON_SITE = { planned: '须现场', risk: '高风险，须现场' } as const;

export function SubjectCard({ sheet, subject, first, draft, parcel }: SubjectCardProps) {
  const { name, address, trade, corrections, onSite, status } = subject;
  const place = parcel === undefined ? undefined : placeOf(parcel);
  const open = status === 'due' && (place === undefined || place === 'shelved') && !sheet.closed;
  return (
    <li className={styles['card']}>
      <h2 className={styles['name']} title={name}>
        {name}
      </h2>
      <p className={styles['tags']}>
        <span>{subject.class} 级</span>
        <span>{trade}</span>
        {onSite !== null && <span>{ON_SITE[onSite]}</span>}
        {corrections.length > 0 && <span className={styles['mind']}>上次问题未销号 {corrections.length} 个</span>}
      </p>
      <p className="quiet">{address}</p>
      {corrections.map(({ caseId, stage, text, dueOn }) => (
        <p key={caseId} className={styles['correction']}>
          {text ?? '（文字已删除）'} <Link to={casePath(caseId)}>{stage}</Link>
          {dueOn !== null && `，${dayWords(dueOn)} 到期`}
        </p>
      ))}
      {open ? (
        <Link
          className={first ? styles['primary'] : styles['act']}
          to={visitPath(sheet.key, subject.subject)}
          aria-label={`${name} ${draft === undefined ? '开始走访' : '继续记录'}`}
        >
          {draft === undefined ? '开始走访' : '继续记录（已存本机）'}
        </Link>
      ) : (
        <p>{outcome(subject, place)}</p>
      )}
    </li>
  );
}

/** Why there is nothing to do here. */
function outcome({ status, record, movedTo }: SheetSubject, place: ReturnType<typeof placeOf> | undefined): string {
  if (status === 'due') return place === 'decision' ? '已记在本机，要您决定，见送出记录。' : '已记在本机，等待送出。';
  switch (status) {
    case 'done':
      return record === null
        ? '已走访。'
        : `${dayWords(record.visitedOn)} 已走访（${record.by}），${record.findings === 0 ? '无问题' : `${String(record.findings)} 个问题`}。`;
    case 'handed-over':
      return movedTo === null
        ? '已移交，不在本轮走访。'
        : `${instantWords(movedTo.at)} 已移交${movedTo.title ?? movedTo.post}。`;
    case 'excused':
      return '本期已免除走访。';
    case 'released':
      return '已不由您的岗位包保。';
    case 'void':
      return '主体已注销，不再走访。';
    case 'written-off':
      return '已核销。';
  }
}
