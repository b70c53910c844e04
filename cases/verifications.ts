/**
 * A verification of the whole journal in the background: one at a time, its progress and its result kept. A run whose
 * process died is told as interrupted, never as passed.
 */
import type pg from 'pg';
import type { Actor } from '../domain/kernel/process.ts';
import { readClock, type CasesDeps } from './deps.ts';
import { verify } from './verify.ts';

/** A run that has not been heard of for so long has died with its process. */
const SILENT_MS = 60_000;
/** Progress is written once in so many chains. */
const EVERY_CHAINS = 50;
/** Differences kept with the result; their number is kept whole. */
const MOST_KEPT = 500;

export type VerificationState = 'running' | 'finished' | 'interrupted' | 'failed';

export interface Verification {
  readonly id: string;
  readonly person: string;
  readonly personName: string | null;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly state: VerificationState;
  readonly chainsTotal: number;
  readonly chainsDone: number;
  readonly result: VerificationResult | null;
}

export interface VerificationResult {
  readonly chains: number;
  readonly entries: number;
  readonly redecided: number;
  readonly notRedecidable: number;
  readonly differenceCount: number;
  readonly differences: readonly {
    readonly chain: string;
    readonly seq: number;
    readonly about: string;
    readonly code: string;
  }[];
  readonly checkpoints: number;
  readonly wrongCheckpoints: number;
  readonly wrongRegisterRows: number;
}

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Starts one in this process; `null` where one is running already. `done` is for whoever wants to wait. */
export async function startVerification(
  deps: CasesDeps,
  actor: Actor,
): Promise<{ readonly id: string; readonly done: Promise<void> } | null> {
  const client = await deps.pool.connect();
  try {
    const at = await readClock(deps, client);
    await client.query("SELECT pg_advisory_lock(hashtext('zhaodan/verification'))");
    try {
      const running = await client.query(
        'SELECT 1 FROM verifications WHERE finished_at IS NULL AND fault IS NULL AND seen_at > $1',
        [(await wallClock(client)) - SILENT_MS],
      );
      if (running.rows.length > 0) return null;
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO verifications (person, post, started_at, seen_at, chains_total)
         VALUES ($1, $2, $3, $4, (SELECT count(DISTINCT chain) FROM entries)) RETURNING id::text`,
        [actor.person, actor.post, at, await wallClock(client)],
      );
      const id = rows[0]?.id ?? '';
      return { id, done: run(deps, id) };
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtext('zhaodan/verification'))");
    }
  } finally {
    client.release();
  }
}

/** Whether a process is alive is told by the real clock, whatever time a test says it is. */
async function wallClock(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ now: string }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now',
  );
  return Number(rows[0]?.now ?? 0);
}

async function run(deps: CasesDeps, id: string): Promise<void> {
  const { pool } = deps;
  const note = (done: number) =>
    pool.query(
      'UPDATE verifications SET chains_done = $2, seen_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint WHERE id = $1',
      [id, done],
    );
  try {
    let noted: Promise<unknown> = Promise.resolve();
    const found = await verify(deps, {
      onChain: (done) => {
        if (done % EVERY_CHAINS === 0) noted = noted.then(() => note(done));
      },
    });
    await noted;
    const result: VerificationResult = {
      chains: found.chains,
      entries: found.entries,
      redecided: found.redecided,
      notRedecidable: found.notRedecidable,
      differenceCount: found.differences.length,
      differences: found.differences.slice(0, MOST_KEPT),
      checkpoints: found.checkpoints.count,
      wrongCheckpoints: found.checkpoints.wrong.length,
      wrongRegisterRows: found.register.length,
    };
    await pool.query(
      `UPDATE verifications SET chains_done = $2, result = $3,
         finished_at = (extract(epoch FROM clock_timestamp()) * 1000)::bigint WHERE id = $1`,
      [id, found.chains, JSON.stringify(result)],
    );
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    await pool.query('UPDATE verifications SET fault = $2 WHERE id = $1', [id, fault.slice(0, 500)]);
    throw error;
  }
}

/** Newest first. */
export async function listVerifications(db: Queryable, limit: number): Promise<readonly Verification[]> {
  const { rows } = await db.query<{
    id: string;
    person: string;
    name: string | null;
    started_at: string;
    seen_at: string;
    finished_at: string | null;
    chains_total: number;
    chains_done: number;
    result: VerificationResult | null;
    fault: string | null;
  }>(
    `SELECT v.id::text, v.person, h.name, v.started_at, v.seen_at, v.finished_at, v.chains_total, v.chains_done, v.result, v.fault
       FROM verifications v LEFT JOIN persons h ON h.id = v.person ORDER BY v.id DESC LIMIT $1`,
    [limit],
  );
  const now = await wallClock(db);
  return rows.map((row) => ({
    id: row.id,
    person: row.person,
    personName: row.name,
    startedAt: Number(row.started_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    state:
      row.fault !== null
        ? 'failed'
        : row.finished_at !== null
          ? 'finished'
          : now - Number(row.seen_at) > SILENT_MS
            ? 'interrupted'
            : 'running',
    chainsTotal: row.chains_total,
    chainsDone: row.chains_done,
    result: row.result,
  }));
}
