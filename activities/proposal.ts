/** What the quarterly schedule may do: show the office the next quarter. */
import type { CasesDeps } from '../cases/deps.ts';
import { proposeQuarter } from '../cases/supervision/proposal.ts';

export function proposalActivities({ cases }: { readonly cases: CasesDeps }) {
  async function propose(): Promise<string> {
    const { cycle, state } = await proposeQuarter(cases);
    return `${cycle} ${state}`;
  }

  return { propose };
}
