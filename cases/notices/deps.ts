/** What the functions of `cases/notices` are given besides the office: where links point and whose messages these are. */
import type { Policy } from '../../domain/kernel/process.ts';
import { sendingPolicy, type SendingPolicy } from '../../domain/notices/sending-policy.ts';
import type { CasesDeps } from '../deps.ts';

export interface NoticesDeps extends Pick<CasesDeps, 'pool' | 'processes' | 'office' | 'now'> {
  /** Where people open the product, e.g. `https://zhaodan.example.gov.cn`; links in notices start with it. */
  readonly publicUrl: string;
  /** Right-hand side of every Message-ID, e.g. `zhaodan.example.gov.cn`. */
  readonly mailDomain: string;
  /** Development only: sending windows of this length, day and night, instead of the district's hours and quiet days. */
  readonly slotMs?: number;
}

/** The district's sending policy, or the slots a development stack asks for. */
export function sendingOf({ slotMs }: Pick<NoticesDeps, 'slotMs'>, policy: Policy): SendingPolicy {
  const district = sendingPolicy(policy);
  return slotMs === undefined ? district : { ...district, slotMs };
}
