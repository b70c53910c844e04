/** What waits for me: groups by urgency, each a page at a time; several may be chosen and done together where that is allowed. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Empty } from '../../parts/Empty.tsx';
import { dayWords } from '../../words/dates.ts';
import { BatchBar } from './BatchBar.tsx';
import { Group } from './Group.tsx';
import styles from './Todo.module.css';
import { WeekStrip } from './WeekStrip.tsx';

type Todo = Schemas['Todo'];
export type Row = Schemas['TodoRow'];
export type GroupName = 'overdue' | 'today' | 'soon' | 'later' | 'stopped';

const GROUPS: readonly (readonly [name: GroupName, title: string, tone: string])[] = [
  ['overdue', '已超期', 'red'],
  ['today', '今日 24:00 到期', 'yellow'],
  ['soon', '3 个工作日内', 'blue'],
  ['later', '更晚', ''],
  ['stopped', '停表或没有期限', ''],
];

const STALE_MS = 90_000;

export function Waiting({ todo, asOf }: { readonly todo: Todo; readonly asOf: number }) {
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const only = params.get('only');
  const day = only !== null && /^\d{4}-\d{2}-\d{2}$/.test(only) ? only : null;
  const shown = GROUPS.filter(
    ([name]) => (todo.groups[name] ?? 0) > 0 && (only === null || day !== null || only === name),
  );
  const choose = (what: string | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (what === null) next.delete('only');
      else next.set('only', what);
      next.delete('open');
      return next;
    });
  const toggle = (row: Row) =>
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(row.case.id)) next.set(row.case.id, row);
      return next;
    });
  const nothing = Object.values(todo.groups).every((count) => count === 0);
  return (
    <>
      {Date.now() - asOf > STALE_MS && <p className="small faint">数据可能已过时，正在重新读取。</p>}
      <WeekStrip todo={todo} chosen={only} choose={choose} />
      {nothing ? (
        <section className={styles['list']}>
          <Empty>
            没有等您办的事。{todo.next === null ? '' : `下一件 ${dayWords(todo.next)}。`}您办过的在「我办过的」。
          </Empty>
        </section>
      ) : (
        <section className={styles['list']} aria-label="待我办">
          {(todo.groups['overdue'] ?? 0) + (todo.groups['today'] ?? 0) === 0 && only === null && (
            <Empty>今天没有到期的事。{todo.next === null ? '' : `下一件 ${dayWords(todo.next)}。`}</Empty>
          )}
          {day !== null && shown.every(([name]) => name === 'stopped' || name === 'overdue') && (
            <Empty>{dayWords(day)} 没有到期的事。</Empty>
          )}
          {shown.map(([name, title, tone]) => (
            <Group
              key={`${name} ${day ?? ''}`}
              name={name}
              title={title}
              tone={tone}
              count={todo.groups[name] ?? 0}
              day={day}
              chosen={chosen}
              toggle={toggle}
            />
          ))}
        </section>
      )}
      {chosen.size > 0 && <BatchBar rows={[...chosen.values()]} clear={() => setChosen(new Map())} />}
    </>
  );
}
