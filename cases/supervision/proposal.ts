/** The next quarter, shown to the office before it begins. Opening it stays the office's own decision. */
import { localDate } from '../../domain/kernel/calendar.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import { quarterAfter, quarterOf } from '../../domain/supervision/cycle-request.ts';
import type { PlanTotals } from '../../domain/supervision/plan.ts';
import { writeConsequences } from '../consequences.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { newestPublication } from '../office.ts';
import { inTransaction } from '../transaction.ts';
import { previewCycle } from './preview.ts';

export interface Proposal {
  /** Key of the cycle, e.g. `2027-Q1`. */
  readonly cycle: string;
  readonly state: 'open' | 'proposed';
  /** What confirming names; absent when the cycle is open already. */
  readonly hash?: string;
  readonly totals?: PlanTotals;
  readonly provisional?: boolean;
}

/** What the next quarter would be, as the register stands. Tells nobody. */
export async function nextQuarter(deps: CasesDeps): Promise<Proposal> {
  const today = await inTransaction(deps.pool, async (client) => localDate(await readClock(deps, client)));
  const cycle = quarterAfter(quarterOf(today));
  const { rowCount } = await deps.pool.query("SELECT 1 FROM cases WHERE kind = 'cycle' AND key = $1", [cycle]);
  if (rowCount === 1) return { cycle, state: 'open' };
  const preview = await previewCycle(deps, { kind: 'quarter', quarter: cycle }, SYSTEM);
  if ('refused' in preview) throw new Error(`the next quarter ${cycle} cannot be planned: ${preview.refused.code}`);
  const { hash, plan } = preview;
  return { cycle, state: 'proposed', hash, totals: plan.totals, provisional: plan.provisional };
}

/** The same, and the district office is told, once a quarter however often it runs. */
export async function proposeQuarter(deps: CasesDeps): Promise<Proposal> {
  const proposal = await nextQuarter(deps);
  if (proposal.state === 'open') return proposal;
  await inTransaction(deps.pool, async (client) => {
    const inForce = await deps.office.inForce(client, await newestPublication(client));
    const cause = { chain: `cycle/${proposal.cycle}`, seq: 0, at: await readClock(deps, client), actor: SYSTEM };
    const { rounds = 0, visits = 0 } = proposal.totals ?? {};
    await writeConsequences(client, deps, inForce, cause, [
      {
        does: 'notify',
        to: { role: 'district-office' },
        template: 'next-cycle-proposed',
        urgency: 'digest',
        details: { cycle: proposal.cycle, rounds, visits },
      },
    ]);
  });
  return proposal;
}
