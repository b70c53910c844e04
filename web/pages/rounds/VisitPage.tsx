/** 记录走访: one visit, item by item, findings where they are found; kept at every touch, confirmed by the business, sent once. */
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../app/session.tsx';
import { dropDraft, keepParcel } from '../../offline/kept.ts';
import { answered, bodyOf, gapsOf, packed, type Gap } from '../../offline/draft.ts';
import type { VisitBody } from '../../offline/delivery.ts';
import { sendSoon } from '../../offline/sending.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Note } from '../../parts/Note.tsx';
import { Page } from '../../parts/Page.tsx';
import { fullWidth } from '../../words/punctuation.ts';
import { Confirm } from './Confirm.tsx';
import { ItemRow } from './ItemRow.tsx';
import { ModePicker } from './ModePicker.tsx';
import { Photos } from './Photos.tsx';
import styles from './Rounds.module.css';
import { SendBar } from './SendBar.tsx';
import { useDraft, type Saved } from './use-draft.ts';
import { roundPath, useSheet, type Sheet, type SheetSubject } from './use-round.ts';

interface VisitPageProps {
  readonly round: string;
  readonly subject: string;
}

export function VisitPage({ round, subject }: VisitPageProps) {
  const sheet = useSheet(round);
  const read = sheet.data?.value;
  const found = read?.subjects.find((one) => one.subject === subject);
  const back = <Link to={roundPath(round)}>今日走访</Link>;
  if (read !== undefined && found !== undefined) return <Recording sheet={read} subject={found} />;
  return (
    <Page title="记录走访" above={back}>
      <SendBar />
      {sheet.isPending && <Loading rows={8} />}
      {sheet.isError && <Failure error={sheet.error} retry={() => void sheet.refetch()} />}
      {read !== undefined && <Note title="这一户不在本轮走访">请回到{back}另选一户。</Note>}
    </Page>
  );
}

const SAVED: Readonly<Record<Saved, string>> = {
  untouched: '',
  saving: '正在存',
  saved: '已存本机',
  failed: '本机存不下，请先联网送出再记',
};

function Recording({ sheet, subject }: { readonly sheet: Sheet; readonly subject: SheetSubject }) {
  const { person } = useSession();
  const { draft, change, saved } = useDraft(sheet, subject);
  const [gaps, setGaps] = useState<readonly Gap[]>([]);
  const [confirming, setConfirming] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const summary = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    if (gaps.length > 0) summary.current?.focus();
  }, [gaps]);
  const asked = {
    checklist: sheet.checklist,
    requiredModes: sheet.evidence.requiredModes,
    onSite: subject.onSite !== null,
  };

  async function put(confirmedBy: VisitBody['confirmedBy']): Promise<void> {
    if (draft === null) return;
    try {
      await keepParcel(person.id, packed(draft, bodyOf(draft, confirmedBy, sheet.checklist), Date.now()));
      await dropDraft(person.id, draft);
    } catch (cause) {
      setFailure(cause);
      return;
    }
    sendSoon();
    await navigate(roundPath(sheet.key));
  }

  const title = <Link to={roundPath(sheet.key)}>今日走访</Link>;
  const head = { title: subject.name, above: title, beside: <span className="quiet">{SAVED[saved]}</span> };
  if (draft === null)
    return (
      <Page {...head}>
        <Loading rows={8} />
      </Page>
    );
  if (confirming)
    return (
      <Page {...head}>
        {failure !== null && <Failure error={failure} still="本机没有存下，记录还在草稿里。" />}
        <Confirm draft={draft} checklist={sheet.checklist} send={put} back={() => setConfirming(false)} />
      </Page>
    );
  return (
    <Page {...head}>
      <SendBar />
      {subject.status !== 'due' && <Note title="这一户现在不由本轮走访">仍可记完；送出时会说明，由您决定怎么办。</Note>}
      {gaps.length > 0 && (
        <div ref={summary} tabIndex={-1} role="alert" className={styles['gaps']}>
          <b>还有 {gaps.length} 处没有记全</b>
          <ul>
            {gaps.map(({ at, words }) => (
              <li key={`${at} ${words}`}>
                <a href={`#${at}`}>{fullWidth(words)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ModePicker draft={draft} subject={subject} sheet={sheet} change={change} />
      <section className={styles['block']} aria-labelledby="checklist">
        <div className={styles['blockHead']}>
          <h2 id="checklist">任务清单</h2>
          <span className="quiet">
            {answered(draft, sheet.checklist)} / {sheet.checklist.length} 项
          </span>
        </div>
        {sheet.checklist.map((item) => (
          <ItemRow key={item.code} item={item} draft={draft} change={change} />
        ))}
      </section>
      <section id="photos" className={styles['block']} aria-labelledby="photos-title">
        <h2 id="photos-title">现场照片</h2>
        <Photos draft={draft} item={null} change={change} />
        <p className="small faint">拍下时即在本机缩小，记下时间和校验码；先送记录，后送照片。</p>
      </section>
      <section className={styles['block']}>
        <label htmlFor="note">说明（可不填）</label>
        <textarea
          id="note"
          rows={3}
          maxLength={2_000}
          value={draft.note}
          onChange={({ target }) => change((before) => ({ ...before, note: target.value }))}
        />
      </section>
      <div className={styles['sticky']}>
        <Button
          type="primary"
          size="large"
          block
          onClick={() => {
            const missing = gapsOf(draft, asked);
            // A new list each time, so that it is read out again.
            setGaps([...missing]);
            if (missing.length === 0) setConfirming(true);
          }}
        >
          请经营者确认
        </Button>
      </div>
    </Page>
  );
}
