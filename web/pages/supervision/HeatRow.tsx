/** One row of the heat-map: a duty, or a part of it. Tint, notch and number carry the meaning; the colour only repeats it. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../api/client.ts';
import { percent } from './Rates.tsx';
import styles from './HeatMap.module.css';

export type Cell = Schemas['HeatMap']['duties'][number]['total'][number];

interface RowProps {
  readonly head: ReactNode;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly weeks: readonly string[];
  readonly cellOf: (week: string) => string;
  readonly chosen: string | null;
  readonly choose: (cell: string) => void;
  /** 0: a duty; 1: a town, class or cadre of it; 2: a cadre of a town. */
  readonly depth?: 0 | 1 | 2;
}

const DEPTHS = ['main', 'part', 'leaf'] as const;

export function HeatRow({ head, name, cells, weeks, cellOf, chosen, choose, depth = 0 }: RowProps) {
  const byWeek = new Map(cells.map((cell) => [cell.week, cell]));
  const sum = (of: (cell: Cell) => number) => cells.reduce((total, cell) => total + of(cell), 0);
  const onTime = sum((cell) => cell.onTime);
  const judged = onTime + sum((cell) => cell.late + cell.overdue);
  const lacking = sum((cell) => cell.overdue);
  return (
    <tr className={styles[DEPTHS[depth]]}>
      <th scope="row">{head}</th>
      {weeks.map((week) => {
        const cell = byWeek.get(week);
        if (cell === undefined) return <td key={week} />;
        const { kind, text, words } = looks(cell);
        const own = cellOf(week);
        return (
          <td key={week}>
            <button
              type="button"
              className={`${styles[kind]} ${cell.late > 0 ? styles['notch'] : ''} ${own === chosen ? styles['chosen'] : ''}`}
              aria-label={`${name}，${week} 一周：${words}`}
              aria-pressed={own === chosen}
              onClick={() => choose(own)}
            >
              {text}
            </button>
          </td>
        );
      })}
      <td className={`${styles['right']} ${onTime < judged ? 'red' : ''}`}>
        {judged === 0 ? '' : `${percent(onTime, judged)}%`}
      </td>
      <td className={styles['right']}>{lacking > 0 ? lacking : ''}</td>
    </tr>
  );
}

/** What a cell shows; the worst comes first. */
function looks({ onTime, late, overdue, near, later }: Cell): { kind: string; text: string; words: string } {
  const words = [
    overdue > 0 ? `超期未办 ${overdue}` : '',
    near > 0 ? `本周将到期 ${near}` : '',
    later > 0 ? `以后到期 ${later}` : '',
    onTime > 0 ? `按期 ${onTime}` : '',
    late > 0 ? `补办 ${late}` : '',
  ]
    .filter((part) => part !== '')
    .join('，');
  if (overdue > 0) return { kind: overdue >= 5 ? 'worst' : 'late', text: String(overdue), words };
  if (near > 0) return { kind: 'near', text: String(near), words };
  if (later > 0) return { kind: 'later', text: String(later), words };
  return { kind: 'done', text: '', words: words === '' ? '没有到期的' : words };
}
