/**
 * A daily statement over every entry that can no longer change company: all below `pg_snapshot_xmin`. Chained, and mailed
 * to somebody outside the office, it shows a later rewriting of the journal. It proves nothing before the first one left.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { canonical } from '../domain/kernel/journal.ts';
import { readClock, type CasesDeps } from './deps.ts';
import { GENESIS } from './journal.ts';
import { inTransaction } from './transaction.ts';

export interface Checkpoint {
  readonly id: number;
  readonly at: number;
  readonly body: string;
  readonly hash: string;
  readonly previous: string;
}

interface Statement {
  readonly at: number;
  /** Transactions below this had all ended. */
  readonly xmin: string;
  readonly entries: number;
  readonly chains: number;
  /** Over every chain's last sequence number and hash, in the order of chains. */
  readonly heads: string;
  /** Over every content hash ever stored. */
  readonly contents: string;
}

const hashOf = (previous: string, body: string): string =>
  createHash('sha256').update(`zhaodan/checkpoint/1\n${previous}\n`).update(body).digest('hex');

/** Writes the day's checkpoint unless the newest is younger than `everyMs`; `null` when there was nothing to do. */
export async function writeCheckpoint(deps: CasesDeps, everyMs = 86_400_000): Promise<Checkpoint | null> {
  return inTransaction(deps.pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('zhaodan/checkpoint'))");
    const { rows } = await client.query<{ at: string; hash: string }>(
      'SELECT at, hash FROM checkpoints ORDER BY id DESC LIMIT 1',
    );
    const at = await readClock(deps, client);
    if (rows[0] !== undefined && at - Number(rows[0].at) < everyMs) return null;
    const xmin =
      (await client.query<{ xmin: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin')).rows[0]
        ?.xmin ?? '0';
    const body = canonical(await statementOf(client, at, xmin));
    const previous = rows[0]?.hash ?? GENESIS;
    const hash = hashOf(previous, body);
    const inserted = await client.query<{ id: number }>(
      'INSERT INTO checkpoints (at, body, hash, previous) VALUES ($1, $2, $3, $4) RETURNING id',
      [at, body, hash, previous],
    );
    return { id: inserted.rows[0]?.id ?? 0, at, body, hash, previous };
  });
}

export interface WrongCheckpoint {
  readonly id: number;
  readonly code: 'checkpoint-chain' | 'checkpoint-journal';
}

/** Every checkpoint, recomputed from the journal as it stands; what does not agree any more, by id. */
export async function verifyCheckpoints(
  client: pg.ClientBase,
): Promise<{ readonly count: number; readonly wrong: readonly WrongCheckpoint[] }> {
  const { rows } = await client.query<Omit<Checkpoint, 'at'>>(
    'SELECT id, body, hash, previous FROM checkpoints ORDER BY id',
  );
  const wrong: WrongCheckpoint[] = [];
  let previous = GENESIS;
  for (const { id, body, hash, previous: named } of rows) {
    if (named !== previous || hashOf(named, body) !== hash) wrong.push({ id, code: 'checkpoint-chain' });
    const { at, xmin } = JSON.parse(body) as Statement;
    if (canonical(await statementOf(client, at, xmin)) !== body) wrong.push({ id, code: 'checkpoint-journal' });
    previous = hash;
  }
  return { count: rows.length, wrong };
}

async function statementOf(client: pg.ClientBase, at: number, xmin: string): Promise<Statement> {
  const { rows } = await client.query<{ entries: string; chains: string; heads: string }>(
    `WITH covered AS (SELECT chain, seq, hash FROM entries WHERE xid < $1::xid8),
     heads AS (SELECT DISTINCT ON (chain) chain, seq, hash FROM covered ORDER BY chain, seq DESC)
     SELECT (SELECT count(*) FROM covered) AS entries, (SELECT count(*) FROM heads) AS chains,
            encode(sha256(coalesce((SELECT string_agg(chain || ' ' || seq || ' ' || hash, E'\\n' ORDER BY chain COLLATE "C") FROM heads), '')::bytea), 'hex') AS heads`,
    [xmin],
  );
  const contents = await client.query<{ digest: string }>(
    `SELECT encode(sha256(coalesce(string_agg(hash, E'\\n' ORDER BY hash COLLATE "C"), '')::bytea), 'hex') AS digest
       FROM contents WHERE stored_at <= $1`,
    [at],
  );
  const row = rows[0];
  return {
    at,
    xmin,
    entries: Number(row?.entries),
    chains: Number(row?.chains),
    heads: row?.heads ?? '',
    contents: contents.rows[0]?.digest ?? '',
  };
}
