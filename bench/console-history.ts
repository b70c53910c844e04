/**
 * Years of journal and notices, made of one quarter that was lived: its cases, limits, rungs and entries once more for each
 * quarter before it, and its notices as often as it takes. SQL only. Must run with a role that may write every table.
 */
import type pg from 'pg';
import { dayNumber } from '../domain/kernel/civil-day.ts';
import { quarterPeriod } from '../domain/supervision/cycle-request.ts';

export const MOST_ENTRIES = 500_000;
export const MOST_NOTICES = 1_000_000;
const LOG_LINES = 200_000;

export async function repeatHistory(pool: pg.Pool, quarter: string, say: (line: string) => void): Promise<void> {
  let earlier = quarter;
  for (let entries = await count(pool, 'entries'); entries < MOST_ENTRIES; entries = await count(pool, 'entries')) {
    earlier = quarterBefore(earlier);
    say(`${earlier}:流水 ${String(entries)} 条`);
    await copyQuarter(pool, quarter, earlier);
  }
  await pool.query(DELIVERED);
  for (let round = 1; (await count(pool, 'notices')) < MOST_NOTICES; round += 1) {
    say(`通知第 ${String(round + 1)} 遍`);
    await pool.query(REPEATED, [round * 10_000, MOST_NOTICES]);
  }
  await pool.query(MESSAGES);
  await pool.query(ACCESS, [LOG_LINES]);
  await pool.query(SECURITY, [LOG_LINES]);
  await pool.query(REFUSALS, [LOG_LINES]);
}

async function count(pool: pg.Pool, table: 'entries' | 'notices'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n ?? 0;
}

function quarterBefore(quarter: string): string {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return number === 1 ? `${String(year - 1)}-Q4` : `${String(year)}-Q${String(number - 1)}`;
}

const daysBetween = (earlier: string, later: string): number =>
  dayNumber(quarterPeriod(later)?.fromOn ?? '') - dayNumber(quarterPeriod(earlier)?.fromOn ?? '');

/** What is one of the quarter's: $1 its name, $2 the name of the copy, $3 the days between. */
const OWN = `WHERE (c.key = $1::text OR starts_with(c.key, $1::text || '/'))`;
const EARLIER_DAY = (column: string): string => `to_char(${column}::date - $3::bigint::int, 'YYYY-MM-DD')`;

const COPIES = [
  `INSERT INTO cases (id, kind, key, state, armings, state_version, revision, seq, head, opened_at, last_at, closed_at, closed_as, stage,
          holder_post, unit_id, subject_id, cycle_id, figures, due_at, due_on, due_rule, provisional, breached, span_from, span_to)
   SELECT replace(id, $1::text, $2::text), kind, replace(key, $1::text, $2::text), replace(state::text, $1::text, $2::text)::jsonb, armings, state_version, revision, seq,
          head, opened_at - $3::bigint * 86400000, last_at - $3::bigint * 86400000, closed_at - $3::bigint * 86400000, closed_as, stage, holder_post, unit_id, subject_id,
          replace(cycle_id, $1::text, $2::text), figures, due_at - $3::bigint * 86400000, ${EARLIER_DAY('due_on')}, due_rule, provisional, breached,
          ${EARLIER_DAY('span_from')}, ${EARLIER_DAY('span_to')}
     FROM cases c ${OWN}`,
  `INSERT INTO case_limits (case_id, clock, kind, rule, started_at, due_at, due_on, plain_due_at, ended_at)
   SELECT replace(case_id, $1::text, $2::text), clock, l.kind, rule, started_at - $3::bigint * 86400000, l.due_at - $3::bigint * 86400000, ${EARLIER_DAY('l.due_on')},
          plain_due_at - $3::bigint * 86400000, ended_at - $3::bigint * 86400000
     FROM case_limits l JOIN cases c ON c.id = l.case_id ${OWN}`,
  `INSERT INTO case_rungs (case_id, clock, arming, rung, ladder, fired_at, moved_at)
   SELECT replace(case_id, $1::text, $2::text), clock, arming, rung, ladder, fired_at - $3::bigint * 86400000, moved_at - $3::bigint * 86400000
     FROM case_rungs g JOIN cases c ON c.id = g.case_id ${OWN}`,
  `INSERT INTO entries (chain, seq, at, previous, hash, body)
   SELECT replace(chain, $1::text, $2::text), e.seq, at - $3::bigint * 86400000, previous, hash, replace(body, $1::text, $2::text)
     FROM entries e JOIN cases c ON c.id = e.chain ${OWN} ORDER BY e.id`,
  `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, state, at)
   SELECT replace(case_id, $1::text, $2::text), n.seq, post, template, channel, urgency, details, n.state, at - $3::bigint * 86400000
     FROM notices n JOIN cases c ON c.id = n.case_id ${OWN} ORDER BY n.id`,
  `INSERT INTO figures (cycle_id, rate, ref, unit_id, counted)
   SELECT replace(cycle_id, $1::text, $2::text), rate, replace(ref, $1::text, $2::text), unit_id, counted
     FROM figures WHERE cycle_id = $1::text AND $3::bigint > 0`,
] as const;

async function copyQuarter(pool: pg.Pool, quarter: string, earlier: string): Promise<void> {
  for (const copy of COPIES) await pool.query(copy, [quarter, earlier, daysBetween(earlier, quarter)]);
}

/** Every notice but the newest hundred went out; one in a hundred was refused or had nobody to go to. */
const DELIVERED = `
UPDATE notices SET state = CASE WHEN id % 100 = 0 THEN 'refused' WHEN id % 100 = 1 THEN 'no-addressee' WHEN id % 3 = 0 THEN 'sent' ELSE 'read' END,
       why = CASE WHEN id % 100 = 0 THEN 'refused' WHEN id % 100 = 1 THEN 'no-addressee' END,
       read_at = CASE WHEN id % 3 <> 0 AND id % 100 > 1 THEN at + 3600000 END,
       message_id = CASE WHEN id % 100 <> 1 THEN 'bench/' || post || '/' || at / 604800000 END
 WHERE id <= (SELECT max(id) - 100 FROM notices)`;

const REPEATED = `
INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, state, at, why, read_at, message_id)
SELECT case_id, seq + $1::int, post, template, channel, urgency, details, state, at + $1::int, why, read_at, message_id
  FROM notices WHERE seq < 10000 AND state <> 'queued' ORDER BY id
 LIMIT greatest(0, $2::int - (SELECT count(*)::int FROM notices))`;

/** One mail a post and week, to whoever holds the post. */
const MESSAGES = `
INSERT INTO messages (id, person_id, address, subject, body, state, attempts, retry_at, frozen_at, sent_at)
SELECT n.message_id, min(t.person_id), 'someone@zhaodan.example', '您有 3 件待办', '……', 'sent', 1, min(n.at), min(n.at), min(n.at) + 60000
  FROM notices n LEFT JOIN tenures t ON t.post_id = n.post AND t.to_on IS NULL
 WHERE n.message_id IS NOT NULL GROUP BY n.message_id`;

/** Lines of everybody in turn, evenly over three years. */
const HELD = 'SELECT person_id, post_id, row_number() OVER (ORDER BY id) AS nth FROM tenures WHERE to_on IS NULL';
const LINES = `generate_series(1, $1::int) AS g
  JOIN (${HELD}) AS who ON who.nth = g % (SELECT count(*) FROM tenures WHERE to_on IS NULL) + 1`;
const AT = `(SELECT max(at) FROM entries) - g::bigint * 400000`;

const ACCESS = `
INSERT INTO access_log (at, person, post, capacity, outcome, access_right, route, about, what, request)
SELECT ${AT}, person_id, post_id, 'self', CASE WHEN g % 50 = 0 THEN 'refused' ELSE 'read' END, 'case.read', '/api/cases/{id}',
       'subject/' || g % 20000, 'texts', 'bench-' || g
  FROM ${LINES}`;
const SECURITY = `
INSERT INTO security_log (at, event, person, address)
SELECT ${AT}, CASE WHEN g % 20 = 0 THEN 'sign-in-failed' ELSE 'signed-in' END, person_id, '10.0.0.' || g % 200 FROM ${LINES}`;
const REFUSALS = `
INSERT INTO refusals (case_id, person, post, command, code, at)
SELECT (SELECT id FROM cases WHERE kind = 'cycle' ORDER BY id LIMIT 1), person_id, post_id, 'record-visit', 'visit-already-recorded', ${AT}
  FROM ${LINES}`;
