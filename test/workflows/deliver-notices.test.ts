import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliverNotices } from '../../workflows/deliver-notices.ts';
import { POST_ROOM } from '../../workflows/ids.ts';
import { noticesChanged } from '../../workflows/messages.ts';
import { postRoomChore } from '../../worker/post-room.ts';
import { noticeWorld, received, type NoticeWorld } from '../cases/notices/notice-world.ts';
import { shanghai } from '../support/case-world.ts';
import { timeSkipping } from '../support/temporal.ts';

let env: TestWorkflowEnvironment;
let world: NoticeWorld;
let worker: Worker;
let running: Promise<void>;
let handle: WorkflowHandle<typeof deliverNotices>;
/** What the office's clock shows is the server's, shifted to a day of the test's choosing. */
let shiftMs = 0;

beforeAll(async () => {
  env = await timeSkipping();
  world = await noticeWorld();
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
  });
  worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 'notices',
    workflowBundle,
    activities: shifted(),
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await world.close();
  await env.teardown();
});

/** The real activities; before each the office's clock is set from the server's. */
function shifted() {
  const { freezeNotices, sendMessages } = world.activities;
  const tick = async (): Promise<void> => world.at((await env.currentTimeMs()) + shiftMs);
  return {
    freezeNotices: async () => {
      await tick();
      return freezeNotices();
    },
    sendMessages: async () => {
      await tick();
      return sendMessages();
    },
  };
}

let started = 0;
async function start(local: string, idleMs?: number): Promise<void> {
  shiftMs = shanghai(local) - (await env.currentTimeMs());
  world.at(local);
  started += 1;
  handle = await env.client.workflow.start(deliverNotices, {
    taskQueue: 'notices',
    workflowId: `notices-${started}`,
    args: [idleMs === undefined ? {} : { idleMs }],
  });
}

/** Until the workflow waits: before that, `env.sleep` would jump over its work. */
async function parked(): Promise<void> {
  await expect
    .poll(
      async () => {
        const { events } = await handle.fetchHistory();
        const timers = events?.filter(({ timerStartedEventAttributes }) => timerStartedEventAttributes).length ?? 0;
        const fired = events?.filter(({ timerFiredEventAttributes }) => timerFiredEventAttributes).length ?? 0;
        return timers - fired;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBeGreaterThan(0);
}

beforeEach(async () => {
  await world.forget();
  await world.person('ann');
  await world.post('cadre', { holder: 'ann' });
});
afterEach(async () => {
  // The test server keeps its clock still for ever after a workflow that is ended with an activity under way.
  await parked();
  await handle.terminate();
});

describe('the post room', () => {
  test('sends what waits for the morning a minute after sending hours begin', async () => {
    world.at('2026-11-23T20:00');
    await world.queue({ post: 'cadre' });
    await world.queue({ post: 'cadre' });
    await start('2026-11-24T08:00');
    await parked();
    await env.sleep('55 minutes');
    expect(received(world)).toEqual([]);
    await env.sleep('10 minutes');
    expect(received(world)).toEqual(['ann@z.example: 2']);
  });

  test('keeps quiet over the whole of National Day and sends on the first working day', async () => {
    world.at('2026-09-30T18:00');
    await world.queue({ post: 'cadre' });
    await start('2026-09-30T18:00', 3_600_000);
    await parked();
    await env.sleep('7 days');
    expect(received(world)).toEqual([]);
    await env.sleep('16 hours');
    expect(received(world)).toEqual(['ann@z.example: 1']);
  });

  test('is woken by a signal, long before its next look', async () => {
    await start('2026-11-24T22:00', 36_000_000);
    await parked();
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await handle.signal(noticesChanged);
    await world.catcher.untilTaken(1);
    expect(received(world)).toEqual(['ann@z.example: 1']);
  });

  test('lasts through an hour without a mail server and loses nothing', async () => {
    await start('2026-11-24T10:00');
    await parked();
    await world.catcher.stop();
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await handle.signal(noticesChanged);
    await env.sleep('65 minutes');
    expect(await world.state(id)).toBe('frozen');
    await world.catcher.start();
    await env.sleep('11 minutes');
    expect(received(world)).toEqual(['ann@z.example: 1']);
    expect(await world.state(id)).toBe('sent');
  });

  test('shows an operator what the last turn did', async () => {
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await start('2026-11-24T10:00');
    await world.catcher.untilTaken(1);
    await parked();
    const { currentDetails } = await handle.query<{ currentDetails?: string }, []>('__temporal_workflow_metadata');
    expect(currentDetails).toBe('frozen 1, overtaken 0, undeliverable 0; sent 1, refused 0, to be tried again 0');
  });

  test('is started by the keeper, again after somebody ended it, and told only of what presses', async () => {
    shiftMs = shanghai('2026-11-24T10:00') - (await env.currentTimeMs());
    world.at('2026-11-24T10:00');
    const chore = postRoomChore(world.pool, env.client);
    await chore.run();
    handle = env.client.workflow.getHandle<typeof deliverNotices>(POST_ROOM);
    await parked();
    await handle.terminate();

    await chore.run();
    expect((await handle.describe()).status.name).toBe('TERMINATED');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await chore.run();
    await world.catcher.untilTaken(1);
    expect((await handle.describe()).status.name).toBe('RUNNING');
  });
});
