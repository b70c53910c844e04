/** Makes the data of `npm run bench -- console`, once. Composition only; scripts/bench.mjs says where. */
import pg from 'pg';
import { readClock, type CasesDeps } from '../cases/deps.ts';
import { createOffice } from '../cases/office.ts';
import { prepareOffice } from '../cases/prepare-office.ts';
import { PROCESSES } from '../cases/processes.ts';
import { loadConfig } from '../config/config.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { fillConsole } from './console-data.ts';

const config = loadConfig(process.env);
const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: config.DATABASE_POOL });
try {
  const deps: CasesDeps = { pool, processes: PROCESSES, office: createOffice(), build: config.BUILD_ID };
  await prepareOffice(pool, config.BUILD_ID);
  const client = await pool.connect();
  const today = localDate(await readClock(deps, client).finally(() => client.release()));
  await fillConsole(deps, today, (line) => {
    console.error(`  ${new Date().toISOString().slice(11, 19)} ${line}`);
  });
  // As autovacuum leaves it after a while.
  await pool.query('VACUUM (ANALYZE)');
} finally {
  await pool.end();
}
