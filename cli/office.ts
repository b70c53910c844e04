/** How a command reaches the office: configuration read and connections opened once, when it needs them. */
import pg from 'pg';
import { readClock, type CasesDeps } from '../cases/deps.ts';
import type { Drivers } from '../cases/drivers.ts';
import type { NoticesDeps } from '../cases/notices/deps.ts';
import { createOffice, newestPublication } from '../cases/office.ts';
import { prepareOffice } from '../cases/prepare-office.ts';
import { PROCESSES } from '../cases/processes.ts';
import { ConfigError, loadConfig, noticeSettings, type Config } from '../config/config.ts';
import { CliProblem } from './problem.ts';

/** Opened for one command, closed after it. */
export interface OpenedOffice {
  readonly cases: CasesDeps;
  readonly notices: NoticesDeps;
  /** The database's clock. */
  now(): Promise<number>;
  /** Connects to Temporal; throws `temporal-unavailable`. */
  drivers(): Promise<Drivers>;
  /** Where evidence lies. */
  readonly config: Pick<Config, 'EVIDENCE_DIR'>;
  close(): Promise<void>;
}

export type Open = () => Promise<OpenedOffice>;

const CONNECT_MS = 5_000;

/** Reads `env` and connects to the database; an empty one gets the build's rules, calendar, ladders and policy. */
export async function openOffice(env: Readonly<Record<string, string | undefined>>): Promise<OpenedOffice> {
  const config = configOf(env);
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 4, connectionTimeoutMillis: CONNECT_MS });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced by the pool
  try {
    if ((await newestPublication(pool)) === 0n) await prepareOffice(pool, config.BUILD_ID);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const cases: CasesDeps = { pool, processes: PROCESSES, office: createOffice(), build: config.BUILD_ID };
  const endings: (() => Promise<void>)[] = [() => pool.end()];
  return {
    cases,
    notices: { ...cases, ...noticeSettings(config) },
    now: () => clockOf(cases),
    async drivers() {
      const { connectTemporal } = await import('./temporal.ts');
      const { drivers, close } = await connectTemporal(config);
      endings.unshift(close);
      return drivers;
    },
    config,
    async close() {
      for (const end of endings) await end();
    },
  };
}

export async function clockOf(cases: CasesDeps): Promise<number> {
  const client = await cases.pool.connect();
  try {
    return await readClock(cases, client);
  } finally {
    client.release();
  }
}

function configOf(env: Readonly<Record<string, string | undefined>>): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CliProblem(
      'config-invalid',
      `${error.message}\n(npm start 起好本地环境后,npx zhaodan 会自动带上它的配置)`,
    );
  }
}

/** Opens, works, closes whatever happens. */
export async function using<T>(open: Open, work: (opened: OpenedOffice) => Promise<T>): Promise<T> {
  const opened = await open();
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
