/** Reads that answer all with the same reach alike: counted once for those who ask at the same time (`cases/at-once.ts`). */
import { atOnce } from '../cases/at-once.ts';
import type { Reach } from '../domain/rights/table.ts';
import type { CommandCall, Operation, Reply } from './operation.ts';

type AnyCall = CommandCall<never, never, never>;

/** Within the whole district it does not matter whose right it is. */
export const reachKey = ({ scope, post, unit }: Reach): readonly string[] =>
  scope === 'district' ? [scope] : [scope, post, unit];

/** How the operation is handled: `shared` ones together, all others one by one. */
export function handlerOf({ shared, handle }: Operation): (call: AnyCall) => Promise<Reply> {
  if (shared !== true) return handle;
  return atOnce(({ params, query, reach }) => JSON.stringify([params, query, reachKey(reach)]), handle);
}
