/** Shows the office the quarter to come; started by a schedule, once a quarter. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

const { propose } = proxyActivities<Activities>({ startToCloseTimeout: '5 minutes', scheduleToCloseTimeout: '3 days' });

export async function proposeQuarter(): Promise<string> {
  return propose();
}
