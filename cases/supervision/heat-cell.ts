/** What lies behind one cell of the heat-map: each id, who has it, how its limit stands, and whether they were told. */
import type pg from 'pg';
import { civilDate, dayNumber, localDate } from '../../domain/kernel/civil-day.ts';
import type { Clock } from '../../domain/kernel/clock.ts';
import { lawDay } from '../../domain/kernel/due.ts';
import { standingOf, type Standing } from '../../domain/kernel/standing.ts';
import { periodClock, visitOf, type Round } from '../../domain/supervision/round-state.ts';
import { processOf, type CasesDeps } from '../deps.ts';
import { rungTitle, toneOf, type RungTone } from '../effects.ts';
import type { InForce } from '../office.ts';
import { inUnit, unitOf } from '../visible.ts';
import { asFewAs } from './few-rounds.ts';
import {
  cellFrom,
  COUNTS,
  DUTIES,
  GROUP,
  mondayOf,
  VISITS_OF,
  ofCycle,
  WEIGHTS,
  type CountedCell,
  type Duty,
  type HeatAsked,
  type HeatCell,
} from './heat-map.ts';
import { PUBLISHED } from './published-unit.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** What a cell holds, in the words of its colours. */
export const CELL_STATES = ['late', 'overdue', 'ahead', 'on-time'] as const;
export type CellState = (typeof CELL_STATES)[number];

export interface CellRef {
  /** A case; of a round `<case id>/<subject>`. */
  readonly ref: string;
  readonly caseId: string;
  readonly subject: { readonly id: string; readonly name: string } | null;
  readonly post: string | null;
  readonly postTitle: string | null;
  readonly person: string | null;
  readonly unit: string | null;
  readonly state: CellState;
  readonly dueOn: string;
  readonly dueAt: number;
  /** The last notice of the case to the holder's post, and whether it was read. */
  readonly told: { readonly template: string; readonly at: number; readonly readAt: number | null } | null;
}

/** The week is cut where the map is: at the first and the last day of its period. */
export interface CellAsked extends Omit<HeatAsked, 'duty'> {
  readonly duty: Duty;
  /** Its Monday. */
  readonly week: string;
  readonly key?: string | undefined;
}

/** The days of the cell; the last comes before the first where the week lies outside. */
export function daysOf({ week, from, to }: Pick<CellAsked, 'week' | 'from' | 'to'>): { from: string; to: string } {
  const sunday = civilDate(dayNumber(week) + 6);
  return { from: from > week ? from : week, to: to < sunday ? to : sunday };
}

interface CellPage {
  readonly state?: CellState | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface CellRows {
  /** The numbers of the whole cell, as the map shows them. */
  readonly cell: HeatCell;
  readonly refs: readonly CellRef[];
}

/**
 * One cell with the ids behind it, by their case and subject. A round is opened into its visits; only as many rounds as a
 * page can hold, each with at least one by its counters.
 */
export async function heatCell(db: Queryable, asked: CellAsked & CellPage): Promise<CellRows> {
  const { duty, week, key, state, now, reach, unit, cycle, split, limit, after } = asked;
  const { kind, clock } = dutyOf(duty);
  const { from, to } = daysOf(asked);
  const byTown = split === 'town' && key !== undefined;
  const { rows } = await db.query<CountedCell & Omit<CellRef, 'ref' | 'dueAt'> & { ref: string | null; dueAt: string }>(
    `WITH ${byTown ? `${PUBLISHED},` : ''}
     cell AS (
       SELECT l.case_id, l.kind, l.due_on, l.due_at, l.plain_due_at, l.ended_at, c.unit_id, c.subject_id, c.holder_post, c.key,
              ${WEIGHTS('$8::bigint')}
         FROM case_limits l JOIN cases c ON c.id = l.case_id ${byTown ? 'LEFT JOIN published p ON p.id = c.unit_id' : ''} ${VISITS_OF}
        WHERE l.due_on BETWEEN $1 AND $2 AND l.kind = $3 AND l.clock = $4 AND ${COUNTS}
          AND ${inUnit('c.unit_id', '$5', unitOf(reach))} AND ${inUnit('c.unit_id', '$6', unit ?? null)}
          AND ${ofCycle('$7', cycle, [{ kind }])}
          AND ${key === undefined ? '$9::text IS NULL' : `${GROUP[split]} = $9`}),
     opened AS (
       SELECT l.*, c.state
         FROM (${asFewAs(
           '$12::int',
           `SELECT *, CASE $10::text WHEN 'on-time' THEN on_time WHEN 'late' THEN late WHEN 'overdue' THEN overdue
                                     WHEN 'ahead' THEN ahead ELSE on_time + late + overdue + ahead END AS visits,
                   (case_id || '/') COLLATE "C" AS place
              FROM cell WHERE kind = 'round' AND ($11::text IS NULL OR (case_id || '/') COLLATE "C" >= regexp_replace($11, '[^/]*$', ''))`,
         )}) l JOIN cases c ON c.id = l.case_id),
     refs AS (
       SELECT l.case_id || '/' || (v->>'subject') AS ref, l.case_id, v->>'subject' AS subject_id,
              regexp_replace(l.key, '^.*/', '') AS post, l.unit_id, l.due_on, l.due_at,
              CASE WHEN v->>'status' = 'done' THEN CASE WHEN (v->>'inTime')::boolean THEN 'on-time' ELSE 'late' END
                   WHEN l.due_at <= $8::bigint THEN 'overdue' ELSE 'ahead' END AS state
         FROM opened l CROSS JOIN LATERAL jsonb_array_elements(l.state->'visits') v
        WHERE (v->>'status' IN ('due', 'done') OR (v->>'defaultedAt' IS NOT NULL AND v->>'annulledAt' IS NULL))
       UNION ALL
       SELECT l.case_id, l.case_id, l.subject_id, l.holder_post, l.unit_id, l.due_on, l.due_at,
              CASE WHEN l.ended_at <= l.plain_due_at THEN 'on-time' WHEN l.ended_at IS NOT NULL THEN 'late'
                   WHEN l.due_at <= $8::bigint THEN 'overdue' ELSE 'ahead' END
         FROM cell l WHERE l.kind <> 'round'),
     page AS (
       SELECT * FROM refs WHERE ($10::text IS NULL OR state = $10) AND ($11::text IS NULL OR ref COLLATE "C" > $11)
        ORDER BY ref COLLATE "C" LIMIT $12),
     counted AS (SELECT sum(on_time) AS on_time, sum(late) AS late, sum(overdue) AS overdue, sum(ahead) AS ahead FROM cell)
     SELECT n.*, r.ref, r.case_id AS "caseId", r.post, o.title AS "postTitle", h.name AS person, u.name AS unit, r.state,
            r.due_on AS "dueOn", r.due_at AS "dueAt",
            CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object('id', s.id, 'name', s.name) END AS subject,
            (SELECT jsonb_build_object('template', x.template, 'at', x.at, 'readAt', x.read_at)
               FROM notices x WHERE x.case_id = r.case_id AND x.post = r.post ORDER BY x.id DESC LIMIT 1) AS told
       FROM counted n LEFT JOIN page r ON true LEFT JOIN subjects s ON s.id = r.subject_id LEFT JOIN posts o ON o.id = r.post
            LEFT JOIN tenures t ON t.post_id = r.post AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
            LEFT JOIN units u ON u.id = r.unit_id
      ORDER BY r.ref COLLATE "C"`,
    [
      from,
      to,
      kind,
      clock,
      unitOf(reach),
      unit ?? null,
      cycle ?? null,
      now,
      key ?? null,
      state ?? null,
      after ?? null,
      limit,
    ],
  );
  const [counted] = rows;
  if (counted === undefined) throw new Error('a count without a row');
  const refs = rows.flatMap(({ ref, dueAt, on_time: _1, late: _2, overdue: _3, ahead: _4, ...row }) =>
    ref === null ? [] : [{ ...row, ref, dueAt: Number(dueAt) }],
  );
  return { cell: cellFrom(week, mondayOf(localDate(now)), counted), refs };
}

function dutyOf(duty: Duty): (typeof DUTIES)[number] {
  const found = DUTIES.find((one) => one.duty === duty);
  if (found === undefined) throw new Error(`no duty ${duty}`);
  return found;
}

export interface StoodRef extends CellRef {
  /** Of what is asked for: a visit made ended when it was received, one not made runs on whatever the round did. */
  readonly standing: Standing | null;
  /** The last rung of the limit that fired. */
  readonly rung: { readonly title: string; readonly tone: RungTone; readonly at: number } | null;
}

/** The page with the days left or over, and the rung each has come to. */
export async function withStandings(
  db: Queryable,
  deps: Pick<CasesDeps, 'processes'>,
  { rules, calendar, ladders }: Pick<InForce, 'rules' | 'calendar' | 'ladders'>,
  { duty, now }: Pick<CellAsked, 'duty' | 'now'>,
  refs: readonly CellRef[],
): Promise<readonly StoodRef[]> {
  const { clock: id } = dutyOf(duty);
  const { rows } = await db.query<{
    id: string;
    kind: string;
    state: unknown;
    ladder: string | null;
    rung: string | null;
    at: string | null;
  }>(
    `SELECT c.id, c.kind, c.state, g.ladder, g.rung, g.fired_at AS at
       FROM cases c LEFT JOIN LATERAL (SELECT ladder, rung, fired_at FROM case_rungs WHERE case_id = c.id AND clock = $2
                                        ORDER BY fired_at DESC, arming DESC LIMIT 1) g ON true
      WHERE c.id = ANY($1)`,
    [[...new Set(refs.map(({ caseId }) => caseId))], id],
  );
  const cases = new Map(rows.map((row) => [row.id, row]));
  return refs.map((ref) => {
    const row = cases.get(ref.caseId);
    if (row === undefined) return { ...ref, standing: null, rung: null };
    const clock =
      row.kind === 'round'
        ? visitClock(row.state as Round, ref.subject?.id ?? '')
        : processOf(deps, row.kind)
            .clocks(row.state)
            .find((one) => one.id === id);
    const fired = ladders.get(row.ladder ?? '')?.rungs.find((rung) => rung.id === row.rung);
    return {
      ...ref,
      standing: clock === undefined ? null : standingOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar, now),
      rung:
        fired === undefined || row.at === null
          ? null
          : { title: rungTitle(fired), tone: toneOf(fired), at: Number(row.at) },
    };
  });
}

/** An extension puts off when a visit not yet made counts against the cadre, never when one that was made counts. */
function visitClock(state: Round, subject: string): Clock {
  const { endedAt: _, ...running } = periodClock(state);
  const visit = visitOf(state, subject)?.visit;
  const received = visit === undefined || visit === null ? undefined : state.records[visit]?.receivedAt;
  return received === undefined ? running : { ...running, extensions: [], endedAt: received };
}
