/** A visit while it is being written down: every touch of it is kept on the phone. Pure: what is missing, and what is sent. */
import type { Parcel, Photo, VisitBody } from './delivery.ts';

export type Answer = 'yes' | 'no' | 'na';
export type Mode = VisitBody['mode'];
export type Severity = VisitBody['findings'][number]['severity'];

export interface DraftFinding {
  readonly finding: string;
  readonly item: string;
  readonly text: string;
  readonly severity: Severity;
  readonly onSpot: boolean;
}

export interface Draft {
  readonly key: string;
  readonly visit: string;
  readonly post: string;
  readonly round: string;
  readonly subject: string;
  readonly subjectName: string;
  /** Set at the first touch, and never changed by sending. */
  readonly startedAt: number;
  readonly visitedOn: string;
  readonly mode: Mode;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly findings: readonly DraftFinding[];
  readonly photos: readonly Photo[];
  readonly note: string;
}

export interface ChecklistItem {
  readonly code: string;
  readonly title: string;
  readonly required: boolean;
}

/** What a draft is measured against. */
export interface Asked {
  readonly checklist: readonly ChecklistItem[];
  readonly requiredModes: readonly Mode[];
  readonly onSite: boolean;
}

/** What is still missing, in words; `at` is the id of the place on the page. */
export interface Gap {
  readonly at: string;
  readonly words: string;
}

export function gapsOf({ answers, findings, photos, mode }: Draft, { checklist, requiredModes, onSite }: Asked): Gap[] {
  const gaps: Gap[] = [];
  if (onSite && mode !== 'on-site') gaps.push({ at: 'mode', words: '这一户须现场走访' });
  for (const { code, title, required } of checklist) {
    const answer = answers[code];
    if (answer === undefined && required) gaps.push({ at: `item-${code}`, words: `「${title}」还没有答` });
    if (answer !== 'no') continue;
    const own = findings.filter(({ item }) => item === code);
    if (own.length === 0 || own.some(({ text }) => text.trim() === ''))
      gaps.push({ at: `item-${code}`, words: `「${title}」答了否，请写明问题` });
  }
  if (photos.length === 0 && requiredModes.includes(mode))
    gaps.push({ at: 'photos', words: '现场走访须至少拍一张照片' });
  return gaps;
}

/** How many items have an answer. */
export const answered = ({ answers }: Draft, checklist: readonly ChecklistItem[]): number =>
  checklist.filter(({ code }) => answers[code] !== undefined).length;

/** Findings of items that were answered 否; those of an answer taken back stay in the draft and are not sent. */
export const standing = ({ answers, findings }: Draft): readonly DraftFinding[] =>
  findings.filter(({ item }) => answers[item] === 'no');

/** Likewise the photographs. */
export const shown = ({ answers, photos }: Draft): readonly Photo[] =>
  photos.filter(({ item }) => item === null || answers[item] === 'no');

export function bodyOf(
  draft: Draft,
  confirmedBy: VisitBody['confirmedBy'],
  checklist: readonly ChecklistItem[],
): VisitBody {
  const { visit, subject, visitedOn, mode, answers, note } = draft;
  const items = checklist.flatMap(({ code }) => {
    const answer = answers[code];
    if (answer === undefined) return [];
    return [answer === 'na' ? { code, met: false, applies: false as const } : { code, met: answer === 'yes' }];
  });
  return {
    visit,
    subject,
    visitedOn,
    mode,
    items,
    findings: standing(draft).map(({ finding, item, severity, onSpot, text }) => ({
      finding,
      item,
      severity,
      ...(onSpot ? { correctedOnSpot: true } : {}),
      text: text.trim(),
    })),
    evidence: shown(draft).map(({ digest, takenOn }) => ({ digest, takenOn })),
    confirmedBy,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
}

/** Ready to be sent; the number is the one of the first touch. */
export const packed = (draft: Draft, body: VisitBody, at: number): Parcel => ({
  key: draft.key,
  post: draft.post,
  round: draft.round,
  subjectName: draft.subjectName,
  body,
  telling: { as: 'visit' },
  photos: shown(draft),
  at,
  receipt: null,
  arrived: [],
  trouble: null,
  shelved: false,
});

/** Back to paper: a parcel that was refused becomes a draft with a number of its own. */
export function unpacked({ body, post, round, subjectName, photos, at }: Parcel, key: string, visit: string): Draft {
  return {
    key,
    visit,
    post,
    round,
    subject: body.subject,
    subjectName,
    startedAt: at,
    visitedOn: body.visitedOn,
    mode: body.mode,
    answers: Object.fromEntries(
      body.items.map(({ code, met, applies }) => [code, applies === false ? 'na' : met ? 'yes' : 'no']),
    ),
    findings: body.findings.map(({ finding, item, text, severity, correctedOnSpot }) => ({
      finding,
      item,
      text,
      severity,
      onSpot: correctedOnSpot === true,
    })),
    photos,
    note: body.note ?? '',
  };
}
