/** What waits for me: groups by urgency, each a page at a time; several may be chosen and done together where that is allowed. */
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Empty } from '../../parts/Empty.tsx';
import { dayWords } from '../../words/dates.ts';
import { BatchBar } from './BatchBar.tsx';
import { filterOf, GROUPS, type Row, type Todo } from './filter.ts';
import { Group } from './Group.tsx';
import styles from './Todo.module.css';
import { useListKeys } from './use-list-keys.ts';
import { WeekStrip } from './WeekStrip.tsx';

export function Waiting({ todo }: { readonly todo: Todo }) {
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const list = useRef<HTMLElement>(null);
  const keys = useListKeys(list);
  const filter = filterOf(params);
  const { group, day, kind } = filter;
  const shown = GROUPS.filter(([name]) => (todo.groups[name] ?? 0) > 0 && (group === null || group === name));
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
  const clear = () => setChosen(new Map());
  const nothing = Object.values(todo.groups).every((count) => count === 0);
  const coming = todo.next === null ? '' : `下一件 ${dayWords(todo.next)}。`;
  const all = (
    <Button type="link" size="small" onClick={() => choose(null)}>
      看全部待办
    </Button>
  );
  return (
    <>
      <WeekStrip todo={todo} chosen={group ?? day} choose={choose} />
      <section ref={list} className={styles['list']} aria-label="待我办">
        {nothing ? (
          <Empty>没有等您办的事。{coming}您办过的在「我办过的」。</Empty>
        ) : (
          <>
            {(todo.groups['overdue'] ?? 0) + (todo.groups['today'] ?? 0) === 0 && group === null && day === null && (
              <Empty>今天没有到期的事。{coming}</Empty>
            )}
            {day !== null && (todo.strip.find(({ on }) => on === day)?.count ?? 0) === 0 && (
              <Empty>
                {dayWords(day)} 没有到期的事。{all}
              </Empty>
            )}
            {group !== null && shown.length === 0 && <Empty>这一组现在没有待办。{all}</Empty>}
            {shown.map(([name, title, tone]) => (
              <Group
                key={`${name} ${day ?? ''} ${kind ?? ''}`}
                name={name}
                title={title}
                tone={tone}
                count={todo.groups[name] ?? 0}
                day={day}
                kind={kind}
                chosen={chosen}
                toggle={toggle}
              />
            ))}
          </>
        )}
      </section>
      {!nothing && (
        <p className={`${styles['keys']} small faint no-print`}>
          {keys.on ? '键盘：j、k 上下移动，x 选中，w 看为何，Enter 打开案件，/ 查找。' : '列表快捷键已关闭。'}
          <Button type="link" size="small" onClick={() => keys.set(!keys.on)}>
            {keys.on ? '关闭快捷键' : '打开快捷键'}
          </Button>
        </p>
      )}
      {chosen.size > 0 && <BatchBar rows={[...chosen.values()]} clear={clear} />}
    </>
  );
}
