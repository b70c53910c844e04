/** A Temporal server and a worker process on it: the real drivers, the real cycle work; either can be lost. */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { obligationActivities } from '../../activities/obligation.ts';
import type { CasesDeps } from '../../cases/deps.ts';
import type { Drivers } from '../../cases/drivers.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { temporalDrivers } from '../../drivers/temporal-drivers.ts';
import { TASK_QUEUES } from '../../workflows/ids.ts';
import { workflowBundle } from './driver-world.ts';

export interface Plant {
  readonly env: TestWorkflowEnvironment;
  readonly drivers: Drivers;
  /** Drivers that were woken and have not asked since, or are asking now: the clock must not be let run before. */
  busy(): number;
  /** The worker ends; the server lives on. */
  stopWorker(): Promise<void>;
  /** The worker ends, then the server, with everything it knew unless it keeps a file. */
  destroy(): Promise<void>;
}

export async function startPlant(deps: CasesDeps, env: TestWorkflowEnvironment): Promise<Plant> {
  const owed = new Set<string>();
  let firing = 0;
  const faults: string[] = [];
  const activities = obligationActivities({
    cases: deps,
    worker: caseWorker(deps),
    alive: () => undefined,
    onFault: (caseId, error) => faults.push(`${caseId}: ${String(error)}`),
  });
  const fire: typeof activities.fire = async (caseId) => {
    owed.delete(caseId);
    firing += 1;
    try {
      return await activities.fire(caseId);
    } finally {
      firing -= 1;
    }
  };
  const common = { connection: env.nativeConnection, shutdownGraceTime: '1s' } as const;
  const workers = [
    await Worker.create({
      ...common,
      workflowBundle: await workflowBundle(),
      taskQueue: TASK_QUEUES.obligations,
      activities: { ...activities, fire },
      maxConcurrentLocalActivityExecutions: 10,
    }),
    await Worker.create({ ...common, taskQueue: TASK_QUEUES.cycles, activities }),
  ];
  const running = Promise.all(workers.map((one) => one.run()));
  const stopWorker = async (): Promise<void> => {
    for (const one of workers) if (one.getState() === 'RUNNING') one.shutdown();
    await running;
  };
  const drivers = temporalDrivers(env.client);
  return {
    env,
    drivers: {
      wake(driven) {
        owed.add(driven.caseId);
        return drivers.wake(driven);
      },
    },
    busy: () => owed.size + firing,
    stopWorker,
    async destroy() {
      await stopWorker();
      await env.teardown();
      if (faults.length > 0) throw new Error(`drivers could not fire: ${faults.join('; ')}`);
    },
  };
}
