/** The units, those with most overdue first: counts that open to their lists, a bar of the three ranks, eight weeks as a line. */
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import styles from './Overview.module.css';

type Unit = Schemas['Overview']['units'][number];

const SHOWN = 10;

const GROUPS = [
  ['all', '全部'],
  ['town', '镇街'],
  ['department', '部门'],
] as const;

/** The list a number is counted from; what belongs to no unit has none. */
const listOf = ({ list }: Unit, rung?: 'red' | 'yellow' | 'blue'): string | null =>
  list === null ? null : `/cases?${list}${rung === undefined ? '' : `&rung=${rung}`}`;

function Count({
  to,
  tone,
  children,
}: {
  readonly to: string | null;
  readonly tone?: string;
  readonly children: number;
}) {
  if (children === 0 || to === null) return <span className="faint">{children}</span>;
  return (
    <Link to={to} className={tone}>
      {children}
    </Link>
  );
}

export function Units({ overview: { units } }: { readonly overview: Schemas['Overview'] }) {
  const [group, setGroup] = useState<(typeof GROUPS)[number][0]>('all');
  const [all, setAll] = useState(false);
  const own = units.filter(({ kind }) => group === 'all' || kind === group);
  const shown = all ? own : own.slice(0, SHOWN);
  const most = Math.max(1, ...own.map(({ near, today, overdue }) => near + today + overdue));
  return (
    <Card
      flush
      title="各单位"
      note={`${own.length} 个单位，按超期排序`}
      acts={
        <Segmented
          size="small"
          aria-label="哪些单位"
          value={group}
          options={GROUPS.map(([value, label]) => ({ value, label }))}
          onChange={setGroup}
        />
      }
    >
      {own.length === 0 ? (
        <Empty>辖区内没有在办的案件。</Empty>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['units']}>
            <thead>
              <tr>
                <th scope="col">单位</th>
                <th scope="col">在办</th>
                <th scope="col">
                  <i className={styles['near']} aria-hidden="true" /> 临近
                </th>
                <th scope="col">
                  <i className={styles['due']} aria-hidden="true" /> 今日到期
                </th>
                <th scope="col">
                  <i className={styles['over']} aria-hidden="true" /> 超期
                </th>
                <th scope="col">
                  <span className="hidden-text">三级件数</span>
                </th>
                <th scope="col">近 8 周超期</th>
                <th scope="col">最久</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((unit) => (
                <tr key={unit.unit}>
                  <th scope="row" title={unit.name}>
                    {unit.name}
                  </th>
                  <td>
                    <Count to={listOf(unit)}>{unit.open}</Count>
                  </td>
                  <td>
                    <Count to={listOf(unit, 'blue')} tone="blue">
                      {unit.near}
                    </Count>
                  </td>
                  <td>
                    <Count to={listOf(unit, 'yellow')} tone="yellow">
                      {unit.today}
                    </Count>
                  </td>
                  <td>
                    <Count to={listOf(unit, 'red')} tone="red">
                      {unit.overdue}
                    </Count>
                  </td>
                  <td>
                    <Ranks unit={unit} most={most} />
                  </td>
                  <td>
                    <Spark series={unit.series} />
                  </td>
                  <td>
                    {unit.longest === null ? (
                      ''
                    ) : (
                      <Link to={`/cases/${unit.longest.caseId}`}>
                        {unit.longest.what} {unit.longest.workingDays} 个工作日
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {own.length > SHOWN && (
        <Button type="link" className="no-print" onClick={() => setAll(!all)}>
          {all ? '收起' : `其余 ${own.length - SHOWN} 个单位`}
        </Button>
      )}
    </Card>
  );
}

function Ranks({ unit: { near, today, overdue }, most }: { readonly unit: Unit; readonly most: number }) {
  const scale = 110 / most;
  return (
    <svg width="112" height="10" aria-hidden="true">
      <rect width={near * scale} height="10" fill="#9cc0ea" />
      <rect x={near * scale} width={today * scale} height="10" fill="#e0b23a" />
      <rect x={(near + today) * scale} width={overdue * scale} height="10" fill="var(--red-mark)" />
    </svg>
  );
}

/** The last point is marked; the figures stand in its name. */
function Spark({ series }: { readonly series: readonly number[] }) {
  const top = Math.max(1, ...series);
  const points = series.map((value, nth) => [4 + nth * 10, 18 - (value / top) * 14] as const);
  const last = points.at(-1);
  return (
    <svg width="84" height="22" role="img" aria-label={`近 8 周超期：${series.join('、')}`}>
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        fill="none"
        stroke="var(--grey-mark)"
        strokeWidth="1.4"
      />
      {last !== undefined && (
        <circle
          cx={last[0]}
          cy={last[1]}
          r="2.4"
          fill={(series.at(-1) ?? 0) > 0 ? 'var(--red-mark)' : 'var(--grey-mark)'}
        />
      )}
    </svg>
  );
}
