/**
 * How many drivers are started a second, and how many alarms a second do drivers bring? A real Temporal server; one
 * worker process, which here is this one.
 */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { obligationActivities } from '../activities/obligation.ts';
import type { CasesDeps } from '../cases/deps.ts';
import type { Drivers } from '../cases/drivers.ts';
import { drainOutbox } from '../cases/outbox.ts';
import { temporalDrivers } from '../drivers/temporal-drivers.ts';
import { TASK_QUEUES } from '../workflows/ids.ts';
import { ABREAST, firedIn, lateRounds } from './alarms.ts';
import { kickOff, running, type District } from './district.ts';
import { measure, timed, type Figure } from './measure.ts';

/** Late cases of one repetition: each costs a workflow's start and its first wake. */
const MOST_DRIVEN = 60;
/** Drivers started of one repetition. */
const MOST_STARTED = 300;
const POLL_MS = 25;
/** A batch that is not done by then never will be. */
const PATIENCE_MS = 60_000;

export interface DriversOf {
  readonly deps: CasesDeps;
  readonly district: District;
  readonly today: string;
  readonly temporal: {
    readonly address: string;
    /** Has a worker while alarms are measured. */
    readonly namespace: string;
    /** Has none: what is started there stays at its start. */
    readonly idleNamespace: string;
    readonly bundle: string;
  };
}

export async function measureDrivers(of: DriversOf): Promise<readonly Figure[]> {
  const connection = await Connection.connect({ address: of.temporal.address });
  try {
    return [
      await started(of, temporalDrivers(new Client({ connection, namespace: of.temporal.idleNamespace }))),
      await driven(of, temporalDrivers(new Client({ connection, namespace: of.temporal.namespace }))),
    ];
  } finally {
    await connection.close();
  }
}

/** Until nothing waits; how many were woken. */
async function drained(pool: pg.Pool, drivers: Drivers): Promise<number> {
  for (let total = 0; ;) {
    const woken = await drainOutbox(pool, drivers);
    if (woken === 0) return total;
    total += woken;
  }
}

/** Forgets what earlier measurements left there: it is driven by nobody here. */
const emptyOutbox = (pool: pg.Pool) => pool.query('DELETE FROM outbox');

function started({ deps, district, today }: DriversOf, drivers: Drivers): Promise<Figure> {
  return measure(
    {
      id: 'drivers',
      title: '起驱动',
      unit: '个驱动',
      how: '由待唤醒表逐批 signalWithStart,Temporal(开发服务,SQLite 文件)答复即算',
    },
    async (nth) => {
      await emptyOutbox(deps.pool);
      await kickOff(deps, running(`drivers-${nth}`, today), district.officer);
      await deps.pool.query(
        'DELETE FROM outbox WHERE case_id NOT IN (SELECT case_id FROM outbox ORDER BY case_id LIMIT $1)',
        [MOST_STARTED],
      );
      const { result, seconds } = await timed(() => drained(deps.pool, drivers));
      return { count: result, seconds };
    },
  );
}

async function driven(of: DriversOf, drivers: Drivers): Promise<Figure> {
  const { deps, district, today } = of;
  const worker = await startWorker(of);
  try {
    return await measure(
      {
        id: 'alarms-driven',
        title: '到点(经驱动)',
        unit: '次到点',
        how: `从待唤醒表到流水:起驱动、醒来、办理;一个工作进程`,
      },
      async (nth) => {
        await emptyOutbox(deps.pool);
        const cases = await lateRounds(deps, district, { name: `driven-${nth}`, today, most: MOST_DRIVEN });
        await deps.pool.query('DELETE FROM outbox WHERE case_id <> ALL($1)', [cases]);
        const { seconds } = await timed(async () => {
          await drained(deps.pool, drivers);
          await untilFired(deps.pool, cases, worker.failed);
        });
        return { count: await firedIn(deps.pool, cases), seconds };
      },
    );
  } finally {
    await worker.stop();
  }
}

async function untilFired(pool: pg.Pool, cases: readonly string[], failed: Promise<never>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM cases WHERE id = ANY($1) AND closed_at IS NULL
          AND next_alarm_at <= floor(extract(epoch FROM clock_timestamp()) * 1000)`,
      [cases],
    );
    if (Number(rows[0]?.n) === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`${rows[0]?.n ?? ''} cases were not fired within a minute`);
    await Promise.race([sleep(POLL_MS), failed]);
  }
}

/** The drivers' worker as `worker/main.ts` composes it; this measurement has no cycles and no notices. */
async function startWorker({ deps, temporal }: DriversOf) {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address: temporal.address });
  const activities = obligationActivities({
    cases: deps,
    worker: () => Promise.reject(new Error('no cycle is driven here')),
    alive: () => undefined,
    onFault: (caseId, error) => {
      console.error(`${caseId}: ${String(error)}`);
    },
  });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    workflowBundle: { codePath: temporal.bundle },
    taskQueue: TASK_QUEUES.obligations,
    activities,
    maxConcurrentLocalActivityExecutions: ABREAST,
    shutdownGraceTime: '1s',
    shutdownForceTime: '5s',
  });
  const run = worker.run();
  const failed = run.then(() => Promise.reject(new Error('the worker stopped by itself')));
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      worker.shutdown();
      await run;
      await connection.close();
    },
  };
}
