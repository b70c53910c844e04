/** What can be said to a running workflow, and asked of it. Renaming one is a migration. */
import { defineQuery, defineSignal } from '@temporalio/workflow';

/** The case changed so that its next alarm may have moved, or it was closed or reopened. */
export const changed = defineSignal('changed');

/** Notices were queued; the sender need not wait for its next look. */
export const noticesChanged = defineSignal('noticesChanged');

/** One time a driver woke: what fired, and how long it then meant to wait. */
export interface Course {
  readonly head: string;
  readonly fired: readonly string[];
  readonly waitMs: number | null;
  readonly stuck?: string;
}

/** The last wakes of a driver, newest last. */
export const course = defineQuery<readonly Course[]>('course');
