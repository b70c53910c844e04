/** Clocks and entries on one axis of time, with the line of the moment: drawn to the width there is, dragged with a pointer. */
import { useRef, type PointerEvent } from 'react';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import { atOf, bandsOf, dayStart, ticksOf, xOf, type Scale } from './axis-scale.ts';
import { ClockBars } from './ClockBars.tsx';
import type { CaseClock, CaseNow, Instants } from './use-case.ts';

export const TOP = 26;
export const ROW = 30;
const BELOW = 58;
const NEAR_DAY_MS = 86_400_000;

interface AxisChartProps {
  readonly axis: CaseNow['axis'];
  readonly width: number;
  /** In the order of the rows; as they were at the moment, or undefined where they had not begun. */
  readonly rows: readonly { readonly id: string; readonly clock: CaseClock | undefined }[];
  readonly chosen: string | undefined;
  readonly entries: Instants['entries'];
  readonly at: number;
  readonly now: number;
  readonly past: boolean;
  readonly drag: (at: number) => void;
  readonly dropped: () => void;
}

export function AxisChart({ axis, width, rows, chosen, entries, at, now, past, drag, dropped }: AxisChartProps) {
  const svg = useRef<SVGSVGElement>(null);
  const scale: Scale = { from: axis.from, to: axis.to, width };
  const bottom = TOP + rows.length * ROW;
  const line = bottom + 22;
  const unknownFrom = dayStart(axis.knownThrough) + NEAR_DAY_MS;
  const moveTo = (event: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect();
    if (box !== undefined) drag(atOf(scale, ((event.clientX - box.left) / box.width) * width));
  };
  return (
    <svg
      ref={svg}
      viewBox={`0 0 ${String(width)} ${String(bottom + BELOW)}`}
      width={width}
      height={bottom + BELOW}
      role="img"
      aria-label="各时钟的起止、停表与剩余，以及经过的时刻；同样的内容见下方的时钟与经过"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event);
      }}
      onPointerUp={dropped}
      style={{ cursor: 'ew-resize', touchAction: 'pan-x pan-y', display: 'block' }}
    >
      <defs>
        <pattern id="stopped" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill="#fff" />
          <rect width="2" height="5" fill="#6b746f" />
        </pattern>
      </defs>
      {bandsOf(axis.rest).map(({ from, to }) => (
        <rect
          key={from}
          x={xOf(scale, from)}
          y={TOP}
          width={Math.max(0.5, xOf(scale, to) - xOf(scale, from))}
          height={bottom - TOP}
          fill="var(--ink)"
          opacity="0.045"
        />
      ))}
      {unknownFrom < axis.to && (
        <>
          <rect
            x={xOf(scale, unknownFrom)}
            y={TOP}
            width={width - xOf(scale, unknownFrom)}
            height={bottom - TOP}
            fill="var(--yellow-mark)"
            opacity="0.06"
          />
          {width - xOf(scale, unknownFrom) > 130 && (
            <text x={xOf(scale, unknownFrom) + 6} y={bottom - 8} fontSize="12" fill="var(--yellow)">
              {dayAndTime(unknownFrom).on.slice(0, 4)} 年放假安排未公布
            </text>
          )}
        </>
      )}
      {ticksOf(scale).map(({ at: tick, words }) => (
        <g key={tick}>
          <line x1={xOf(scale, tick)} x2={xOf(scale, tick)} y1={TOP - 4} y2={bottom} stroke="var(--line-2)" />
          <text x={xOf(scale, tick) + 4} y={TOP - 10} fontSize="12" fill="var(--ink-3)">
            {words}
          </text>
        </g>
      ))}
      {rows.map(({ id, clock }, nth) => {
        const y = TOP + nth * ROW;
        return (
          <g key={id}>
            {id === chosen && !past && (
              <rect x="0" y={y + 1} width={width} height={ROW - 2} fill="var(--pine)" opacity="0.06" />
            )}
            <line x1="0" x2={width} y1={y + ROW} y2={y + ROW} stroke="var(--line)" />
            {clock !== undefined && <ClockBars clock={clock} scale={scale} at={at} y={y + 10} />}
          </g>
        );
      })}
      <line x1="0" x2={width} y1={line} y2={line} stroke="var(--line-2)" strokeWidth="2" />
      {marksOf(entries, scale).map(({ x, seq, at: instant, mark }) => (
        <EntryMark key={seq} x={x} y={line} mark={mark} reached={instant <= at} />
      ))}
      {past && (
        <>
          <line
            x1={xOf(scale, now)}
            x2={xOf(scale, now)}
            y1={TOP}
            y2={line}
            stroke="var(--ink)"
            strokeDasharray="2 3"
          />
          <text x={Math.min(xOf(scale, now) + 4, width - 26)} y={line + 19} fontSize="12" fill="var(--ink-3)">
            此刻
          </text>
        </>
      )}
      <MomentLine
        x={xOf(scale, at)}
        width={width}
        line={line}
        words={past ? dayWords(dayAndTime(at).on) : '此刻'}
        past={past}
      />
    </svg>
  );
}

interface MomentLineProps {
  readonly x: number;
  readonly width: number;
  readonly line: number;
  readonly words: string;
  readonly past: boolean;
}

function MomentLine({ x, width, line, words, past }: MomentLineProps) {
  const colour = past ? 'var(--plum)' : 'var(--ink)';
  const half = past ? 50 : 38;
  const middle = Math.min(width - half, Math.max(half, x));
  return (
    <g>
      <line x1={x} x2={x} y1={TOP - 6} y2={line + 12} stroke={colour} strokeWidth="2" />
      <rect x={middle - half} y={line + 9} width={2 * half} height="20" rx="10" fill={colour} />
      <text x={middle} y={line + 23} textAnchor="middle" fontSize="12" fill="#fff">
        {words}
      </text>
    </g>
  );
}

type Mark = Instants['entries'][number]['mark'];

/** One mark a pixel and kind: of two thousand entries nobody tells neighbours apart. A breach is never left out. */
function marksOf(entries: Instants['entries'], scale: Scale) {
  const taken = new Set<string>();
  return entries.flatMap((entry) => {
    const x = Math.round(xOf(scale, entry.at));
    const place = `${entry.mark} ${String(x)}`;
    if (taken.has(place)) return [];
    taken.add(place);
    return [{ ...entry, x }];
  });
}

interface EntryMarkProps {
  readonly x: number;
  readonly y: number;
  readonly mark: Mark;
  readonly reached: boolean;
}

/** Ring: a person. Square: the system. Triangle: a limit ran out. */
function EntryMark({ x, y, mark, reached }: EntryMarkProps) {
  if (mark === 'breach')
    return (
      <path
        d={`M${String(x)} ${String(y - 6)}l6 11h-12z`}
        fill={reached ? 'var(--red-mark)' : '#fff'}
        stroke="var(--red-mark)"
      />
    );
  if (mark === 'system')
    return (
      <rect
        x={x - 4}
        y={y - 4}
        width="8"
        height="8"
        fill={reached ? 'var(--grey-mark)' : '#fff'}
        stroke="var(--grey-mark)"
      />
    );
  return (
    <circle
      cx={x}
      cy={y}
      r="5"
      fill={reached ? '#fff' : 'var(--plum-tint)'}
      stroke={reached ? 'var(--ink)' : '#a9afab'}
      strokeWidth="2"
    />
  );
}
