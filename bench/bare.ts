/**
 * The baseline of the visits: one `pg` transaction that writes what a visit wrote, byte for byte, into copies of the same
 * rows. It decides nothing, reads no register, computes no hash; what the API costs is the rest.
 */
import type pg from 'pg';
import type { CasesDeps } from '../cases/deps.ts';
import { processOf } from '../cases/deps.ts';
import { afterEntry, EMPTY, parseEntry, type Fold } from '../cases/entry.ts';
import { inTransaction } from '../cases/transaction.ts';

/** What one visit left behind, and what the case was after it. */
export interface Written {
  readonly caseId: string;
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
  readonly actor: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: string;
  readonly state: string;
  readonly armings: string;
}

const COPY = 'bare/';

/** Copies the rounds of a cycle, with their first entries, before anything is recorded in them. */
export async function copyRounds(pool: pg.Pool, cycle: string): Promise<void> {
  await pool.query(
    `INSERT INTO cases SELECT (jsonb_populate_record(c, jsonb_build_object('id', $2 || c.id, 'key', $2 || c.key, 'kind', 'bare'))).*
       FROM cases c WHERE kind = 'round' AND cycle_id = $1`,
    [cycle, COPY],
  );
}

interface Row {
  readonly chain: string;
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
  readonly fingerprint: string | null;
  readonly answer: string | null;
}

/** Every visit of the cycle's rounds in the order of writing, each with the case as it was after it. */
export async function writtenBy(deps: CasesDeps, cycle: string): Promise<readonly Written[]> {
  const { rows } = await deps.pool.query<Row>(
    `SELECT e.chain, e.seq, e.at, e.previous, e.hash, e.body, m.fingerprint, m.answer::text AS answer
       FROM entries e JOIN cases c ON c.id = e.chain
       LEFT JOIN commands m ON m.case_id = e.chain AND m.actor = e.body::jsonb->'actor'->>'person'
             AND m.key = e.body::jsonb->'cause'->>'key'
      WHERE c.kind = 'round' AND c.cycle_id = $1 ORDER BY e.id`,
    [cycle],
  );
  const process = processOf(deps, 'round');
  const folds = new Map<string, Fold>();
  const written: Written[] = [];
  for (const { chain, fingerprint, answer, ...row } of rows) {
    const content = parseEntry(row.body);
    const fold = afterEntry(process, folds.get(chain) ?? EMPTY, content);
    folds.set(chain, fold);
    const { cause, actor } = content;
    if (cause.type !== 'command' || cause.command.type !== 'record-visit') continue;
    if (fingerprint === null || answer === null) throw new Error(`${chain} ${row.seq}: its command is not stored`);
    written.push({
      ...row,
      caseId: COPY + chain,
      actor: actor.person,
      key: COPY + cause.key,
      fingerprint,
      answer,
      state: JSON.stringify(fold.state),
      armings: JSON.stringify(fold.armings),
    });
  }
  return written;
}

export async function writeBare(pool: pg.Pool, one: Written): Promise<void> {
  const { caseId, seq, at, previous, hash, body, actor, key, fingerprint, answer, state, armings } = one;
  await inTransaction(pool, async (client) => {
    await client.query({
      name: 'bare-key',
      text: 'INSERT INTO commands (actor, key, fingerprint, case_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      values: [actor, key, fingerprint, caseId, at],
    });
    await client.query({
      name: 'bare-lock',
      text: 'SELECT state, armings, seq, head FROM cases WHERE id = $1 FOR NO KEY UPDATE',
      values: [caseId],
    });
    await client.query({
      name: 'bare-case',
      text: 'UPDATE cases SET state = $2, armings = $3, seq = $4, head = $5, last_at = $6 WHERE id = $1',
      values: [caseId, state, armings, seq, hash, at],
    });
    await client.query({
      name: 'bare-entry',
      text: 'INSERT INTO entries (chain, seq, at, previous, hash, body) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [caseId, seq, at, previous, hash, body],
    });
    await client.query({
      name: 'bare-answer',
      text: 'UPDATE commands SET answer = $3::jsonb WHERE actor = $1 AND key = $2',
      values: [actor, key, answer],
    });
  });
}
