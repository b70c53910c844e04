/** The days of a limit, counted on a small calendar: which count, which do not, where it ends. */
import type { Schemas } from '../api/client.ts';
import { dayAndTime } from '../words/dates.ts';
import styles from './DayCount.module.css';

type Explanation = Schemas['Explanation'];
type Day = Explanation['days'][number];

/** Longer limits show their first and last weeks. */
const FOLD_ABOVE = 45;
const SHOWN_WEEKS = 5;

const DAY_MS = 86_400_000;
const at = (on: string): number => Date.parse(`${on}T00:00:00Z`);
const monday = (on: string): number => at(on) - ((new Date(at(on)).getUTCDay() + 6) % 7) * DAY_MS;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What stands under a day that is not counted. */
function mark({ reason }: Day): string {
  if (reason.includes('停')) return '停';
  if (reason.includes('周末')) return '休';
  if (reason.includes('放假') || reason.includes('节')) return '假';
  return '不计';
}

interface DayCountProps {
  readonly explanation: Explanation;
  /** Today, outlined. */
  readonly today?: string;
}

export function DayCount({ explanation, today }: DayCountProps) {
  const { days, startedOn, startedAt, due } = explanation;
  if (days.length === 0 || due?.unit === 'h') return <HourLine startedAt={startedAt} dueAt={due?.dueAt ?? null} />;
  const known = new Map(days.map((day) => [day.date, day]));
  let counted = 0;
  const number = new Map(days.map((day) => [day.date, day.counted ? (counted += 1) : 0]));
  const last = due?.dueOn ?? days.at(-1)?.date ?? startedOn;
  const lenient = due !== null && due !== undefined && due.dueOnLenient !== due.dueOn ? due.dueOnLenient : null;
  const first = monday(startedOn);
  const end = monday(lenient ?? last);
  const weeks: number[] = [];
  for (let week = first; week <= end; week += 7 * DAY_MS) weeks.push(week);
  const folded = days.length > FOLD_ABOVE ? weeks.length - 2 * SHOWN_WEEKS : 0;
  const shown = folded > 0 ? [...weeks.slice(0, SHOWN_WEEKS), null, ...weeks.slice(-SHOWN_WEEKS)] : weeks;

  return (
    <table className={styles['days']}>
      <caption>{monthsOf(startedOn, lenient ?? last)}</caption>
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
        {shown.map((week) =>
          week === null ? (
            <tr key="fold">
              <td className={styles['fold']} colSpan={7}>
                中间 {folded} 周略去，逐日见下
              </td>
            </tr>
          ) : (
            <tr key={week}>
              {[0, 1, 2, 3, 4, 5, 6].map((nth) => {
                const on = iso(week + nth * DAY_MS);
                return <Cell key={on} on={on} {...cellOf(on)} now={on === today} />;
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );

  function cellOf(on: string): { readonly kind: string; readonly under: string; readonly title: string } {
    const day = known.get(on);
    const title = `${on} ${day?.reason ?? ''}`;
    if (on === last) return { kind: 'end', under: number.get(on) ? String(number.get(on)) : '末日', title };
    if (on === lenient) return { kind: 'lenient', under: '宽', title: `${on} 宽松算法的末日` };
    if (on === startedOn) return { kind: 'start', under: '起', title };
    if (day === undefined) return { kind: 'outside', under: '', title: on };
    if (day.counted) return { kind: 'counted', under: String(number.get(on) ?? ''), title };
    const under = mark(day);
    return { kind: under === '停' ? 'stopped' : 'skipped', under, title };
  }
}

interface CellProps {
  readonly on: string;
  readonly kind: string;
  readonly under: string;
  readonly title: string;
  readonly now: boolean;
}

function Cell({ on, kind, under, title, now }: CellProps) {
  const day = Number(on.slice(8));
  return (
    <td className={`${styles[kind]} ${now ? styles['now'] : ''}`} title={title}>
      {kind === 'outside' ? null : day === 1 ? `${Number(on.slice(5, 7))}/1` : day}
      <b>{under}</b>
    </td>
  );
}

function monthsOf(from: string, to: string): string {
  const month = (on: string) => `${on.slice(0, 4)}年${Number(on.slice(5, 7))}月`;
  return month(from) === month(to) ? month(from) : `${month(from)} 至 ${month(to)}`;
}

function HourLine({ startedAt, dueAt }: { readonly startedAt: number; readonly dueAt: number | null }) {
  const words = (instant: number) => {
    const { on, time } = dayAndTime(instant);
    return `${on} ${time}`;
  };
  return (
    <p className="quiet">
      按小时连续计算：{words(startedAt)} 起{dueAt === null ? '，停表中' : `，至 ${words(dueAt)}`}
    </p>
  );
}
