/** The draft of one visit: read from the phone, changed in place, kept at every touch. */
import { useEffect, useRef, useState } from 'react';
import { newKey } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import type { Draft } from '../../offline/draft.ts';
import { draftOf, keepDraft } from '../../offline/kept.ts';
import { dayAndTime } from '../../words/dates.ts';
import type { Sheet, SheetSubject } from './use-round.ts';

const blank = ({ key, post }: Sheet, { subject, name }: SheetSubject): Draft => {
  const startedAt = Date.now();
  return {
    key: newKey(),
    visit: newKey(),
    post,
    round: key,
    subject,
    subjectName: name,
    startedAt,
    visitedOn: dayAndTime(startedAt).on,
    mode: 'on-site',
    answers: {},
    findings: [],
    photos: [],
    note: '',
  };
};

export type Saved = 'untouched' | 'saving' | 'saved' | 'failed';

export function useDraft(sheet: Sheet, subject: SheetSubject) {
  const { person } = useSession();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [saved, setSaved] = useState<Saved>('untouched');
  const newest = useRef<Draft | null>(null);

  useEffect(() => {
    let gone = false;
    const begin = (found: Draft | undefined) => {
      if (gone) return;
      newest.current = found ?? blank(sheet, subject);
      setDraft(newest.current);
      setSaved(found === undefined ? 'untouched' : 'saved');
    };
    draftOf(person.id, sheet.key, subject.subject).then(begin, () => {
      begin(undefined);
      setSaved('failed');
    });
    return () => {
      gone = true;
    };
    // The draft is read once; a sheet that is read again does not take back what was typed.
  }, [person.id, sheet.key, subject.subject]);

  const change = (how: (before: Draft) => Draft): void => {
    if (newest.current === null) return;
    const next = how(newest.current);
    newest.current = next;
    setDraft(next);
    setSaved('saving');
    keepDraft(person.id, next).then(
      () => setSaved((before) => (newest.current === next ? 'saved' : before)),
      () => setSaved('failed'),
    );
  };
  return { draft, change, saved };
}
