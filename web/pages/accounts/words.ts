/** How an account stands, in words. */
import type { Schemas } from '../../api/client.ts';
import { dayAndTime } from '../../words/dates.ts';

export function stateWords({ disabled, lockedUntil, sample, mustChange }: Schemas['AccountRow']): string {
  const words = [
    disabled ? '已停用' : null,
    lockedUntil === null ? null : `暂停到 ${dayAndTime(lockedUntil).time}`,
    sample ? '示例密码' : null,
    mustChange ? '首次登录须改密码' : null,
  ].filter((one) => one !== null);
  return words.length === 0 ? '正常' : words.join('、');
}
