/** What a driver may do to the world: fire the case's alarms, and the work an orchestrating kind asks for. */
import { ApplicationFailure } from '@temporalio/common';
import type { CasesDeps } from '../cases/deps.ts';
import { faultCode } from '../cases/faults.ts';
import { fire as fireCase, type Wake } from '../cases/fire.ts';

/**
 * Does one piece of a case's work, e.g. opens a cycle's rounds; idempotent, resumable. Answers after how many
 * milliseconds it should be looked at again; 0: at once.
 */
export type CaseWorker = (caseId: string, work: string, alive: () => void) => Promise<number>;

export interface ObligationDeps {
  readonly cases: CasesDeps;
  readonly worker: CaseWorker;
  readonly alive: () => void;
  /** For operators: the history gets the code only. */
  readonly onFault: (caseId: string, error: unknown) => void;
}

export function obligationActivities({ cases, worker, alive, onFault }: ObligationDeps) {
  /** Answers a duration, never an instant. A fault carries a code and no data. */
  async function fire(caseId: string): Promise<Wake> {
    try {
      return await fireCase(cases, caseId);
    } catch (error) {
      onFault(caseId, error);
      const code = faultCode(error);
      throw ApplicationFailure.create({ message: code, type: code });
    }
  }

  function work(caseId: string, piece: string): Promise<number> {
    return worker(caseId, piece, alive);
  }

  return { fire, work };
}
