/** Who visits which subject when: by plan, most in time and a tenth near the end, unless the story says otherwise. */
import { compileCalendar } from '../../../domain/kernel/calendar.ts';
import { civilDate, dayNumber } from '../../../domain/kernel/civil-day.ts';
import type { Visit } from './acts.ts';
import { CALENDAR_2026 } from './calendars.ts';
import { holderOf, type Cadre } from './district.ts';

const workdays = (from: string, through: string): readonly string[] => {
  const calendar = compileCalendar(CALENDAR_2026, 'test');
  const days: string[] = [];
  for (let day = dayNumber(from); day <= dayNumber(through); day += 1)
    if (calendar.isWorkday(civilDate(day))) days.push(civilDate(day));
  return days;
};

const EARLY = workdays('2026-10-08', '2026-11-12');
const LATER = workdays('2026-11-18', '2026-12-11');
const LAST = workdays('2026-12-14', '2026-12-30');

interface Told {
  readonly at: string;
  readonly post?: string;
  readonly person?: string;
  readonly findings?: NonNullable<Visit['findings']>;
}

/** Visits that do not follow the plan below; `null`: never made. */
const TOLD: Readonly<Record<string, Told | null>> = {
  // Made on a holiday, with a finding.
  't1-c1-d1-s1': { at: '2026-10-03T15:20', findings: [{ finding: 'f1', severity: 'general' }] },
  't1-c1-d2-s1': { at: '2026-10-12T10:20', findings: [{ finding: 'f2', severity: 'general' }] },
  't3-c1-d2-s1': { at: '2026-10-20T10:20', findings: [{ finding: 'f3', severity: 'serious' }] },
  't4-k1-s1': { at: '2026-10-22T10:20', findings: [{ finding: 'f4', severity: 'minor', onSpot: true }] },
  't2-c1-d1-s1': { at: '2026-12-15T10:20', findings: [{ finding: 'f5', severity: 'serious' }] },
  't2-c1-d2-s1': { at: '2026-11-24T10:20', findings: [{ finding: 'f6', severity: 'minor' }] },
  // The cadre who leaves, and the successor.
  't1-c3-d1-s1': { at: '2026-10-20T10:20' },
  't1-c3-d1-s2': { at: '2026-11-24T10:20', person: 'p-successor' },
  't1-c3-d1-s3': { at: '2026-11-24T10:20', person: 'p-successor' },
  // The absent cadre; the deputy visits for the post.
  't2-c6-d2-s1': { at: '2026-11-12T10:20', person: holderOf('t2-c6-d3') },
  't2-c6-d2-s2': { at: '2026-11-19T10:20', person: holderOf('t2-c6-d3') },
  't2-c6-d2-s3': { at: '2026-12-02T10:20' },
  // The subject that closes on 15 October, its neighbours, and the one that opens on 21 October.
  't3-c1-d1-s1': { at: '2026-10-14T10:20' },
  't3-c1-d1-s2': { at: '2026-10-16T10:20' },
  't3-c1-d1-s3': null,
  // Defaults: for good; made up for during the second outage; made up for later; written off; under watch.
  't1-c2-d1-s3': null,
  't1-c2-d2-s2': { at: '2027-01-05T10:20' },
  't2-c5-d1-s1': { at: '2027-01-11T14:20' },
  't3-c7-d3-s2': null,
  't4-c4-d2-s1': null,
  // Extended by two working days, and made on the last of them while worker and Temporal are gone.
  't2-k2-s1': { at: '2027-01-05T10:20' },
  // Handed over, excused, urged.
  't2-c9-d1-s3': { at: '2026-11-24T10:20', post: 't2-c9-d2' },
  't4-c5-d1-s2': null,
  't1-c4-d1-s1': { at: '2026-12-29T10:20' },
};

function planned(cadre: Cadre, index: number, n: number): string {
  const days = index % 10 < 6 ? EARLY : index % 10 < 9 ? LATER : LAST;
  const day = days[(index * 3 + n * 5) % days.length];
  return `${day ?? ''}T10:20`;
}

export function visitsOf(cadres: readonly Cadre[]): readonly (Visit & { readonly at: string })[] {
  return cadres.flatMap((cadre, index) =>
    cadre.subjects.flatMap(({ id, risk }, n) => {
      const told = TOLD[id];
      if (told === null) return [];
      const { at, post = cadre.post, ...more } = told ?? { at: planned(cadre, index, n) };
      const mode = risk !== 'high' && more.findings === undefined && index % 5 === 0 ? 'video' : 'on-site';
      return [{ at, post, subject: id, mode, ...more } as const];
    }),
  );
}
