/** The coming two weeks: how many limits end on each day. A day filters the list; the arrow keys move along it. */
import { useRef, type KeyboardEvent } from 'react';
import { weekdayOf } from '../../words/dates.ts';
import type { Todo } from './filter.ts';
import styles from './Todo.module.css';

interface WeekStripProps {
  readonly todo: Todo;
  /** A day, or the name of a group; null: everything. */
  readonly chosen: string | null;
  readonly choose: (what: string | null) => void;
}

export function WeekStrip({ todo: { strip, groups }, chosen, choose }: WeekStripProps) {
  const place = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const buttons = [...(place.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    buttons[to]?.focus();
    event.preventDefault();
  };
  const pick = (what: string) => choose(chosen === what ? null : what);
  return (
    <div ref={place} className={`${styles['strip']} no-print`} role="group" aria-label="今后两周到期" onKeyDown={move}>
      {(groups['overdue'] ?? 0) > 0 && (
        <button
          type="button"
          className={styles['late']}
          aria-pressed={chosen === 'overdue'}
          onClick={() => pick('overdue')}
          aria-label={`已超期 ${groups['overdue']} 件`}
        >
          <span>已超期</span>
          <b>{groups['overdue']}</b>
          <em />
        </button>
      )}
      {strip.map(({ on, kind, name, urgency, count }, nth) => {
        const day = Number(on.slice(8));
        return (
          <button
            key={on}
            type="button"
            className={`${styles[kind]} ${urgency === null ? '' : styles[`${urgency}Day`]} ${nth === 0 ? styles['today'] : ''}`}
            aria-pressed={chosen === on}
            onClick={() => pick(on)}
          >
            <span>{nth === 0 ? '今日' : weekdayOf(on)}</span>
            <b>
              {day === 1 ? (
                `${Number(on.slice(5, 7))}/`
              ) : (
                <span className="hidden-text">{Number(on.slice(5, 7))}月</span>
              )}
              {day}
            </b>
            <em>{count > 0 ? count : name}</em>
            <span className="hidden-text">{count > 0 ? '件到期' : '没有到期'}</span>
          </button>
        );
      })}
      <button
        type="button"
        className={styles['rest']}
        aria-pressed={chosen === 'later'}
        aria-label={`更晚 ${String(groups['later'] ?? 0)} 件`}
        onClick={() => pick('later')}
      >
        <span>更晚</span>
        <b>{groups['later'] ?? 0}</b>
        <em />
      </button>
      <button
        type="button"
        aria-pressed={chosen === 'stopped'}
        aria-label={`停表 ${String(groups['stopped'] ?? 0)} 件，含没有期限的`}
        onClick={() => pick('stopped')}
      >
        <span>停表</span>
        <b>{groups['stopped'] ?? 0}</b>
        <em />
      </button>
    </div>
  );
}
