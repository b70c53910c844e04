/** 送出记录: what the office has, what is still only here, and what it did not take. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { useSession } from '../../app/session.tsx';
import { placeOf, type Parcel } from '../../offline/delivery.ts';
import { sendSoon } from '../../offline/sending.ts';
import { Empty } from '../../parts/Empty.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import { Conflict } from './Conflict.tsx';
import styles from './Rounds.module.css';
import { SendBar } from './SendBar.tsx';
import { Shelved } from './Shelved.tsx';
import { useKept, useSending } from './use-round.ts';

export function QueuePage() {
  const { person } = useSession();
  const { parcels } = useKept();
  const online = useOnline();
  const sending = useSending();
  const at = (...places: readonly string[]) =>
    [...parcels].filter((parcel) => places.includes(placeOf(parcel))).sort((a, b) => a.at - b.at);
  const waiting = at('facts', 'photos');
  const delivered = at('delivered').reverse();
  return (
    <Page title="送出记录" above={<Link to="/rounds">走访</Link>}>
      <SendBar here />
      {parcels.length === 0 && <Empty>{person.name} 在这台手机上还没有记录过走访。</Empty>}
      <Part title="要您决定" rows={at('decision')} row={(parcel) => <Conflict key={parcel.key} parcel={parcel} />} />
      <Part
        title="待送出"
        rows={waiting}
        row={(parcel) => <Waiting key={parcel.key} parcel={parcel} online={online} />}
        act={
          <Button size="large" disabled={!online || sending === 'sending'} onClick={sendSoon}>
            {online ? '现在送出' : '联网后自动送出'}
          </Button>
        }
      />
      <Part title="留在本机" rows={at('shelved')} row={(parcel) => <Shelved key={parcel.key} parcel={parcel} />} />
      <Part title="已送达" rows={delivered} row={(parcel) => <Delivered key={parcel.key} parcel={parcel} />} />
    </Page>
  );
}

interface PartProps {
  readonly title: string;
  readonly rows: readonly Parcel[];
  readonly row: (parcel: Parcel) => React.ReactNode;
  readonly act?: React.ReactNode;
}

function Part({ title, rows, row, act }: PartProps) {
  if (rows.length === 0) return null;
  return (
    <section className={styles['part']} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles['cards']}>{rows.map(row)}</ul>
      {act}
    </section>
  );
}

const told = ({ body, photos, at }: Parcel): string =>
  `${instantWords(at)} 记完，${body.findings.length === 0 ? '无问题' : `${String(body.findings.length)} 个问题`}，${String(photos.length)} 张照片`;

function Waiting({ parcel, online }: { readonly parcel: Parcel; readonly online: boolean }) {
  const { receipt, arrived, photos } = parcel;
  const parts = photos.length + 1;
  const sent = (receipt === null ? 0 : 1) + arrived.length;
  const state = !online && sent === 0 ? '等待联网' : `已送 ${String(sent)} / ${String(parts)}`;
  return (
    <li className={styles['card']}>
      <p className={styles['line']}>
        <b className={styles['name']}>{parcel.subjectName}</b>
        <span>{state}</span>
      </p>
      <p className="small quiet">{told(parcel)}</p>
      {sent > 0 && <progress max={parts} value={sent} aria-label={`${parcel.subjectName} 已送的份数`} />}
    </li>
  );
}

function Delivered({ parcel }: { readonly parcel: Parcel }) {
  const { receipt, round, subjectName } = parcel;
  return (
    <li className={styles['card']}>
      <p className={styles['line']}>
        <b className={styles['name']}>{subjectName}</b>
        {receipt !== null && (
          <Link to={casePath(`round/${round}`)} title={`第 ${String(receipt.seq)} 条，${receipt.head}`}>
            回执 {receipt.head.slice(0, 4)}
          </Link>
        )}
      </p>
      <p className="small quiet">
        {told(parcel)}
        {receipt !== null && `；${instantWords(receipt.at)} 登记为第 ${String(receipt.seq)} 条`}
        {parcel.telling.as === 'amendment' && '（补正）'}
      </p>
    </li>
  );
}
