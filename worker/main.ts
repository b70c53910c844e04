/** The worker process: drivers, cycles, notices, and the keeper. Composition only; whoever starts it restarts it. */
import { Context } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createActivities } from '../activities/index.ts';
import { createMailer } from '../activities/mailer.ts';
import type { CasesDeps } from '../cases/deps.ts';
import { startKeeper } from '../cases/keeper.ts';
import { createOffice } from '../cases/office.ts';
import { prepareOffice } from '../cases/prepare-office.ts';
import { PROCESSES } from '../cases/processes.ts';
import { caseWorker } from '../cases/supervision/work.ts';
import { ConfigError, loadConfig, noticeSettings, type Config } from '../config/config.ts';
import { createLog, forCase, type Logger } from '../config/log.ts';
import { TASK_QUEUES } from '../workflows/ids.ts';
import { chores } from './chores.ts';
import { serveMetrics } from './metrics.ts';
import { postRoomChore } from './post-room.ts';
import { startPresence } from './presence.ts';
import { ensureSchedules } from './schedules.ts';
import { temporalDrivers } from '../drivers/temporal-drivers.ts';

/** Below a container's stop time-out of 40 s: activities end first, the process after. */
const SHUTDOWN = { shutdownGraceTime: '20s', shutdownForceTime: '30s' } as const;

function installRuntime(log: Logger, bindAddress: string): void {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    const fields = { sdk: meta?.['sdkComponent'] as unknown, case: meta?.['workflowId'] as unknown };
    log[level === 'ERROR' ? 'error' : 'warn'](fields, message);
  });
  Runtime.install({ logger, telemetryOptions: { metrics: { prometheus: { bindAddress } } } });
}

const heartbeat = (): void => {
  Context.current().heartbeat();
};

async function main(config: Config, log: Logger): Promise<void> {
  const metrics = serveMetrics(config);
  installRuntime(log, metrics.sdkAddress);
  const pool = new pg.Pool({
    connectionString: config.DATABASE_URL,
    max: config.DATABASE_POOL,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', (error) => {
    log.warn({ err: error }, 'an idle database connection broke');
  });
  const cases: CasesDeps = { pool, processes: PROCESSES, office: createOffice(), build: config.BUILD_ID };
  await prepareOffice(pool, config.BUILD_ID);
  metrics.ready(pool);

  const mailer = createMailer({ url: config.SMTP_URL, tls: config.SMTP_TLS, from: config.MAIL_FROM });
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const clientConnection = await Connection.connect({ address: config.TEMPORAL_ADDRESS });
  const client = new Client({ connection: clientConnection, namespace: config.TEMPORAL_NAMESPACE });
  const activities = createActivities({
    cases,
    worker: caseWorker(cases),
    notices: { ...cases, ...noticeSettings(config) },
    mailer,
    alive: heartbeat,
    onFault: (caseId, error) => {
      forCase(log, caseId).warn({ err: error }, 'a driver could not fire');
    },
    onNoticeFault: (fault) => {
      log.warn({ fault }, 'a notice went out without its date');
    },
  });
  const common = { connection, namespace: config.TEMPORAL_NAMESPACE, activities, ...SHUTDOWN };
  const workflows: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> =
    config.WORKFLOW_BUNDLE === undefined
      ? { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) }
      : { workflowBundle: { codePath: config.WORKFLOW_BUNDLE } };
  const { obligations, cycles, notices } = TASK_QUEUES;
  const workers = await Promise.all([
    // As many alarms at once as there are connections for them, so that none waits in `fire` for a connection.
    Worker.create({
      ...common,
      ...workflows,
      taskQueue: obligations,
      maxConcurrentLocalActivityExecutions: Math.max(2, config.DATABASE_POOL - 6),
    }),
    Worker.create({ ...common, ...workflows, taskQueue: cycles, maxConcurrentActivityTaskExecutions: 2 }),
    Worker.create({ ...common, ...workflows, taskQueue: notices, maxConcurrentActivityTaskExecutions: 2 }),
  ]);
  const keeper = startKeeper({
    deps: cases,
    drivers: temporalDrivers(client),
    databaseUrl: config.DATABASE_URL,
    chores: [
      postRoomChore(pool, client),
      ...chores({
        cases,
        log,
        ...(config.AUDITOR_MAIL === undefined ? {} : { auditor: { mailer, address: config.AUDITOR_MAIL } }),
      }),
    ],
    onFault: (part, error) => {
      log.warn({ part, err: error }, 'a part of the keeper failed and will be tried again');
    },
  });
  const leave = startPresence({
    pool,
    id: `${os.hostname()}-${String(process.pid)}`,
    build: cases.build,
    onFault: (error) => {
      log.warn({ err: error }, 'could not say that this worker is there');
    },
  });
  await ensureSchedules(client);
  log.info({ namespace: config.TEMPORAL_NAMESPACE }, 'worker is up');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await leave();
    await keeper.stop();
    mailer.close();
    await clientConnection.close();
    await connection.close();
    await metrics.close();
    await pool.end();
  }
}

try {
  const config = loadConfig(process.env);
  await main(config, createLog('worker', config));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
