/** One item of the checklist: 是, 否 or 不涉及. 否 opens the finding where it belongs. */
import { newKey } from '../../api/client.ts';
import type { Answer, ChecklistItem, Draft, DraftFinding, Severity } from '../../offline/draft.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { Photos } from './Photos.tsx';
import styles from './Rounds.module.css';

const ANSWERS: readonly { readonly answer: Answer; readonly title: string }[] = [
  { answer: 'yes', title: '是' },
  { answer: 'no', title: '否' },
  { answer: 'na', title: '不涉及' },
];

interface ItemRowProps {
  readonly item: ChecklistItem;
  readonly draft: Draft;
  readonly change: (how: (before: Draft) => Draft) => void;
}

const blank = (item: string): DraftFinding => ({
  finding: newKey(),
  item,
  text: '',
  severity: 'general',
  onSpot: false,
});

/** The answer; the first 否 brings an empty finding. */
function withAnswer(draft: Draft, code: string, answer: Answer): Draft {
  const needsOne = answer === 'no' && !draft.findings.some(({ item }) => item === code);
  return {
    ...draft,
    answers: { ...draft.answers, [code]: answer },
    findings: needsOne ? [...draft.findings, blank(code)] : draft.findings,
  };
}

export function ItemRow({ item, draft, change }: ItemRowProps) {
  const { code, title } = item;
  const answer = draft.answers[code];
  const findings = draft.findings.filter((one) => one.item === code);
  return (
    <div id={`item-${code}`} className={styles['item']}>
      <fieldset className={styles['choice']}>
        <legend>
          {fullWidth(title)}
          {!item.required && <span className="faint">（可不答）</span>}
        </legend>
        <div className={styles['segments']}>
          {ANSWERS.map((one) => (
            <label key={one.answer}>
              <input
                type="radio"
                name={`item-${code}`}
                checked={answer === one.answer}
                onChange={() => change((before) => withAnswer(before, code, one.answer))}
              />
              <span>{one.title}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {answer === 'no' && (
        <div className={styles['findings']}>
          {findings.map((finding, nth) => (
            <FindingForm
              key={finding.finding}
              finding={finding}
              nth={nth}
              only={findings.length === 1}
              change={change}
            />
          ))}
          <Photos draft={draft} item={code} change={change} />
          <button
            type="button"
            className={styles['plain']}
            onClick={() => change((before) => ({ ...before, findings: [...before.findings, blank(code)] }))}
          >
            这一项还有别的问题
          </button>
        </div>
      )}
    </div>
  );
}

const SEVERITIES: readonly { readonly severity: Severity; readonly title: string; readonly then: string }[] = [
  { severity: 'minor', title: '轻微', then: '可当场改正；没有改正的交办市场监管所' },
  { severity: 'general', title: '一般', then: '交办市场监管所，限期整改后复查销号' },
  { severity: 'serious', title: '严重', then: '交办市场监管所，可作为线索移送执法机构' },
];

interface FindingFormProps {
  readonly finding: DraftFinding;
  readonly nth: number;
  readonly only: boolean;
  readonly change: ItemRowProps['change'];
}

function FindingForm({ finding, nth, only, change }: FindingFormProps) {
  const id = `finding-${finding.finding}`;
  const put = (part: Partial<DraftFinding>) =>
    change((before) => ({
      ...before,
      findings: before.findings.map((one) => (one.finding === finding.finding ? { ...one, ...part } : one)),
    }));
  return (
    <div className={styles['finding']}>
      <div className={styles['blockHead']}>
        <label htmlFor={id}>问题 {nth + 1}</label>
        {!only && (
          <button
            type="button"
            className={styles['plain']}
            aria-label={`去掉问题 ${String(nth + 1)}`}
            onClick={() =>
              change((before) => ({
                ...before,
                findings: before.findings.filter((one) => one.finding !== finding.finding),
              }))
            }
          >
            去掉
          </button>
        )}
      </div>
      <textarea
        id={id}
        rows={2}
        maxLength={1_000}
        value={finding.text}
        onChange={({ target }) => put({ text: target.value })}
      />
      <fieldset className={styles['options']}>
        <legend className="hidden-text">问题 {nth + 1} 的严重程度</legend>
        {SEVERITIES.map(({ severity, title, then }) => (
          <label key={severity}>
            <input
              type="radio"
              name={`severity-${finding.finding}`}
              checked={finding.severity === severity}
              onChange={() => put({ severity, ...(severity === 'minor' ? {} : { onSpot: false }) })}
            />
            <span>
              {title}
              <small className="quiet">{then}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {finding.severity === 'minor' && (
        <label className={styles['check']}>
          <input type="checkbox" checked={finding.onSpot} onChange={({ target }) => put({ onSpot: target.checked })} />
          <span>
            当场改正
            <small className="quiet">请拍改正后的照片，本次即销号</small>
          </span>
        </label>
      )}
    </div>
  );
}
