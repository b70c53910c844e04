/** Drivers as Temporal executions: one a case, started or told by one call. */
import type { Client } from '@temporalio/client';
import type { Driven, Drivers } from '../cases/drivers.ts';
import { driverId, TASK_QUEUES } from '../workflows/ids.ts';
import { changed } from '../workflows/messages.ts';
import { caseKind, caseUnit } from '../workflows/search-attributes.ts';

/** How long one signal may take; a Temporal that is down must not hold the outbox for ever. */
const DEADLINE_MS = 10_000;

export function temporalDrivers(client: Client): Drivers {
  /** Ids may be reused: a case that was closed can be reopened. */
  async function wake({ caseId, kind, unit }: Driven): Promise<void> {
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.signalWithStart(kind, {
        workflowId: driverId(caseId),
        taskQueue: TASK_QUEUES.obligations,
        args: [caseId],
        signal: changed,
        signalArgs: [],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        staticSummary: caseId,
        typedSearchAttributes: [
          { key: caseKind, value: kind },
          ...(unit === null ? [] : [{ key: caseUnit, value: unit }]),
        ],
      }),
    );
  }

  return { wake };
}
