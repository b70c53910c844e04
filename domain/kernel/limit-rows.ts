/** Every limit of a case as a row: when it ends, whether it ended, whether it was kept. What boards and calendars count. */
import { dueOf, lawDay } from './due.ts';
import { ValueMissing } from './counting.ts';
import type { Clock } from './clock.ts';
import type { AlarmEnv } from './alarms.ts';

export interface LimitRow {
  readonly clock: string;
  readonly rule: string;
  readonly startedAt: number;
  /** `null` while a stop is open. */
  readonly dueAt: number | null;
  readonly dueOn: string | null;
  /** As it would be without any extension: what is made late stays late, whoever put the end off. */
  readonly plainDueAt: number | null;
  readonly endedAt: number | null;
}

/** A limit whose amount nobody has entered has no row: it has no date. */
export function limitRows(
  clocks: readonly Clock[],
  { rules, calendar }: Pick<AlarmEnv, 'rules' | 'calendar'>,
): readonly LimitRow[] {
  return clocks.flatMap((clock) => {
    try {
      const rule = rules.rule(clock.rule, lawDay(clock));
      const due = dueOf(clock, rule, calendar);
      const plain = clock.extensions.length === 0 ? due : dueOf({ ...clock, extensions: [] }, rule, calendar);
      return [
        {
          clock: clock.id,
          rule: clock.rule,
          startedAt: clock.startedAt,
          dueAt: due?.dueAt ?? null,
          dueOn: due?.dueOn ?? null,
          plainDueAt: plain?.dueAt ?? null,
          endedAt: clock.endedAt ?? null,
        },
      ];
    } catch (error) {
      if (error instanceof ValueMissing) return [];
      throw error;
    }
  });
}
