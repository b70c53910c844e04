/** On what was it measured? What a reader needs to compare two runs, and nothing that names the machine. */
import os from 'node:os';
import type pg from 'pg';

export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number;
  /** Processes ready to run in the minute before, by the system; above `cores`: others were working too. */
  readonly loadBefore: number;
  readonly platform: string;
  readonly node: string;
  readonly postgres: string;
  /** Settings of PostgreSQL that decide how durable a commit is. */
  readonly durable: Readonly<Record<string, string>>;
}

export async function machine(pool: pg.Pool, loadBefore: number): Promise<Machine> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings
      WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name`,
  );
  const { server_version: postgres = '', ...durable } = Object.fromEntries(
    rows.map(({ name, setting }) => [name, setting]),
  );
  return {
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    loadBefore,
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    postgres,
    durable,
  };
}
