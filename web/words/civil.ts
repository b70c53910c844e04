/** The one place where a picked date becomes a civil day: never by way of UTC. */
import type { Dayjs } from 'dayjs';

/** `2026-11-24`; empty where nothing was picked. */
export const civil = (picked: Dayjs | null | undefined): string => picked?.format('YYYY-MM-DD') ?? '';
