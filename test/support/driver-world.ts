/** The real driver on the time-skipping server, over a real database whose clock is that server's. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { obligationActivities, type ObligationDeps } from '../../activities/obligation.ts';
import type { CasesDeps } from '../../cases/deps.ts';
import type { Drivers } from '../../cases/drivers.ts';
import { keepOnce } from '../../cases/keeper.ts';
import { temporalDrivers } from '../../drivers/temporal-drivers.ts';
import { TASK_QUEUES } from '../../workflows/ids.ts';
import { caseWorld, type CaseWorld } from './case-world.ts';
import { timeSkipping } from './temporal.ts';

export interface DriverWorld {
  readonly env: TestWorkflowEnvironment;
  readonly cases: CaseWorld;
  readonly deps: CasesDeps;
  readonly drivers: Drivers;
  /** Everything the keeper does, until nothing waits. */
  keep(): Promise<void>;
  /**
   * Lets the server's clock run until this local time in Shanghai, keeping at each step. Cases whose driver cannot fire
   * are named as `asleep`: nobody waits for them.
   */
  until(
    local: string | number,
    options?: { readonly stepMs?: number; readonly asleep?: readonly string[] },
  ): Promise<void>;
  now(): Promise<number>;
  /** An outage of the worker process; time runs on. `startWorkers` brings a new process up. */
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  close(): Promise<void>;
}

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'error', forward: {} } },
});

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;

/** One bundle a test file: about two seconds. */
export function workflowBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    logger: silent,
  });
  return bundle;
}

const silent = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

type Override = (
  activities: ReturnType<typeof obligationActivities>,
) => Partial<ReturnType<typeof obligationActivities>>;

export interface DriverWorldOptions {
  readonly worker?: ObligationDeps['worker'];
  readonly override?: Override;
  /** A server that keeps real time; the case world's clock is then the test's to set. */
  readonly env?: TestWorkflowEnvironment;
}

const DAY_MS = 86_400_000;

export async function driverWorld({ worker, override, env: given }: DriverWorldOptions = {}): Promise<DriverWorld> {
  const env = given ?? (await timeSkipping());
  const cases = await caseWorld();
  const now = async (): Promise<number> =>
    given === undefined ? Math.floor(await env.currentTimeMs()) : cases.clock.now;
  const deps: CasesDeps = { ...cases.deps, now };
  const activities = obligationActivities({
    cases: deps,
    worker: worker ?? (() => Promise.reject(new Error('this world has no case worker'))),
    alive: () => undefined,
    onFault: () => undefined,
  });
  const common = {
    connection: env.nativeConnection,
    ...(env.namespace === undefined ? {} : { namespace: env.namespace }),
    shutdownGraceTime: '1s',
  } as const;
  const code = await workflowBundle();

  /** A worker process: one worker a queue, as `worker/main.ts` composes them. */
  async function startWorkers(): Promise<() => Promise<void>> {
    const workers = [
      await Worker.create({
        ...common,
        workflowBundle: code,
        taskQueue: TASK_QUEUES.obligations,
        activities: { ...activities, ...override?.(activities) },
      }),
      await Worker.create({ ...common, taskQueue: TASK_QUEUES.cycles, activities }),
    ];
    const running = workers.map((one) => one.run());
    return async () => {
      for (const one of workers) one.shutdown();
      await Promise.all(running);
    };
  }

  let shutDown = await startWorkers();
  const drivers = temporalDrivers(env.client);
  const keep = () => keepOnce(deps, drivers);

  /** Parked: no driver is to be woken, and none is past its alarm. Otherwise the clock would jump over it. */
  async function untilParked(asleep: readonly string[]): Promise<void> {
    for (;;) {
      await keep();
      const { rows } = await cases.pool.query<{ n: string }>(
        `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE settled_at IS NULL)
              + (SELECT count(*) FROM cases WHERE closed_at IS NULL AND next_alarm_at <= $1 AND id <> ALL($2)) AS n`,
        [await now(), asleep],
      );
      if (Number(rows[0]?.n) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  return {
    env,
    cases,
    deps,
    drivers,
    keep,
    now,
    async until(local, { stepMs = DAY_MS, asleep = [] } = {}) {
      const target = typeof local === 'number' ? local : Date.parse(`${local}+08:00`);
      for (;;) {
        await untilParked(asleep);
        const left = target - (await now());
        if (left <= 0) return;
        await env.sleep(Math.min(left, stepMs));
      }
    },
    async stopWorkers() {
      await shutDown();
      shutDown = () => Promise.resolve();
    },
    async startWorkers() {
      shutDown = await startWorkers();
    },
    async close() {
      await shutDown();
      if (given === undefined) await env.teardown();
      await cases.close();
    },
  };
}
