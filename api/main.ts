/** The API process. Composition only: what the application is made of, and how it starts and ends. */
import { Connection } from '@temporalio/client';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { CasesDeps } from '../cases/deps.ts';
import type { NoticesDeps } from '../cases/notices/deps.ts';
import { createOffice } from '../cases/office.ts';
import { prepareOffice } from '../cases/prepare-office.ts';
import { PROCESSES } from '../cases/processes.ts';
import { ConfigError, loadConfig, noticeSettings, trustedProxies, type Config } from '../config/config.ts';
import { createLog, type Logger } from '../config/log.ts';
import { prismaOn } from '../prisma/client.ts';
import { registerRepository } from '../prisma/register-repository.ts';
import type { SignOnDeps } from '../sign-on/deps.ts';
import { oidcSignOn } from '../sign-on/oidc.ts';
import { oidcSettings, refuseSamples, signOnDeps } from '../sign-on/settings.ts';
import { createApp } from './app.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { evidenceOnDisk } from '../cases/evidence-store.ts';
import { findActorIn } from './find-actor.ts';
import { readinessParts } from './readiness.ts';
import { OIDC_BACK } from './sign-on/oidc-pages.ts';

/** The overview is looked at, not acted on: its counts may be this old, and say of when they are. */
const OVERVIEW_KEPT_MS = 10_000;
/** A request that still runs this long after the signal is cut off. */
const GRACE_MS = 15_000;

/**
 * No connection within two seconds is answered 503: waiting longer would only pile callers up. A lock is waited for
 * longer than any other request may hold it. Pages are read from memory or flash: jumping costs hardly more than going on.
 */
function createPool({ DATABASE_URL, DATABASE_POOL }: Config, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL,
    connectionTimeoutMillis: 2_000,
    lock_timeout: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    options: '-c random_page_cost=1.1',
  });
  pool.on('error', (error) => {
    log.warn({ err: error }, 'an idle database connection broke');
  });
  return pool;
}

/** Without its key, or with published passwords in force, the process ends here; an open pool would keep it. */
async function signOnOrEnd(pool: pg.Pool, config: Config): Promise<SignOnDeps> {
  try {
    const signOn = signOnDeps(pool, config);
    await refuseSamples(signOn);
    return signOn;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function main(config: Config, log: Logger): Promise<void> {
  const pool = createPool(config, log);
  const cases: CasesDeps = { pool, processes: PROCESSES, office: createOffice(), build: config.BUILD_ID };
  const notices: NoticesDeps = { ...cases, ...noticeSettings(config) };
  const signOn = await signOnOrEnd(pool, config);
  await prepareOffice(pool, config.BUILD_ID);

  const single = oidcSettings(config, OIDC_BACK);
  const prisma = prismaOn(pool);
  // Only asked whether it is there: no retries, which would outlive the question and the connection.
  const temporal = Connection.lazy({ address: config.TEMPORAL_ADDRESS, interceptors: [] });
  const app = createApp({
    log,
    settings: {
      // Twenty a second of one person; a bench on one machine is not held back.
      requestsAMinute: config.NODE_ENV === 'production' ? 1_200 : 0,
      checkAnswers: config.NODE_ENV === 'test',
      publicUrl: config.PUBLIC_URL,
      ...(config.TEMPORAL_UI_URL === undefined ? {} : { temporalUi: config.TEMPORAL_UI_URL }),
      trustedProxies: trustedProxies(config),
      overviewKeptMs: OVERVIEW_KEPT_MS,
    },
    pool,
    cases,
    notices,
    register: registerRepository(prisma.prisma),
    findActor: findActorIn(cases),
    signOn,
    ...(single === null ? {} : { oidc: oidcSignOn(signOn, single) }),
    evidence: evidenceOnDisk(config.EVIDENCE_DIR),
    consoleDir: fileURLToPath(new URL('../web', import.meta.url)),
    parts: readinessParts({ pool, notices, temporal, namespace: config.TEMPORAL_NAMESPACE }),
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(config.PORT, config.HOST, (error?: Error) => {
      if (error === undefined) resolve(listening);
      else reject(error);
    });
  });
  answerBrokenRequests(server);
  server.requestTimeout = 60_000;
  server.headersTimeout = 10_000;
  log.info({ host: config.HOST, port: config.PORT }, 'API is up');

  await new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  log.info('API is going down');
  await closed(server);
  await temporal.close();
  await prisma.close();
  await pool.end();
}

/** Answers what has begun, takes nothing new. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cutOff = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS);
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}

try {
  const config = loadConfig(process.env);
  await main(config, createLog('api', config));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
