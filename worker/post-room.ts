/** The one execution that delivers notices: started where it is missing, told when something cannot wait. */
import type { Client } from '@temporalio/client';
import type pg from 'pg';
import type { Chore } from '../cases/keeper.ts';
import { isPressing } from '../cases/notices/queue.ts';
import type { deliverNotices } from '../workflows/deliver-notices.ts';
import { POST_ROOM, TASK_QUEUES } from '../workflows/ids.ts';
import { noticesChanged } from '../workflows/messages.ts';

/** How long one signal may take; a Temporal that is down must not hold the keeper. */
const DEADLINE_MS = 10_000;
/** Heals a post room that somebody terminated. */
const LOOK_MS = 60_000;

/**
 * A part of the keeper: wakes the post room whenever something pressing is queued, and once a minute whatever happens,
 * which starts it again where it is missing. Safe from several processes at once.
 */
export function postRoomChore(pool: pg.Pool, client: Client): Chore {
  let lookedAt = Number.NEGATIVE_INFINITY;
  async function run(): Promise<void> {
    const due = performance.now() - lookedAt >= LOOK_MS;
    if (!due && !(await isPressing(pool))) return;
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflow.signalWithStart<typeof deliverNotices>('deliverNotices', {
        workflowId: POST_ROOM,
        taskQueue: TASK_QUEUES.notices,
        args: [{}],
        signal: noticesChanged,
        signalArgs: [],
        staticSummary: 'notices',
      }),
    );
    lookedAt = performance.now();
  }
  return { name: 'notices', everyMs: 0, run };
}
