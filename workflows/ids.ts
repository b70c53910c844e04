/** The wire names other processes need: task queues and the ids of workflows that are not cases. */

/** One queue a worker: a slow driver must not hold up a cycle, nor a mail server a driver. */
export const TASK_QUEUES = { obligations: 'obligations', cycles: 'cycles', notices: 'notices' } as const;

/** A case's driver has the case's id. */
export const driverId = (caseId: string): string => caseId;

/** The one execution that delivers the office's notices. */
export const POST_ROOM = 'notices';
