/**
 * Everything a cadre needs to work a round without a connection, read at once: whom to visit and why on site, what stands
 * open there, the checklist, the rules of evidence, how long is left. Decides nothing.
 */
import type pg from 'pg';
import { lawDay } from '../domain/kernel/due.ts';
import { standingOf, type Standing } from '../domain/kernel/standing.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import { correctionWords } from '../domain/words/correction.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import type { Mode, Period } from '../domain/supervision/round-messages.ts';
import { stageOf } from '../domain/supervision/round.ts';
import { effectiveRecord, periodClock, type Round, type RoundVisit } from '../domain/supervision/round-state.ts';
import type { ChecklistItem } from '../domain/supervision/round-visits.ts';
import { foldOf } from './apply.ts';
import { readCase } from './case-row.ts';
import { processOf, readClock, type CasesDeps } from './deps.ts';
import type { InForce } from './office.ts';
import { firstClock } from './todo.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface OpenCorrection {
  readonly caseId: string;
  readonly stage: string;
  /** The finding, where its text was not erased. */
  readonly text: string | null;
  readonly dueOn: string | null;
}

/** What is recorded of a visit: enough to see whether it is one's own. */
export interface SheetRecord {
  readonly visit: string;
  readonly visitedOn: string;
  readonly mode: Mode;
  readonly receivedAt: number;
  readonly by: string;
  readonly findings: number;
  /** The last day on which it may be amended. */
  readonly amendUntil: string;
}

export interface SheetSubject {
  readonly subject: string;
  readonly name: string;
  readonly address: string;
  readonly class: string;
  readonly risk: string;
  readonly trade: string;
  readonly closed: boolean;
  readonly status: RoundVisit['status'];
  /** Why the visit must be on site: the plan says so, or the subject's risk; null where it need not be. */
  readonly onSite: 'planned' | 'risk' | null;
  readonly record: SheetRecord | null;
  readonly corrections: readonly OpenCorrection[];
  readonly movedTo: { readonly post: string; readonly title: string | null; readonly at: number } | null;
}

export interface RoundSheet {
  readonly caseId: string;
  readonly key: string;
  readonly cycle: string;
  readonly period: Period;
  readonly post: string;
  readonly stageTitle: string;
  readonly closed: boolean;
  /** Today by the office's clock. */
  readonly on: string;
  readonly standing: Standing;
  readonly seq: number;
  readonly head: string;
  readonly subjects: readonly SheetSubject[];
  /** The post's own order of subjects; empty where none was set. */
  readonly order: readonly string[];
  readonly checklist: readonly ChecklistItem[];
  readonly evidence: {
    readonly requiredModes: readonly Mode[];
    readonly toleranceDays: number;
  };
  /** Named in a record, and never received. */
  readonly missingFiles: readonly {
    readonly visit: string;
    readonly subject: string;
    readonly digest: string;
    readonly takenOn: string;
  }[];
}

export async function roundSheet(deps: CasesDeps, caseId: string, post: string): Promise<RoundSheet> {
  const client = await deps.pool.connect();
  try {
    const row = await readCase(client, caseId);
    const state = (await foldOf(client, processOf(deps, 'round'), row)).state as Round;
    const inForce = await deps.office.inForce(client, row.publication);
    const now = await readClock(deps, client);
    const { rules, calendar, policy } = inForce;
    const clock = periodClock(state);
    return {
      caseId,
      key: row.key,
      cycle: state.cycle,
      period: state.period,
      post: state.post,
      stageTitle: stageWords(wordsOf('round'), stageOf(state), state.end?.as ?? null),
      closed: state.end !== null,
      on: localDate(now),
      standing: standingOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar, now),
      seq: row.seq,
      head: row.head,
      subjects: await subjectsOf(client, caseId, state, inForce),
      order: await orderOf(client, caseId, post),
      checklist: policy.value<readonly ChecklistItem[]>('supervision.checklist'),
      evidence: {
        requiredModes: policy.value<readonly Mode[]>('supervision.evidenceRequiredModes'),
        toleranceDays: policy.value<number>('supervision.evidenceToleranceDays'),
      },
      missingFiles: await missingFiles(client, state),
    };
  } finally {
    client.release();
  }
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly class: string;
  readonly risk: string;
  readonly trade: string;
  readonly status: string;
}

async function subjectsOf(
  client: Queryable,
  caseId: string,
  state: Round,
  { calendar, policy }: InForce,
): Promise<readonly SheetSubject[]> {
  const ids = state.visits.map(({ subject }) => subject);
  const { rows } = await client.query<Known>({
    name: 'round-sheet-subjects',
    text: 'SELECT id, name, address, class, risk, trade, status FROM subjects WHERE id = ANY($1)',
    values: [ids],
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const corrections = await openCorrections(client, ids);
  const handedOver = state.visits.some(({ status }) => status === 'handed-over');
  const moved = handedOver ? await movedTo(client, caseId) : null;
  const names = await namesOf(client, state);
  const risks = policy.value<readonly string[]>('supervision.onSiteRisks');
  const days = policy.value<number>('supervision.amendWorkingDays');
  return state.visits.map((visit) => {
    const subject = known.get(visit.subject);
    const recorded = visit.visit === null ? undefined : state.records[visit.visit];
    const record = recorded === undefined ? undefined : effectiveRecord(recorded);
    return {
      subject: visit.subject,
      name: subject?.name ?? visit.subject,
      address: subject?.address ?? '',
      class: subject?.class ?? '',
      risk: subject?.risk ?? '',
      trade: subject?.trade ?? '',
      closed: subject?.status === 'closed',
      status: visit.status,
      onSite: risks.includes(subject?.risk ?? '') ? 'risk' : visit.onSite ? 'planned' : null,
      record:
        record === undefined || recorded === undefined || visit.visit === null
          ? null
          : {
              visit: visit.visit,
              visitedOn: record.visitedOn,
              mode: record.mode,
              receivedAt: recorded.receivedAt,
              by: names.get(recorded.versions.at(-1)?.by.person ?? '') ?? '',
              findings: record.findings.length,
              amendUntil: calendar.addWorkingDays(localDate(recorded.receivedAt), days),
            },
      corrections: corrections.get(visit.subject) ?? [],
      movedTo: moved?.get(visit.subject) ?? null,
    };
  });
}

async function openCorrections(
  client: Queryable,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenCorrection[]>> {
  const { rows } = await client.query<OpenCorrection & { subject: string }>({
    name: 'round-sheet-corrections',
    text: `SELECT c.subject_id AS subject, c.id AS "caseId", c.stage, t.body AS text, c.due_on AS "dueOn"
             FROM cases c LEFT JOIN texts t ON t.id = c.state ->> 'text'
            WHERE c.subject_id = ANY($1) AND c.kind = 'correction' AND c.closed_at IS NULL
            ORDER BY c.due_at NULLS LAST, c.id`,
    values: [subjects],
  });
  const found = new Map<string, OpenCorrection[]>();
  for (const { subject, ...correction } of rows) {
    const stage = stageWords(correctionWords, correction.stage, null);
    found.set(subject, [...(found.get(subject) ?? []), { ...correction, stage }]);
  }
  return found;
}

/** Where each handed-over subject went last, as the journal of the round says. */
async function movedTo(client: Queryable, caseId: string): Promise<Map<string, NonNullable<SheetSubject['movedTo']>>> {
  const { rows } = await client.query<{ subject: string; post: string; title: string | null; at: string }>({
    name: 'round-sheet-moved',
    text: `SELECT v ->> 'subject' AS subject, x ->> 'toPost' AS post, p.title, e.at
             FROM entries e CROSS JOIN LATERAL jsonb_array_elements(e.body::jsonb -> 'events') x
                  CROSS JOIN LATERAL jsonb_array_elements(x -> 'visits') v LEFT JOIN posts p ON p.id = x ->> 'toPost'
            WHERE e.chain = $1 AND x ->> 'type' = 'visits-handed-over' ORDER BY e.seq`,
    values: [caseId],
  });
  return new Map(rows.map(({ subject, post, title, at }) => [subject, { post, title, at: Number(at) }]));
}

async function namesOf(client: Queryable, { records }: Round): Promise<ReadonlyMap<string, string>> {
  const ids = Object.values(records).flatMap(({ versions }) => versions.map(({ by }) => by.person));
  const { rows } = await client.query<{ id: string; name: string }>({
    name: 'round-sheet-names',
    text: 'SELECT id, name FROM persons WHERE id = ANY($1)',
    values: [ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function missingFiles(client: Queryable, { records }: Round): Promise<RoundSheet['missingFiles']> {
  const named = Object.entries(records).flatMap(([visit, recorded]) =>
    (effectiveRecord(recorded)?.evidence ?? []).map((file) => ({ visit, subject: recorded.subject, ...file })),
  );
  const { rows } = await client.query<{ digest: string }>({
    name: 'round-sheet-files',
    text: 'SELECT digest FROM evidence WHERE digest = ANY($1)',
    values: [named.map(({ digest }) => digest)],
  });
  const kept = new Set(rows.map(({ digest }) => digest));
  return named.filter(({ digest }) => !kept.has(digest));
}

async function orderOf(client: Queryable, caseId: string, post: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ subjects: string[] }>({
    name: 'visit-order',
    text: 'SELECT subjects FROM visit_orders WHERE round_id = $1 AND post = $2',
    values: [caseId, post],
  });
  return rows[0]?.subjects ?? [];
}

/** The post's own order; no part of the journal. Subjects that are not of the round stay where they are and harm nobody. */
export async function keepOrder(
  db: Queryable,
  caseId: string,
  post: string,
  subjects: readonly string[],
): Promise<void> {
  await db.query({
    name: 'keep-visit-order',
    text: `INSERT INTO visit_orders (round_id, post, subjects) VALUES ($1, $2, $3)
           ON CONFLICT (round_id, post) DO UPDATE SET subjects = excluded.subjects`,
    values: [caseId, post, subjects],
  });
}

export interface MyRound {
  readonly caseId: string;
  readonly key: string;
  readonly cycle: string | null;
  readonly standing: Standing | null;
  readonly due: number;
  readonly total: number;
}

/** Open rounds that the post holds, the earliest limit first. */
export async function myRounds(deps: CasesDeps, post: string): Promise<readonly MyRound[]> {
  const client = await deps.pool.connect();
  try {
    const inForce = await deps.office.inForce(client);
    const now = await readClock(deps, client);
    const { rows } = await client.query<{ id: string; key: string; cycle_id: string | null; state: Round }>({
      name: 'my-rounds',
      text: `SELECT id, key, cycle_id, state FROM cases
              WHERE holder_post = $1 AND kind = 'round' AND closed_at IS NULL ORDER BY due_at NULLS LAST, id LIMIT 50`,
      values: [post],
    });
    return rows.map(({ id, key, cycle_id, state }) => ({
      caseId: id,
      key,
      cycle: cycle_id,
      standing: firstClock(deps, 'round', state, inForce, now)?.standing ?? null,
      due: state.visits.filter(({ status }) => status === 'due').length,
      total: state.visits.filter(({ status }) => status === 'due' || status === 'done').length,
    }));
  } finally {
    client.release();
  }
}
