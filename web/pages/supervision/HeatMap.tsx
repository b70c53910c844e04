/** Duties by week as a table: of a cycle's period or the year, each duty open to its towns, and those to their cadres. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { HeatRow } from './HeatRow.tsx';
import { Legend } from './Legend.tsx';
import { cellName, isSplit, spanQuery, SPLITS, type Split } from './span.ts';
import styles from './HeatMap.module.css';

type Duty = Schemas['HeatMap']['duties'][number];
type DutyName = 'bind' | 'pledge' | 'visit' | 'claim' | 'correct' | 'recheck';

/** Rows of a duty shown at first; a district has two thousand cadres. */
const SHOWN = 30;

interface Choice {
  readonly chosen: string | null;
  readonly choose: (cell: string) => void;
}

export function HeatMap({ cycle, chosen, choose }: Choice & { readonly cycle: string }) {
  const [params, setParams] = useSearchParams();
  const asked = params.get('split') ?? undefined;
  const split = isSplit(asked) ? asked : 'town';
  const span = params.get('span');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(['visit']));
  const map = useQuery({
    queryKey: ['heat-map', cycle, span, split],
    queryFn: () => ask(api.GET('/api/heat-map', { params: { query: { ...spanQuery(span, cycle), split } } })),
    placeholderData: (before) => before,
  });
  const set = (name: string, value: string) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      next.set(name, value);
      next.delete('cell');
      return next;
    });
  const toggle = (row: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(row)) next.add(row);
      return next;
    });
  const data = map.data;
  const scroller = useRef<HTMLDivElement>(null);
  // A year does not fit: it opens at this week.
  useLayoutEffect(() => {
    const now = scroller.current?.querySelector<HTMLElement>('[aria-current=date]');
    if (scroller.current && now) scroller.current.scrollLeft = now.offsetLeft - scroller.current.clientWidth / 2;
  }, [data?.weeks]);
  return (
    <Card
      flush
      title="责任与周"
      note={
        <span className={styles['choices']}>
          <Segmented
            size="small"
            aria-label="怎样分行"
            value={split}
            options={SPLITS.map(([value, label]) => ({ value, label }))}
            onChange={(value) => set('split', value)}
          />
          <Segmented
            size="small"
            aria-label="看多久"
            value={span === 'year' ? 'year' : 'cycle'}
            options={[
              { value: 'cycle', label: '本期' },
              { value: 'year', label: '全年' },
            ]}
            onChange={(value) => set('span', value)}
          />
        </span>
      }
      acts={<Legend />}
    >
      {map.isError && <Failure error={map.error} retry={() => void map.refetch()} />}
      {data === undefined && !map.isError && <Loading />}
      {data !== undefined && (
        <div
          ref={scroller}
          className={styles['scroll']}
          aria-busy={map.isPlaceholderData}
          data-long={data.weeks.length > 20}
        >
          <table className={styles['map']}>
            <caption className="hidden-text">每格为该周到期的责任：全部按期、有补办、将到期、超期未办</caption>
            <thead>
              <tr>
                <th scope="col">责任</th>
                {data.weeks.map((week) => (
                  <th
                    key={week}
                    scope="col"
                    {...(week === data.thisWeek ? { className: styles['now'], 'aria-current': 'date' } : {})}
                  >
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
            {data.duties.map((duty) => (
              <DutyRows
                key={duty.duty}
                {...{ duty, split, cycle, span, chosen, choose, open, toggle }}
                weeks={data.weeks}
              />
            ))}
          </table>
          {data.duties.every(({ total }) => total.length === 0) && <Empty>这一期间没有到期的责任。</Empty>}
        </div>
      )}
    </Card>
  );
}

interface Rows extends Choice {
  readonly weeks: readonly string[];
  readonly split: Split;
  readonly cycle: string;
  readonly span: string | null;
  readonly open: ReadonlySet<string>;
  readonly toggle: (row: string) => void;
}

function DutyRows({
  duty: of,
  weeks,
  split,
  cycle,
  span,
  chosen,
  choose,
  open,
  toggle,
}: Rows & { readonly duty: Duty }) {
  const { duty, title, rule, total, stopped, rows } = of;
  const [shown, setShown] = useState(SHOWN);
  const isOpen = open.has(duty);
  const common = { weeks, chosen, choose };
  return (
    <tbody>
      <HeatRow
        {...common}
        head={
          <Opener open={isOpen} toggle={() => toggle(duty)}>
            {title}
            <small>
              {rule}
              {stopped > 0 && ` · 停表 ${stopped}`}
            </small>
          </Opener>
        }
        name={title}
        cells={total}
        cellOf={(week) => cellName(duty, week, null, split)}
      />
      {isOpen &&
        rows.slice(0, shown).map(({ key, name, cells }) => {
          const row = `${duty} ${key}`;
          const opens = split === 'town' && key !== '';
          return [
            <HeatRow
              key={row}
              {...common}
              depth={1}
              head={
                opens ? (
                  <Opener open={open.has(row)} toggle={() => toggle(row)}>
                    <span title={name}>{name}</span>
                  </Opener>
                ) : (
                  <span title={name}>{name}</span>
                )
              }
              name={`${title} ${name}`}
              cells={cells}
              cellOf={(week) => cellName(duty, week, key, split)}
            />,
            opens && open.has(row) && (
              <CadreRows
                key={`${row} cadres`}
                {...common}
                duty={duty as DutyName}
                title={title}
                unit={key}
                cycle={cycle}
                span={span}
              />
            ),
          ];
        })}
      {isOpen && rows.length > shown && (
        <tr>
          <td colSpan={weeks.length + 3}>
            <Button type="link" size="small" onClick={() => setShown(shown + SHOWN)}>
              再显示 {Math.min(SHOWN, rows.length - shown)} 行，共 {rows.length} 行
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}

interface CadresProps extends Choice {
  readonly weeks: readonly string[];
  readonly duty: DutyName;
  readonly title: string;
  readonly unit: string;
  readonly cycle: string;
  readonly span: string | null;
}

/** The cadres of a town, asked for when it is opened. */
function CadreRows({ weeks, chosen, choose, duty, title, unit, cycle, span }: CadresProps) {
  const map = useQuery({
    queryKey: ['heat-map', cycle, span, 'post', duty, unit],
    queryFn: () =>
      ask(api.GET('/api/heat-map', { params: { query: { ...spanQuery(span, cycle), split: 'post', unit, duty } } })),
  });
  const [shown, setShown] = useState(SHOWN);
  const wide = weeks.length + 3;
  if (map.data === undefined)
    return (
      <tr>
        <td colSpan={wide}>
          {map.isError ? <Failure error={map.error} retry={() => void map.refetch()} /> : <Loading rows={2} />}
        </td>
      </tr>
    );
  const rows = map.data.duties[0]?.rows ?? [];
  return (
    <>
      {rows.slice(0, shown).map(({ key, name, cells }) => (
        <HeatRow
          key={key}
          depth={2}
          weeks={weeks}
          chosen={chosen}
          choose={choose}
          head={<span title={name}>{name}</span>}
          name={`${title} ${name}`}
          cells={cells}
          cellOf={(week) => cellName(duty, week, key, 'post')}
        />
      ))}
      {rows.length > shown && (
        <tr>
          <td colSpan={wide}>
            <Button type="link" size="small" onClick={() => setShown(shown + SHOWN)}>
              再显示 {Math.min(SHOWN, rows.length - shown)} 名干部，共 {rows.length} 名
            </Button>
          </td>
        </tr>
      )}
    </>
  );
}

interface OpenerProps {
  readonly open: boolean;
  readonly toggle: () => void;
  readonly children: React.ReactNode;
}

const Opener = ({ open, toggle, children }: OpenerProps) => (
  <button type="button" className={styles['open']} aria-expanded={open} onClick={toggle}>
    <span aria-hidden="true">{open ? '▾' : '▸'}</span> {children}
  </button>
);
