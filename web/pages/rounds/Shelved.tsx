/** Kept on the phone by decision: it can be sent after all, or thrown away, which is asked twice. */
import { Button } from 'antd';
import { useState } from 'react';
import { newKey } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { again, type Parcel } from '../../offline/delivery.ts';
import { dropParcel, keepParcel } from '../../offline/kept.ts';
import { sendSoon } from '../../offline/sending.ts';
import { instantWords } from '../../words/dates.ts';
import styles from './Rounds.module.css';

export function Shelved({ parcel }: { readonly parcel: Parcel }) {
  const { person } = useSession();
  const [sure, setSure] = useState(false);
  return (
    <li className={styles['card']}>
      <b className={styles['name']}>{parcel.subjectName}</b>
      <p className="small quiet">{instantWords(parcel.at)} 记完，没有送出，不自动删除。</p>
      <div className={styles['pair']}>
        <Button
          size="large"
          onClick={() => void keepParcel(person.id, again(parcel, newKey())).then(sendSoon)}
          aria-label={`${parcel.subjectName} 再送一次`}
        >
          再送一次
        </Button>
        {sure ? (
          <Button size="large" danger onClick={() => void dropParcel(person.id, parcel)}>
            删去，不能找回
          </Button>
        ) : (
          <Button size="large" onClick={() => setSure(true)} aria-label={`${parcel.subjectName} 删去`}>
            删去
          </Button>
        )}
      </div>
    </li>
  );
}
