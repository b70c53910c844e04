/** Records the office's own workflows on the real code: the post room, and the proposal of the next quarter. */
import { Worker } from '@temporalio/worker';
import { proposalActivities } from '../../activities/proposal.ts';
import { POST_ROOM, TASK_QUEUES } from '../../workflows/ids.ts';
import { deliverNotices, proposeQuarter } from '../../workflows/index.ts';
import { noticesChanged } from '../../workflows/messages.ts';
import { noticeWorld } from '../cases/notices/notice-world.ts';
import { workflowBundle } from '../support/driver-world.ts';
import { timeSkipping } from '../support/temporal.ts';
import { keepHistory } from './history-files.ts';

/** A digest is frozen, sent to nobody while the mail server is away, and sent when it is back; a signal wakes it early. */
export async function recordOffice(): Promise<void> {
  const env = await timeSkipping();
  const world = await noticeWorld('2026-11-24T10:00');
  const { freezeNotices, sendMessages } = world.activities;
  const shiftMs = world.clock.now - (await env.currentTimeMs());
  const tick = async (): Promise<void> => world.at((await env.currentTimeMs()) + shiftMs);
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUES.notices,
    workflowBundle: await workflowBundle(),
    activities: {
      ...proposalActivities({ cases: world.deps }),
      freezeNotices: async () => {
        await tick();
        return freezeNotices();
      },
      sendMessages: async () => {
        await tick();
        return sendMessages();
      },
    },
  });
  try {
    await worker.runUntil(async () => {
      await world.person('ann');
      await world.post('cadre', { holder: 'ann' });
      const proposal = await env.client.workflow.start(proposeQuarter, {
        taskQueue: TASK_QUEUES.notices,
        workflowId: 'proposal',
      });
      await proposal.result();
      keepHistory('proposeQuarter/proposed', await proposal.fetchHistory());

      const room = await env.client.workflow.start(deliverNotices, {
        taskQueue: TASK_QUEUES.notices,
        workflowId: POST_ROOM,
      });
      const parked = async (): Promise<void> => {
        for (;;) {
          const { events } = await room.fetchHistory();
          const timers = events?.filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes).length ?? 0;
          const over =
            events?.filter((event) => event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes).length ??
            0;
          if (timers > over) return;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      };
      await parked();
      await world.queue({ post: 'cadre', urgency: 'at-once' });
      await room.signal(noticesChanged);
      await world.catcher.untilTaken(1);
      await parked();
      await world.catcher.stop();
      await world.queue({ post: 'cadre', urgency: 'at-once' });
      await room.signal(noticesChanged);
      await env.sleep('10 minutes');
      await world.catcher.start();
      await env.sleep('11 minutes');
      await world.catcher.untilTaken(2);
      await parked();
      keepHistory('deliverNotices/sent-woken-retried', await room.fetchHistory());
      await room.terminate();
    });
  } finally {
    await world.close();
    await env.teardown();
  }
}
