/** Time on the axis: where an instant stands, months along the top, runs of days off. Draws; counts no limit. */

const DAY_MS = 86_400_000;
/** The office's zone has no summer time. */
const ZONE_MS = 8 * 3_600_000;

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export const xOf = ({ from, to, width }: Scale, at: number): number =>
  ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * width;

export const atOf = ({ from, to, width }: Scale, x: number): number => from + (x / width) * (to - from);

/** 0:00 of a civil day, office time. */
export const dayStart = (on: string): number => Date.parse(`${on}T00:00:00Z`) - ZONE_MS;

export interface Tick {
  readonly at: number;
  readonly words: string;
}

/** Narrower than this, two labels run into each other. */
const LABEL_WIDTH = 70;

/** Beginnings of months, thinned where they stand too close; of days where the stretch is short. */
export function ticksOf(scale: Scale): readonly Tick[] {
  const months = monthStarts(scale);
  return thinned(months.length >= 2 ? months : dayStarts(scale), scale);
}

function monthStarts({ from, to }: Scale): Tick[] {
  const ticks: Tick[] = [];
  const start = new Date(from + ZONE_MS);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth();
  let told = year;
  for (;;) {
    month += 1;
    if (month === 12) {
      month = 0;
      year += 1;
    }
    const at = Date.UTC(year, month, 1) - ZONE_MS;
    if (at >= to) return ticks;
    ticks.push({ at, words: year === told ? `${month + 1}月` : `${year}年${month + 1}月` });
    told = year;
  }
}

function dayStarts({ from, to }: Scale): Tick[] {
  const ticks: Tick[] = [];
  const first = Math.ceil((from + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  for (let at = first; at < to; at += DAY_MS) {
    const day = new Date(at + ZONE_MS);
    ticks.push({ at, words: `${day.getUTCMonth() + 1}月${day.getUTCDate()}日` });
  }
  return ticks;
}

function thinned(ticks: readonly Tick[], scale: Scale): readonly Tick[] {
  const fitting = Math.max(1, Math.floor(scale.width / LABEL_WIDTH));
  const every = Math.max(1, Math.ceil(ticks.length / fitting));
  return ticks.filter((_tick, nth) => nth % every === 0);
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Neighbouring days off as one band. */
export function bandsOf(days: readonly string[]): readonly Span[] {
  const bands: { from: number; to: number }[] = [];
  for (const on of days) {
    const from = dayStart(on);
    const last = bands.at(-1);
    if (last !== undefined && last.to === from) last.to = from + DAY_MS;
    else bands.push({ from, to: from + DAY_MS });
  }
  return bands;
}
