/** How many limits end on each of the coming days: a chart to look at, and the same as a table. */
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { dayWords } from '../../words/dates.ts';

use([BarChart, GridComponent, SVGRenderer]);

type Days = Schemas['Overview']['coming'];

/** Of the marks in styles/tokens.css: the last day, near, later. */
const TONES = { today: '#b98300', near: '#2f74c5', later: '#9fb6ac' } as const;

const listOf = ({ list }: Pick<Days[number], 'list'>): string => `/cases?${list}`;

export default function ComingDays({ days }: { readonly days: Days }) {
  const place = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [table, setTable] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current, undefined, { renderer: 'svg' });
    let working = 0;
    chart.setOption({
      animation: false,
      grid: { left: 4, right: 4, top: 20, bottom: 36 },
      xAxis: {
        type: 'category',
        data: days.map(
          ({ on }) => `${Number(on.slice(8))}\n${'日一二三四五六'[new Date(`${on}T00:00:00Z`).getUTCDay()] ?? ''}`,
        ),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: '#cfccc1' } },
        axisLabel: { color: '#626b66', fontSize: 12, interval: 0 },
      },
      yAxis: { show: false },
      series: [
        {
          type: 'bar',
          barWidth: '62%',
          label: {
            show: true,
            position: 'top',
            color: '#1d2320',
            fontSize: 12,
            formatter: ({ value }: { value: unknown }) => (value === 0 ? '' : String(value)),
          },
          data: days.map(({ count, off }, nth) => {
            if (!off && nth > 0) working += 1;
            const color = nth === 0 ? TONES.today : working <= 3 ? TONES.near : TONES.later;
            return { value: count, itemStyle: { color: off ? '#dcd9cf' : color } };
          }),
        },
      ],
    });
    chart.on('click', ({ dataIndex }) => {
      const day = days[dataIndex];
      if (day !== undefined && day.count > 0) void navigate(listOf(day));
    });
    const resize = () => chart.resize();
    window.addEventListener('resize', resize);
    return () => {
      window.removeEventListener('resize', resize);
      chart.dispose();
    };
  }, [days, navigate, table]);
  return (
    <>
      {table ? (
        <table>
          <caption className="hidden-text">今后两周每天到期的件数</caption>
          <tbody>
            {days.map(({ on, off, count, list }) => (
              <tr key={on}>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400, paddingRight: 24 }}>
                  {dayWords(on)}
                  {off ? ' 休' : ''}
                </th>
                <td>{count === 0 ? 0 : <Link to={listOf({ list })}>{count}</Link>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div
          ref={place}
          style={{ height: 150 }}
          role="img"
          aria-label={`今后两周到期，共 ${days.reduce((sum, { count }) => sum + count, 0)} 件；逐日数字见「看数据」`}
        />
      )}
      <Button type="link" size="small" className="no-print" onClick={() => setTable(!table)}>
        {table ? '看图' : '看数据'}
      </Button>
    </>
  );
}
