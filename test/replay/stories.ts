/** The scripted stories from which the golden journals come. */
import { lateCalendar } from './stories/late-calendar.ts';
import { movedLimits } from './stories/moved-limits.ts';
import { quarter } from './stories/quarter.ts';

export const STORIES = [
  { name: 'quarter', start: '2026-09-28T09:00', tell: quarter },
  { name: 'late calendar', start: '2026-11-02T09:00', tell: lateCalendar },
  { name: 'moved limits', start: '2026-11-02T09:00', tell: movedLimits },
] as const;
