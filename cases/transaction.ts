/** One transaction on one connection, and which database errors only mean "try again". */
import pg from 'pg';
import { Busy } from './deps.ts';

const BUSY = new Set([
  '55P03', // lock_not_available
  '57014', // query_canceled: statement_timeout
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '53300', // too_many_connections
]);

function asBusy(error: unknown): unknown {
  if (error instanceof pg.DatabaseError && error.code !== undefined && BUSY.has(error.code))
    return new Busy({ cause: error });
  if (error instanceof Error && error.message.includes('timeout exceeded when trying to connect'))
    return new Busy({ cause: error });
  return error;
}

/**
 * Runs `work` between BEGIN and COMMIT. A throw rolls back and passes on; a lock, statement or pool time-out becomes
 * `Busy`. `settings` go into the transaction, e.g. `SET LOCAL lock_timeout = '2s'`.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  settings: readonly string[] = [],
): Promise<T> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw asBusy(error);
  }
  let broken: Error | undefined;
  try {
    await client.query(['BEGIN', ...settings].join('; '));
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw asBusy(error);
  } finally {
    client.release(broken);
  }
}
