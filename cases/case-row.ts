/** A case's row: the fold of its journal as the database keeps it, locked for change or merely read. */
import type pg from 'pg';
import type { Armings } from '../domain/kernel/alarms.ts';
import { UnknownCase, type CasesDeps } from './deps.ts';

export interface CaseRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly state: unknown;
  readonly armings: Armings;
  readonly stateVersion: number;
  readonly revision: number;
  readonly seq: number;
  readonly head: string;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt: number | null;
  readonly nextAlarmAt: number | null;
  /** The newest publication, read with the row: which rules, calendar and ladders the transaction works with. */
  readonly publication: bigint;
}

export interface LockedRow extends CaseRow {
  /** The database's clock once the lock was held, however long it was waited for. */
  readonly lockedAt: number;
}

interface Stored {
  id: string;
  kind: string;
  key: string;
  state: unknown;
  armings: Armings;
  state_version: number;
  revision: number;
  seq: number;
  head: string;
  opened_at: string;
  last_at: string;
  closed_at: string | null;
  next_alarm_at: string | null;
  publication: string | null;
}

const COLUMNS = `id, kind, key, state, armings, state_version, revision, seq, head, opened_at, last_at, closed_at, next_alarm_at,
  (SELECT max(p.id) FROM publications p) AS publication`;

const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

function fromStored(row: Stored): CaseRow {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    state: row.state,
    armings: row.armings,
    stateVersion: row.state_version,
    revision: row.revision,
    seq: row.seq,
    head: row.head,
    openedAt: Number(row.opened_at),
    lastAt: Number(row.last_at),
    closedAt: numberOrNull(row.closed_at),
    nextAlarmAt: numberOrNull(row.next_alarm_at),
    publication: BigInt(row.publication ?? 0),
  };
}

/**
 * Locks the case against other changes. `NO KEY`: rows that refer to it can still be inserted. The clock is read outside
 * the locking select, which hands the row out only once it has the lock; inside it would be read before the wait.
 */
export async function lockCase(client: pg.ClientBase, caseId: string): Promise<LockedRow> {
  const { rows } = await client.query<Stored & { locked_at: string }>({
    name: 'lock-case',
    text: `SELECT locked.*, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS locked_at
             FROM (SELECT ${COLUMNS} FROM cases WHERE id = $1 FOR NO KEY UPDATE) locked`,
    values: [caseId],
  });
  if (rows[0] === undefined) throw new UnknownCase(caseId);
  return { ...fromStored(rows[0]), lockedAt: Number(rows[0].locked_at) };
}

/** The instant of a change to a locked case: the clock under the lock, never before the case's last instant. */
export async function instantOf(deps: Pick<CasesDeps, 'now'>, client: pg.ClientBase, row: LockedRow): Promise<number> {
  return Math.max(deps.now === undefined ? row.lockedAt : await deps.now(client), row.lastAt);
}

export async function readCase(client: Pick<pg.ClientBase, 'query'>, caseId: string): Promise<CaseRow> {
  const { rows } = await client.query<Stored>({
    name: 'read-case',
    text: `SELECT ${COLUMNS} FROM cases WHERE id = $1`,
    values: [caseId],
  });
  if (rows[0] === undefined) throw new UnknownCase(caseId);
  return fromStored(rows[0]);
}
