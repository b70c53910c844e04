/** The office did not take a visit: both versions side by side, and choices that say what they do. Nothing is thrown away. */
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { newKey } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { again, asAmendment, type Parcel } from '../../offline/delivery.ts';
import { unpacked } from '../../offline/draft.ts';
import { dropParcel, keepDraft, keepParcel } from '../../offline/kept.ts';
import { sendSoon } from '../../offline/sending.ts';
import { Failure } from '../../parts/Failure.tsx';
import { dayWords, instantWords } from '../../words/dates.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { choicesFor, titleOf, type Choice } from './conflicts.ts';
import styles from './Rounds.module.css';
import { useSheet, visitPath, type SheetSubject } from './use-round.ts';

export function Conflict({ parcel }: { readonly parcel: Parcel }) {
  const { person } = useSession();
  const navigate = useNavigate();
  const sheet = useSheet(parcel.round).data?.value;
  const subject = sheet?.subjects.find((one) => one.subject === parcel.body.subject);
  const record = subject?.record ?? null;
  const choices = choicesFor(parcel, record, sheet?.on ?? null);
  const [pressed, setPressed] = useState<Choice | null>(null);
  // The choices may change under the person's eyes, when the sheet is read again.
  const chosen = choices.find(({ choice }) => choice === pressed)?.choice ?? choices[0]?.choice ?? 'shelve';
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  async function act(): Promise<void> {
    if (chosen === 'amend' && record !== null)
      await keepParcel(person.id, asAmendment(parcel, newKey(), record.visit, reason.trim()));
    if (chosen === 'again') await keepParcel(person.id, again(parcel, newKey()));
    if (chosen === 'shelve') await keepParcel(person.id, { ...parcel, shelved: true });
    if (chosen === 'edit') {
      // The draft first: between the two writes the visit lies twice on the phone, never nowhere.
      await keepDraft(person.id, unpacked(parcel, newKey(), newKey()));
      await dropParcel(person.id, parcel);
      await navigate(visitPath(parcel.round, parcel.body.subject));
      return;
    }
    sendSoon();
  }

  const name = `choice-${parcel.key}`;
  return (
    <li className={styles['conflict']}>
      <h3>{titleOf(parcel)}</h3>
      <p>
        <b className={styles['name']}>{parcel.subjectName}</b>
      </p>
      <dl>
        <dt>您的记录</dt>
        <dd>{mine(parcel)}</dd>
        <dt>已登记</dt>
        <dd>{registered(subject, parcel)}</dd>
      </dl>
      <fieldset className={styles['options']}>
        <legend className="hidden-text">{parcel.subjectName} 怎么办</legend>
        {choices.map(({ choice, title, effect }) => (
          <label key={choice}>
            <input type="radio" name={name} checked={chosen === choice} onChange={() => setPressed(choice)} />
            <span>
              {title}
              <small className="quiet">{effect}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {chosen === 'amend' && (
        <label className={styles['reason']}>
          补正的理由
          <textarea
            rows={2}
            maxLength={500}
            value={reason}
            aria-invalid={missing}
            onChange={({ target }) => {
              setReason(target.value);
              setMissing(false);
            }}
          />
          {missing && <span role="alert">请写明补正的理由。</span>}
        </label>
      )}
      {failure !== null && <Failure error={failure} still="没有改动，记录还在本机。" />}
      <Button
        size="large"
        block
        onClick={() => {
          if (chosen === 'amend' && reason.trim() === '') setMissing(true);
          else act().catch(setFailure);
        }}
      >
        {choices.find(({ choice }) => choice === chosen)?.title ?? '照此办理'}
      </Button>
    </li>
  );
}

const mine = ({ body, at, photos }: Parcel): string =>
  `${dayWords(body.visitedOn)} 走访（${instantWords(at)} 记完），${String(body.items.length)} 项，${
    body.findings.length === 0 ? '无问题' : `${String(body.findings.length)} 个问题`
  }，${String(photos.length)} 张照片。`;

function registered(subject: SheetSubject | undefined, { trouble }: Parcel): string {
  const said = fullWidth(trouble?.detail ?? '');
  if (subject === undefined) return said;
  const { record, movedTo } = subject;
  if (record !== null)
    return `${dayWords(record.visitedOn)} 走访，${record.by}，${instantWords(record.receivedAt)} 登记，${
      record.findings === 0 ? '无问题' : `${String(record.findings)} 个问题`
    }。`;
  if (movedTo !== null) return `${instantWords(movedTo.at)} 移交${movedTo.title ?? movedTo.post}。`;
  return said;
}
