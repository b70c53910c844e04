/** 时钟与经过: rows of clocks beside the axis, the line that moves the whole page in time, and its keys. */
import { Button } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Failure } from '../../parts/Failure.tsx';
import { isChord, isTyping } from '../../parts/row-keys.ts';
import { dueWords, instantWords, standingWords } from '../../words/dates.ts';
import { AxisChart, ROW, TOP } from './AxisChart.tsx';
import styles from './Axis.module.css';
import { byUrgency, type CaseMoment, type CaseNow, type Instants, type Point } from './use-case.ts';
import { useDraggedPoint } from './use-dragged-point.ts';
import { useWidth } from './use-width.ts';
import { chosenClock } from './WhyClock.tsx';

interface AxisCardProps {
  readonly view: CaseNow;
  readonly shown: CaseMoment;
  readonly instants: Instants | undefined;
  readonly point: Point;
  readonly move: (point: Point) => void;
  readonly clock: string | null;
  readonly choose: (clock: string) => void;
  readonly problem: Error | null;
}

const LEAST_WIDTH = 560;

export function AxisCard({ view, shown, instants, point, move, clock, choose, problem }: AxisCardProps) {
  const chart = useRef<HTMLDivElement>(null);
  const width = Math.max(LEAST_WIDTH, useWidth(chart));
  const now = view.at;
  const entries = instants?.entries ?? [];
  const past = point !== null;
  const settled = point === null ? now : 'at' in point ? point.at : shown.at;
  const { at, drag, drop } = useDraggedPoint({ settled, opened: view.openedAt, now, move });
  const before = past || at < now - 1;

  const rows = [...view.clocks].sort(byUrgency).map(({ id, label }) => ({
    id,
    label,
    clock: shown.clocks.find((one) => one.id === id),
  }));
  const chosen = chosenClock(shown.clocks, clock)?.id;
  useInSight(chart, width, (now - view.axis.from) / (view.axis.to - view.axis.from));
  // Pressed faster than the page follows, each press still goes one entry further.
  const aim = useRef(point);
  useEffect(() => {
    aim.current = point;
  }, [point]);
  const step = (direction: -1 | 1) => {
    const from = aim.current;
    const stands = from === null ? null : 'seq' in from ? from.seq : shown.head.seq;
    aim.current = neighbour(view.head.seq, stands, direction);
    move(aim.current);
  };
  useEntryKeys(step);

  return (
    <section className={`${styles['card']} ${before ? styles['past'] : ''}`} aria-label="时钟与经过">
      <div className={styles['head']}>
        <h2>时钟与经过</h2>
        <p className={styles['reading']} aria-live="polite">
          {past ? `您正在看 ${instantWords(settled)} 的案件，只读` : `此刻 ${instantWords(now)}`}
        </p>
        <div className={`${styles['moves']} no-print`}>
          <Button size="small" disabled={past && shown.head.seq <= 1} onClick={() => step(-1)}>
            前一条
          </Button>
          <Button size="small" disabled={!past} onClick={() => step(1)}>
            后一条
          </Button>
          <Button
            size="small"
            disabled={!past}
            className={past ? (styles['back'] ?? '') : ''}
            onClick={() => move(null)}
          >
            回到此刻
          </Button>
        </div>
      </div>
      {problem !== null && (
        <Failure error={problem} retry={() => move(null)} still="此刻的案件不受影响，按重试回到此刻。" />
      )}
      <div className={styles['grid']} data-past={past}>
        <ol className={styles['labels']} style={{ paddingTop: TOP }}>
          {rows.map(({ id, label, clock: then }) => (
            <li key={id} style={{ height: ROW }}>
              <button
                type="button"
                aria-pressed={id === chosen}
                className={styles['label']}
                disabled={then === undefined}
                title={`${label}：看这个期限为什么是这一天`}
                onClick={() => choose(id)}
              >
                <b>{label}</b>
              </button>
              <span className={styles['phone']}>{then === undefined ? '尚未开始' : standingWords(then.standing)}</span>
            </li>
          ))}
          <li className={styles['count']}>经过 {past ? `${shown.head.seq} / ${view.head.seq}` : view.head.seq} 条</li>
        </ol>
        <div className={styles['scroll']} ref={chart} tabIndex={-1}>
          <AxisChart
            axis={view.axis}
            width={width}
            rows={rows}
            chosen={chosen}
            entries={entries}
            at={at}
            now={now}
            past={before}
            drag={drag}
            dropped={drop}
          />
          <Slider
            at={at}
            opened={view.openedAt}
            now={now}
            step={step}
            first={() => move({ seq: 1 })}
            back={() => move(null)}
          />
        </div>
        <ol className={styles['words']} style={{ paddingTop: TOP }}>
          {rows.map(({ id, clock: then }) => (
            <li key={id} style={{ height: ROW }}>
              {then === undefined ? (
                <span className="faint small">尚未开始</span>
              ) : (
                <>
                  <b className={then.standing.urgency ?? (then.status === 'running' ? '' : 'quiet')}>
                    {standingWords(then.standing)}
                  </b>
                  <span className="faint small">
                    {then.status === 'ended' ? instantWords(then.endedAt ?? 0) : dueWords(then.standing)}
                  </span>
                </>
              )}
            </li>
          ))}
        </ol>
      </div>
      <ul className={styles['legend']} aria-hidden="true">
        <li className={styles['k1']}>已计</li>
        <li className={styles['k2']}>停表</li>
        <li className={styles['k3']}>未计</li>
        <li className={styles['k4']}>暂定，历法未公布</li>
        <li className={styles['k5']}>休息日</li>
        <li className="no-print">拖动竖线，或按 ← → 逐条回看</li>
      </ul>
    </section>
  );
}

/** A chart wider than its place opens with now in sight. */
function useInSight(chart: RefObject<HTMLElement | null>, width: number, share: number): void {
  useEffect(() => {
    const place = chart.current;
    if (place !== null) place.scrollLeft = width * share - place.clientWidth / 2;
  }, [chart, width, share]);
}

/** The entry before or after; before now comes the newest, after the newest comes now. */
function neighbour(newest: number, seq: number | null, direction: -1 | 1): Point {
  if (seq === null) return direction === 1 ? null : { seq: newest };
  const to = seq + direction;
  return to > newest ? null : { seq: Math.max(1, to) };
}

/** `[` and `]` step through the entries from anywhere on the page. */
function useEntryKeys(step: (direction: -1 | 1) => void): void {
  const latest = useRef(step);
  useEffect(() => {
    latest.current = step;
  });
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      if ((event.key !== '[' && event.key !== ']') || isTyping(event.target) || isChord(event)) return;
      event.preventDefault();
      latest.current(event.key === '[' ? -1 : 1);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

interface SliderProps {
  readonly at: number;
  readonly opened: number;
  readonly now: number;
  readonly step: (direction: -1 | 1) => void;
  readonly first: () => void;
  readonly back: () => void;
}

/** For the keyboard: ← and → go from entry to entry, Home to the first, End to now. */
function Slider({ at, opened, now, step, first, back }: SliderProps) {
  const [focused, setFocused] = useState(false);
  const pressed = (event: KeyboardEvent) => {
    const does = {
      ArrowLeft: () => step(-1),
      ArrowDown: () => step(-1),
      ArrowRight: () => step(1),
      ArrowUp: () => step(1),
      Home: first,
      End: back,
    }[event.key];
    if (does === undefined) return;
    event.preventDefault();
    does();
  };
  return (
    <div
      className={`${styles['slider']} ${focused ? styles['focused'] : ''}`}
      role="slider"
      tabIndex={0}
      aria-label="移动到某一时刻"
      aria-valuemin={opened}
      aria-valuemax={now}
      aria-valuenow={Math.min(now, Math.max(opened, at))}
      aria-valuetext={at >= now - 1 ? '此刻' : instantWords(at)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={pressed}
    />
  );
}
