/** Which drivers cannot fire, and why: visible to health, metrics and lists until they fire again. */
import pg from 'pg';
import { Busy, NewerState, UnknownCase, UnknownKind, type CasesDeps } from './deps.ts';
import { inTransaction } from './transaction.ts';

/** A stable code for operators; the message may hold data and stays in the log. */
export function faultCode(error: unknown): string {
  if (error instanceof Busy) return 'busy';
  if (error instanceof NewerState) return 'newer-state';
  if (error instanceof UnknownKind) return 'unknown-kind';
  if (error instanceof UnknownCase) return 'unknown-case';
  if (error instanceof pg.DatabaseError) return `database-${error.code ?? 'error'}`;
  return error instanceof Error ? error.name : 'error';
}

/** Writes the fault in a transaction of its own; when the database is the fault, the driver's own retry shows it. */
export async function recordFault(deps: Pick<CasesDeps, 'pool'>, caseId: string, error: unknown): Promise<void> {
  if (error instanceof UnknownCase) return;
  const write = inTransaction(deps.pool, (client) =>
    client.query(
      `INSERT INTO driver_faults (case_id, code, since) VALUES ($1, $2, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)
       ON CONFLICT (case_id) DO UPDATE SET code = excluded.code, attempts = driver_faults.attempts + 1`,
      [caseId, faultCode(error)],
    ),
  );
  await write.catch(() => undefined);
}

export async function clearFault(client: pg.ClientBase, caseId: string): Promise<void> {
  await client.query({ name: 'clear-fault', text: 'DELETE FROM driver_faults WHERE case_id = $1', values: [caseId] });
}
