/** How a step reaches the database: the entry, the case's row, the driver's wake-up and the answer in one statement. */
import type pg from 'pg';
import type { Json, Summary } from '../domain/kernel/process.ts';
import type { Fold } from './entry.ts';
import type { AnyProcess } from './deps.ts';
import { firedIn, isActed, type rungsOf } from './rungs.ts';
import type { Step } from './step.ts';
import type { Outlook } from '../domain/kernel/alarms.ts';
import type { LimitRow } from '../domain/kernel/limit-rows.ts';

/** The row columns of a step, in the order in which both statements below take them. */
function columns({ summary, outlook, fold, process }: Pick<Step, 'summary' | 'outlook' | 'fold' | 'process'>) {
  return {
    state: fold.state as Json,
    armings: fold.armings as unknown as Json,
    state_version: process.stateVersion,
    revision: process.revision,
    stage: summary.stage,
    holder_post: summary.holder,
    unit_id: summary.unit,
    subject_id: summary.subject ?? null,
    cycle_id: summary.cycle ?? null,
    closed_as: summary.closedAs ?? null,
    figures: summary.figures ?? {},
    next_alarm_at: outlook.nextAlarmAt,
    next_clock: outlook.nextClock,
    next_rung: outlook.nextRung,
    due_at: outlook.dueAt,
    due_on: outlook.dueOn,
    due_rule: outlook.dueRule,
    provisional: outlook.provisional,
    breached: outlook.breached,
    span_from: outlook.spanFrom,
    span_to: outlook.spanTo,
  };
}

const TYPES = `state jsonb, armings jsonb, state_version int, revision int, stage text, holder_post text, unit_id text,
  subject_id text, cycle_id text, closed_as text, figures jsonb, next_alarm_at bigint, next_clock text, next_rung text,
  due_at bigint, due_on text, due_rule text, provisional boolean, breached boolean, span_from text, span_to text`;

const NAMES = TYPES.replaceAll(/ (jsonb|int|text|bigint|boolean)(?=,|$)/g, '');
const ENTRY = 'seq int, at bigint, previous text, hash text, body text';

const LIMIT = `clock text, rule text, "startedAt" bigint, "dueAt" bigint, "dueOn" text, "plainDueAt" bigint, "endedAt" bigint`;

/** The limits of the cases in `input`, as they are now: changed, added, and those that a case no longer has taken away. */
const LIMITS = `
wanted AS (
  SELECT i.id, i.kind, l.* FROM input i CROSS JOIN LATERAL jsonb_to_recordset(i.limits) AS l(${LIMIT})),
kept AS (
  INSERT INTO case_limits (case_id, clock, kind, rule, started_at, due_at, due_on, plain_due_at, ended_at)
  SELECT id, clock, kind, rule, "startedAt", "dueAt", "dueOn", "plainDueAt", "endedAt" FROM wanted
  ON CONFLICT (case_id, clock) DO UPDATE SET rule = excluded.rule, started_at = excluded.started_at, due_at = excluded.due_at,
    due_on = excluded.due_on, plain_due_at = excluded.plain_due_at, ended_at = excluded.ended_at
  WHERE (case_limits.rule, case_limits.started_at, case_limits.due_at, case_limits.due_on, case_limits.plain_due_at, case_limits.ended_at)
    IS DISTINCT FROM (excluded.rule, excluded.started_at, excluded.due_at, excluded.due_on, excluded.plain_due_at, excluded.ended_at)),
dropped AS (
  DELETE FROM case_limits c USING input i
   WHERE c.case_id = i.id AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = c.case_id AND w.clock = c.clock))`;

const RUNG = `clock text, arming int, rung text, ladder text, "firedAt" bigint`;

/** An act of a person answers every rung that had fired and was not answered; rungs that fire now wait for the next. */
const RUNGS = `
moved AS (
  UPDATE case_rungs g SET moved_at = input.at FROM input WHERE input.acted AND g.case_id = input.id AND g.moved_at IS NULL),
fired AS (
  INSERT INTO case_rungs (case_id, clock, arming, rung, ladder, fired_at)
  SELECT i.id, r.clock, r.arming, r.rung, r.ladder, r."firedAt"
    FROM input i CROSS JOIN LATERAL jsonb_to_recordset(i.rungs) AS r(${RUNG})
  ON CONFLICT DO NOTHING)`;

const row = (step: Step) => {
  const { chain, seq, at, previous, hash, body } = step.sealed;
  return {
    id: chain,
    kind: step.kind,
    key: chain.slice(step.kind.length + 1),
    seq,
    at,
    previous,
    hash,
    body,
    limits: step.limits,
    rungs: firedIn(step.content, step.fold.armings),
    acted: isActed(step.content),
    ...columns(step),
  };
};

const UPDATE = `
WITH input AS (SELECT * FROM jsonb_to_record($1::jsonb) AS x(id text, kind text, limits jsonb, rungs jsonb, acted boolean, ${ENTRY}, ${TYPES})),${LIMITS},${RUNGS},
entered AS (INSERT INTO entries (chain, seq, at, previous, hash, body) SELECT id, seq, at, previous, hash, body FROM input),
changed AS (
  UPDATE cases c SET (${NAMES}) = (SELECT ${NAMES} FROM input), seq = input.seq, head = input.hash, last_at = input.at,
    closed_at = CASE WHEN input.closed_as IS NULL THEN NULL ELSE coalesce(c.closed_at, input.at) END
  FROM input WHERE c.id = input.id),
answered AS (UPDATE commands SET answer = $2::jsonb WHERE actor = $3 AND key = $4)
INSERT INTO outbox (case_id, kind, generation, at) SELECT id, kind, seq, at FROM input WHERE $5
ON CONFLICT (case_id) DO UPDATE SET generation = excluded.generation, at = excluded.at`;

/** What a caller gets back, stored beside the command so that the same key answers the same. */
export interface StoredAnswer {
  readonly actor: string;
  readonly key: string;
  readonly answer: unknown;
}

export async function writeStep(
  client: pg.ClientBase,
  step: Step,
  wake: boolean,
  answer?: StoredAnswer,
): Promise<void> {
  await client.query({
    name: 'write-step',
    text: UPDATE,
    values: [
      JSON.stringify(row(step)),
      answer === undefined ? null : JSON.stringify(answer.answer),
      answer?.actor ?? null,
      answer?.key ?? null,
      wake,
    ],
  });
}

const INSERT = `
WITH input AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS x(id text, kind text, key text, limits jsonb, ${ENTRY}, ${TYPES})),
opened AS (
  INSERT INTO cases (id, kind, key, seq, head, opened_at, last_at, closed_at, ${NAMES})
  SELECT id, kind, key, seq, hash, at, at, CASE WHEN closed_as IS NULL THEN NULL ELSE at END, ${NAMES} FROM input ORDER BY kind, key
  ON CONFLICT (kind, key) DO NOTHING RETURNING id),
limited AS (
  INSERT INTO case_limits (case_id, clock, kind, rule, started_at, due_at, due_on, plain_due_at, ended_at)
  SELECT i.id, l.clock, i.kind, l.rule, l."startedAt", l."dueAt", l."dueOn", l."plainDueAt", l."endedAt"
    FROM input i JOIN opened o USING (id) CROSS JOIN LATERAL jsonb_to_recordset(i.limits) AS l(${LIMIT})),
entered AS (
  INSERT INTO entries (chain, seq, at, previous, hash, body)
  SELECT i.id, i.seq, i.at, i.previous, i.hash, i.body FROM input i JOIN opened o USING (id)),
outgoing AS (
  INSERT INTO outbox (case_id, kind, generation, at) SELECT i.id, i.kind, i.seq, i.at FROM input i JOIN opened o USING (id)
  ON CONFLICT (case_id) DO UPDATE SET generation = excluded.generation, at = excluded.at)
SELECT id FROM opened`;

/** Inserts new cases with their first entries; the ids of those that did not exist yet. */
export async function insertCases(client: pg.ClientBase, steps: readonly Step[]): Promise<ReadonlySet<string>> {
  if (steps.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>({
    name: 'insert-cases',
    text: INSERT,
    values: [JSON.stringify(steps.map(row))],
  });
  return new Set(rows.map(({ id }) => id));
}

export interface Refolded {
  readonly caseId: string;
  readonly process: AnyProcess;
  readonly fold: Fold;
  readonly summary: Summary;
  readonly outlook: Outlook;
  readonly limits: readonly LimitRow[];
  readonly rungs: ReturnType<typeof rungsOf>;
  readonly seq: number;
  readonly head: string;
  readonly at: number;
}

/** Writes a row again from its journal, without an entry; the driver is woken, because its alarm may be another one. */
export async function rewriteRow(client: pg.ClientBase, refolded: Refolded): Promise<void> {
  const { caseId, process, limits, rungs, seq, head, at } = refolded;
  await client.query(
    `WITH input AS (SELECT * FROM jsonb_to_record($1::jsonb) AS x(id text, kind text, limits jsonb, seq int, head text, at bigint, ${TYPES})),${LIMITS},
     changed AS (
       UPDATE cases c SET (${NAMES}) = (SELECT ${NAMES} FROM input), seq = input.seq, head = input.head, last_at = input.at,
         closed_at = CASE WHEN input.closed_as IS NULL THEN NULL ELSE coalesce(c.closed_at, input.at) END
       FROM input WHERE c.id = input.id RETURNING c.id, c.kind)
     INSERT INTO outbox (case_id, kind, generation, at) SELECT id, kind, $2, $3 FROM changed
     ON CONFLICT (case_id) DO UPDATE SET generation = greatest(outbox.generation, excluded.generation)`,
    [JSON.stringify({ id: caseId, kind: process.kind, limits, seq, head, at, ...columns(refolded) }), seq, at],
  );
  await client.query('DELETE FROM case_rungs WHERE case_id = $1', [caseId]);
  await client.query(
    `INSERT INTO case_rungs (case_id, clock, arming, rung, ladder, fired_at, moved_at)
     SELECT $1, clock, arming, rung, ladder, "firedAt", "movedAt" FROM jsonb_to_recordset($2::jsonb) AS r(${RUNG}, "movedAt" bigint)
     ON CONFLICT DO NOTHING`,
    [caseId, JSON.stringify(rungs)],
  );
}
