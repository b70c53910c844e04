/** Temporal Schedules the product needs; made anew at every worker start, so that losing Temporal loses none of them. */
import { ScheduleAlreadyRunning, type Client, type ScheduleOptions } from '@temporalio/client';
import { ZONE } from '../domain/kernel/calendar.ts';
import { TASK_QUEUES } from '../workflows/ids.ts';

/** Ten days before a quarter begins the office is shown what it would open; opening stays its own decision. */
const PROPOSE_NEXT_QUARTER: ScheduleOptions = {
  scheduleId: 'propose-next-quarter',
  spec: {
    calendars: [{ month: ['MARCH', 'JUNE', 'SEPTEMBER', 'DECEMBER'], dayOfMonth: 20, hour: 9 }],
    timezone: ZONE,
  },
  action: { type: 'startWorkflow', workflowType: 'proposeQuarter', taskQueue: TASK_QUEUES.cycles, args: [] },
  policies: { overlap: 'BUFFER_ONE', catchupWindow: '30 days' },
};

export async function ensureSchedules(client: Client): Promise<void> {
  for (const schedule of [PROPOSE_NEXT_QUARTER]) {
    await client.schedule.create(schedule).catch((error: unknown) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    });
  }
}
