/** The bars of one clock on the axis: counted, stopped, still to come, its last day, what it ran over. */
import type { ReactNode } from 'react';
import { xOf, type Scale } from './axis-scale.ts';
import type { CaseClock } from './use-case.ts';

const HEIGHT = 10;

interface BarsProps {
  readonly clock: CaseClock;
  readonly scale: Scale;
  /** The moment shown: nothing is drawn as counted after it. */
  readonly at: number;
  /** Top of the bar. */
  readonly y: number;
}

export function ClockBars({ clock, scale, at, y }: BarsProps) {
  const { explanation, endedAt, dueAt, status, standing, provisional } = clock;
  const { startedAt } = explanation;
  const until = endedAt ?? at;
  const ranOut = standing.over !== null && dueAt !== null && dueAt <= until;
  const counted = ranOut ? dueAt : until;
  const fill = ranOut && endedAt === null ? 'var(--red-mark)' : endedAt === null ? '#5f8f80' : '#a8bbb3';
  const bar = (key: string, from: number, to: number, rest: Record<string, string | number>): ReactNode =>
    to <= from ? null : (
      <rect
        key={key}
        x={xOf(scale, from)}
        y={y}
        width={Math.max(1, xOf(scale, to) - xOf(scale, from))}
        height={HEIGHT}
        {...rest}
      />
    );
  return (
    <g aria-hidden="true">
      {bar('counted', startedAt, counted, { fill })}
      {ranOut &&
        bar('over', dueAt, until, {
          fill: endedAt === null ? 'var(--red-mark)' : '#d98f88',
          y: y - 3,
          height: HEIGHT + 6,
        })}
      {stopsOf(clock).map(({ from, to }) =>
        bar(`stop ${String(from)}`, from, Math.min(to ?? until, until), { fill: 'url(#stopped)', stroke: '#6b746f' }),
      )}
      {status === 'running' &&
        !ranOut &&
        dueAt !== null &&
        bar('to-come', at, dueAt, {
          fill: '#fff',
          stroke: '#8b958f',
          strokeWidth: 1.5,
          ...(provisional ? { strokeDasharray: '3 3' } : {}),
        })}
      {endedAt === null && dueAt !== null && (
        <line
          x1={xOf(scale, dueAt)}
          x2={xOf(scale, dueAt)}
          y1={y - 4}
          y2={y + HEIGHT + 4}
          stroke="var(--ink)"
          strokeWidth="2"
        />
      )}
    </g>
  );
}

interface Stop {
  readonly from: number;
  readonly to: number | null;
  readonly counts: boolean;
}

/** Stops that the rule lets stop this clock. */
const stopsOf = ({ explanation }: CaseClock): readonly Stop[] =>
  ((explanation.stops ?? []) as readonly Stop[]).filter(({ counts }) => counts);
