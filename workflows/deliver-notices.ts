/**
 * The office's post room: freezes notices into messages, hands them over, waits until there is more to do. One execution
 * for the whole office. It decides nothing and compares no instants: activities answer durations.
 *
 * What it must keep:
 * 1. it never waits longer than `idleMs`, so that a lost signal delays a notice by no more than that;
 * 2. a signal that arrives while an activity runs is not lost;
 * 3. it does not end: an activity that cannot reach the database is tried again until it can.
 */
import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { NoticeActivities } from '../activities/notices.ts';
import { noticesChanged } from './messages.ts';

const { freezeNotices, sendMessages } = proxyActivities<NoticeActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '3 minutes',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** A burst of signals becomes one look at the queue. */
const GATHER_SIGNALS_MS = 1_000;

export interface DeliverOptions {
  /** How long to wait when nothing is known to come; a minute unless a test knows better. */
  readonly idleMs?: number;
}

export async function deliverNotices(options: DeliverOptions = {}): Promise<void> {
  const { idleMs = 60_000 } = options;
  let stale = false;
  setHandler(noticesChanged, () => {
    stale = true;
  });

  for (;;) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof deliverNotices>(options);
    stale = false;
    const frozen = await freezeNotices();
    const sent = await sendMessages();
    setCurrentDetails(
      `frozen ${frozen.messages}, overtaken ${frozen.overtaken}, undeliverable ${frozen.undeliverable}; ` +
        `sent ${sent.sent}, refused ${sent.refused}, to be tried again ${sent.retry}`,
    );
    const waitMs = Math.min(idleMs, frozen.waitMs ?? idleMs, sent.waitMs ?? idleMs);
    await sleep(GATHER_SIGNALS_MS);
    if (!stale && waitMs > GATHER_SIGNALS_MS)
      await condition(() => stale, waitMs - GATHER_SIGNALS_MS, { summary: 'until more may be sent' });
  }
}
