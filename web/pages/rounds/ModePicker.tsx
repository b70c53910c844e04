/** How and when the subject was visited; what is not allowed here stays visible, with the reason. */
import type { Draft, Mode } from '../../offline/draft.ts';
import { dayAndTime } from '../../words/dates.ts';
import styles from './Rounds.module.css';
import type { Sheet, SheetSubject } from './use-round.ts';

const MODES: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: 'on-site', title: '现场' },
  { mode: 'video', title: '视频' },
  { mode: 'report-meeting', title: '汇报会' },
];

const WHY = {
  risk: '高风险主体须现场督导，其他方式不可选。',
  planned: '本轮计划要求这一户现场督导，其他方式不可选。',
} as const;

interface ModePickerProps {
  readonly draft: Draft;
  readonly subject: SheetSubject;
  readonly sheet: Sheet;
  readonly change: (how: (before: Draft) => Draft) => void;
}

export function ModePicker({ draft, subject, sheet, change }: ModePickerProps) {
  const today = dayAndTime(Date.now()).on;
  return (
    <section id="mode" className={styles['block']}>
      <fieldset className={styles['choice']} aria-describedby="mode-why">
        <legend>方式</legend>
        <div className={styles['segments']}>
          {MODES.map(({ mode, title }) => (
            <label key={mode}>
              <input
                type="radio"
                name="mode"
                checked={draft.mode === mode}
                disabled={subject.onSite !== null && mode !== 'on-site'}
                onChange={() => change((before) => ({ ...before, mode }))}
              />
              <span>{title}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p id="mode-why" className="small quiet">
        {subject.onSite === null ? '' : WHY[subject.onSite]}
        {sheet.evidence.requiredModes.includes(draft.mode) && '须附照片。'}
      </p>
      <label className={styles['day']}>
        走访日期
        <input
          type="date"
          value={draft.visitedOn}
          min={sheet.period.fromOn}
          max={today}
          required
          onChange={({ target }) => target.value !== '' && change((before) => ({ ...before, visitedOn: target.value }))}
        />
      </label>
    </section>
  );
}
