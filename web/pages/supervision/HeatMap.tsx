/** Duties by week as a table: tint, notch and number carry the meaning, the colour only repeats it. */
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { percent } from './Rates.tsx';
import styles from './HeatMap.module.css';

type Map = Schemas['HeatMap'];
type Cell = Map['duties'][number]['total'][number];

export const SPLITS = [
  ['town', '按镇街'],
  ['class', '按级别'],
  ['post', '按干部'],
] as const;
export type Split = (typeof SPLITS)[number][0];

/** `visit/2026-11-16/sandun`: the duty, the Monday, the row. */
export const cellName = (duty: string, week: string, key: string | null): string => `${duty}/${week}/${key ?? ''}`;

interface HeatMapProps {
  readonly cycle: string;
  readonly period: { readonly fromOn: string; readonly toOn: string } | null;
  readonly chosen: string | null;
  readonly choose: (cell: string) => void;
}

export function HeatMap({ cycle, period, chosen, choose }: HeatMapProps) {
  const [params, setParams] = useSearchParams();
  const split = (params.get('split') ?? 'town') as Split;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['visit']));
  const map = useQuery({
    queryKey: ['heat-map', cycle, period?.fromOn, period?.toOn, split],
    queryFn: () =>
      ask(
        api.GET('/api/heat-map', {
          params: { query: { from: period?.fromOn ?? '', to: period?.toOn ?? '', cycle, split } },
        }),
      ),
    enabled: period !== null,
    placeholderData: (before) => before,
  });
  const toggle = (duty: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(duty)) next.add(duty);
      return next;
    });

  return (
    <Card
      flush
      title="责任与周"
      note={
        <Segmented
          size="small"
          aria-label="怎样分行"
          value={split}
          options={SPLITS.map(([value, label]) => ({ value, label }))}
          onChange={(value) =>
            setParams((before) => {
              const next = new URLSearchParams(before);
              next.set('split', value);
              next.delete('cell');
              return next;
            })
          }
        />
      }
      acts={<Legend />}
    >
      {map.isError && <Failure error={map.error} retry={() => void map.refetch()} />}
      {map.data === undefined && !map.isError && <Loading />}
      {map.data !== undefined && (
        <div className={styles['scroll']} data-stale={map.isPlaceholderData}>
          <table className={styles['map']}>
            <caption className="hidden-text">每格为该周到期的责任：全部按期、有补办、将到期、超期未办</caption>
            <thead>
              <tr>
                <th scope="col">责任</th>
                {map.data.weeks.map((week) => (
                  <th key={week} scope="col" className={week === map.data.thisWeek ? styles['now'] : undefined}>
                    {Number(week.slice(5, 7))}/{Number(week.slice(8))}
                  </th>
                ))}
                <th scope="col" className={styles['right']}>
                  按期
                </th>
                <th scope="col" className={styles['right']}>
                  缺
                </th>
              </tr>
            </thead>
            <tbody>
              {map.data.duties.map(({ duty, title, rule, total, rows }) => [
                <Row
                  key={duty}
                  head={
                    <button
                      type="button"
                      className={styles['open']}
                      aria-expanded={open.has(duty)}
                      onClick={() => toggle(duty)}
                    >
                      <span aria-hidden="true">{open.has(duty) ? '▾' : '▸'}</span> {title}
                      <small>{rule}</small>
                    </button>
                  }
                  name={title}
                  cells={total}
                  weeks={map.data.weeks}
                  cellOf={(week) => cellName(duty, week, null)}
                  chosen={chosen}
                  choose={choose}
                  main
                />,
                ...(open.has(duty)
                  ? rows.map(({ key, name, cells }) => (
                      <Row
                        key={`${duty} ${key}`}
                        head={<span title={name}>{name}</span>}
                        name={`${title} ${name}`}
                        cells={cells}
                        weeks={map.data.weeks}
                        cellOf={(week) => cellName(duty, week, key)}
                        chosen={chosen}
                        choose={choose}
                      />
                    ))
                  : []),
              ])}
            </tbody>
          </table>
          {map.data.duties.every(({ total }) => total.length === 0) && <Empty>这一期间没有到期的责任。</Empty>}
        </div>
      )}
    </Card>
  );
}

interface RowProps {
  readonly head: React.ReactNode;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly weeks: readonly string[];
  readonly cellOf: (week: string) => string;
  readonly chosen: string | null;
  readonly choose: (cell: string) => void;
  readonly main?: boolean;
}

function Row({ head, name, cells, weeks, cellOf, chosen, choose, main = false }: RowProps) {
  const byWeek = new Map(cells.map((cell) => [cell.week, cell]));
  const sum = (of: (cell: Cell) => number) => cells.reduce((total, cell) => total + of(cell), 0);
  const onTime = sum((cell) => cell.onTime);
  const judged = onTime + sum((cell) => cell.late + cell.overdue);
  const lacking = sum((cell) => cell.overdue);
  return (
    <tr className={main ? styles['main'] : styles['part']}>
      <th scope="row">{head}</th>
      {weeks.map((week) => {
        const cell = byWeek.get(week);
        if (cell === undefined) return <td key={week} />;
        const { kind, text, words } = looks(cell);
        return (
          <td key={week}>
            <button
              type="button"
              className={`${styles[kind]} ${cell.late > 0 ? styles['notch'] : ''} ${cellOf(week) === chosen ? styles['chosen'] : ''}`}
              aria-label={`${name}，${week} 一周：${words}`}
              aria-pressed={cellOf(week) === chosen}
              onClick={() => choose(cellOf(week))}
            >
              {text}
            </button>
          </td>
        );
      })}
      <td className={`${styles['right']} ${lacking > 0 ? 'red' : ''}`}>
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

const Legend = () => (
  <ul className={styles['legend']} aria-label="图例">
    <li>
      <i className={styles['done']} /> 全部按期
    </li>
    <li>
      <i className={`${styles['done']} ${styles['notch']}`} /> 有补办
    </li>
    <li>
      <i className={styles['near']}>9</i> 本周将到期
    </li>
    <li>
      <i className={styles['late']}>2</i> 超期未办
    </li>
    <li>
      <i className={styles['later']}>9</i> 以后到期
    </li>
  </ul>
);
