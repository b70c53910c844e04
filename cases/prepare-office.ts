/** What every process does before it works: the build's rules are in force, and the district's data exists. */
import type pg from 'pg';
import { readClock } from './deps.ts';
import { seedOffice } from './office.ts';
import { inTransaction } from './transaction.ts';

export async function prepareOffice(pool: pg.Pool, build: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await seedOffice(client, await readClock({}, client), build);
  });
}
