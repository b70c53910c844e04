/** Twelve months: working days plain, days off hatched, make-up days marked, what is not yet known washed. */
import type { Schemas } from '../../api/client.ts';
import styles from './Calendar.module.css';

export type Day = Schemas['CalendarYear']['days'][number];

const KINDS: Readonly<Record<Day['kind'], readonly [mark: string, words: string]>> = {
  work: ['', '工作日'],
  weekend: ['休', '休息日'],
  holiday: ['假', '放假'],
  'make-up': ['班', '调休上班'],
};

interface MonthsProps {
  readonly days: readonly Day[];
  readonly today?: string;
  /** Days that a draft changes. */
  readonly changed?: ReadonlySet<string>;
  readonly pick?: (day: Day) => void;
}

export function Months({ days, today, changed, pick }: MonthsProps) {
  const months = Array.from({ length: 12 }, (_, nth) => days.filter(({ on }) => Number(on.slice(5, 7)) === nth + 1));
  return (
    <div className={styles['months']}>
      {months.map((month, nth) => (
        <Month key={nth} nth={nth + 1} days={month} today={today} changed={changed} pick={pick} />
      ))}
    </div>
  );
}

interface MonthProps {
  readonly nth: number;
  readonly days: readonly Day[];
  readonly today: string | undefined;
  readonly changed: ReadonlySet<string> | undefined;
  readonly pick: ((day: Day) => void) | undefined;
}

function Month({ nth, days, today, changed, pick }: MonthProps) {
  const first = days[0];
  if (first === undefined) return null;
  const blank = (new Date(`${first.on}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (Day | null)[] = [...Array.from({ length: blank }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <table className={styles['month']}>
      <caption>{nth}月</caption>
      <thead>
        <tr>
          {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, at) => (
          <tr key={at}>
            {week.map((day, column) => {
              if (day === null) return <td key={column} />;
              const [mark, words] = KINDS[day.kind];
              const look = `${styles[day.kind]} ${day.provisional ? styles['provisional'] : ''} ${day.on === today ? styles['today'] : ''} ${changed?.has(day.on) === true ? styles['changed'] : ''}`;
              const name = `${day.on} ${words}${day.name === null ? '' : ` ${day.name}`}${day.provisional ? ' 暂定' : ''}`;
              const shown = `${Number(day.on.slice(8))}${mark}`;
              const text = (
                <>
                  {Number(day.on.slice(8))}
                  <b>{mark}</b>
                </>
              );
              return (
                <td key={day.on} className={look} title={name}>
                  {pick === undefined ? (
                    text
                  ) : (
                    <button type="button" aria-label={`${shown} ${name}`} onClick={() => pick(day)}>
                      {text}
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const Legend = () => (
  <ul className={styles['legend']} aria-label="图例">
    <li>
      <i className={styles['weekend']} /> 休息日
    </li>
    <li>
      <i className={styles['holiday']} /> 放假
    </li>
    <li>
      <i className={styles['make-up']} /> 调休上班
    </li>
    <li>
      <i className={styles['provisional']} /> 暂定
    </li>
  </ul>
);
