/** The checklist's items as the policy of an entry calls them, in 「」; a code it does not know stands for itself. */
import type { Policy } from '../../domain/kernel/process.ts';
import type { ChecklistItem } from '../../domain/supervision/round-visits.ts';

export const itemsOf =
  (policy: Policy) =>
  (code: string): string => {
    const items = policy.value<readonly ChecklistItem[]>('supervision.checklist');
    const item = items.find((one) => one.code === code);
    return item === undefined ? code : `「${item.title}」`;
  };
