/** A fresh, migrated database for one test file, copied from the run's template. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { OWNER_ROLE, onDatabase, withClient } from '../../scripts/database.mjs';

export interface TestDatabase {
  /** As the application's role, which owns nothing. */
  readonly url: string;
  /** As the owner, for what only a migration may do. */
  readonly ownerUrl: string;
  /** Connected as the application's role. */
  readonly pool: pg.Pool;
  /** Ends the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** Makes a database of its own; call it in `beforeAll` (or `beforeEach`) and `drop` it after. Takes about 50 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, ownerUrl, appUrl, template } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(adminUrl, (admin) =>
    admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${OWNER_ROLE}`),
  );
  const url = onDatabase(appUrl, name);
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  // A connection that dies while idle (a test killed it) is the pool's to replace, not a reason to end the process.
  pool.on('error', () => undefined);
  return {
    url,
    ownerUrl: onDatabase(ownerUrl, name),
    pool,
    async drop() {
      await pool.end();
      await withClient(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
