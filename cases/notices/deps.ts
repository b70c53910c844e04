/** What the functions of `cases/notices` are given besides the office: where links point and whose messages these are. */
import type { CasesDeps } from '../deps.ts';

export interface NoticesDeps extends Pick<CasesDeps, 'pool' | 'processes' | 'office' | 'now'> {
  /** Where people open the product, e.g. `https://zhaodan.example.gov.cn`; links in notices start with it. */
  readonly publicUrl: string;
  /** Right-hand side of every Message-ID, e.g. `zhaodan.example.gov.cn`. */
  readonly mailDomain: string;
}
