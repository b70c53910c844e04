/** What would a calendar move, were it published: open cases whose dates differ under it. Writes nothing. */
import { compileCalendar, type CalendarData, type WorkCalendar } from '../domain/kernel/calendar.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { dueOf, lawDay } from '../domain/kernel/due.ts';
import type { RulePack } from '../domain/kernel/rule.ts';
import { foldOf } from './apply.ts';
import { readCase } from './case-row.ts';
import { processOf, type CasesDeps } from './deps.ts';
import { contentHash } from './office-data.ts';
import { bodiesInForce } from './office-lists.ts';
import { changedDays } from './publication.ts';

/** What dates are counted with. */
export interface Counting {
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
}

export interface MovedDate {
  readonly caseId: string;
  readonly clock: string;
  readonly rule: string;
  readonly dueOn: string;
  readonly wouldBe: string;
  readonly earlier: boolean;
}

export interface CalendarPreview {
  /** Days on which the two calendars differ. */
  readonly days: readonly string[];
  /** Open cases that count over one of them. */
  readonly touched: number;
  /** How many of those were counted again here. */
  readonly counted: number;
  readonly moved: readonly MovedDate[];
}

/** More are counted at publication itself; a preview stays within a few seconds. */
const COUNTED = 2_000;

export async function previewCalendar(deps: CasesDeps, data: CalendarData): Promise<CalendarPreview> {
  const client = await deps.pool.connect();
  try {
    const inForce = await deps.office.inForce(client);
    const [before] = await bodiesInForce<CalendarData>(client, 'calendar');
    const days = changedDays(before?.body, data);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return { days, touched: 0, counted: 0, moved: [] };
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM cases WHERE closed_at IS NULL AND span_from <= $2 AND span_to >= $1 ORDER BY due_at, id`,
      [first, last],
    );
    const calendar = compileCalendar(data, contentHash(data));
    const moved: MovedDate[] = [];
    for (const { id } of rows.slice(0, COUNTED)) {
      const row = await readCase(client, id);
      const process = processOf(deps, row.kind);
      const { state } = await foldOf(client, process, row);
      moved.push(...movedOf(id, process.clocks(state), inForce, { rules: inForce.rules, calendar }));
    }
    return { days, touched: rows.length, counted: Math.min(rows.length, COUNTED), moved };
  } finally {
    client.release();
  }
}

/** The open clocks of a case whose last day differs between two ways of counting. */
export function movedOf(caseId: string, clocks: readonly Clock[], now: Counting, then: Counting): MovedDate[] {
  return clocks.flatMap((clock): MovedDate[] => {
    if (clock.endedAt !== undefined) return [];
    const on = lawDay(clock);
    const is = dueOf(clock, now.rules.rule(clock.rule, on), now.calendar);
    const would = dueOf(clock, then.rules.rule(clock.rule, on), then.calendar);
    if (is === null || would === null || is.dueOn === would.dueOn) return [];
    const { dueOn } = is;
    return [{ caseId, clock: clock.id, rule: clock.rule, dueOn, wouldBe: would.dueOn, earlier: would.dueOn < dueOn }];
  });
}
