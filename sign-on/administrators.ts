/** What is asked of the posts that keep the system instead of working cases (三员分立) when they sign in. */
import type { PostRole } from '../domain/kernel/process.ts';
import { ADMINISTRATORS } from '../domain/rights/table.ts';

interface Standing {
  readonly level: string;
  readonly hasSecondFactor: boolean;
}

/**
 * Whether the session must first bring a second factor before the post may act (GB/T 22239-2019 8.1.4.1 d: two kinds of
 * authentication). A local sample asks only those who enrolled one.
 */
export const mustStepUp = (role: PostRole, { level, hasSecondFactor }: Standing, localMode: boolean): boolean =>
  ADMINISTRATORS.has(role) && level !== 'totp' && (!localMode || hasSecondFactor);

/** Whether the person is to be led to enrol one. */
export const shouldEnrol = (role: PostRole, { hasSecondFactor }: Standing): boolean =>
  ADMINISTRATORS.has(role) && !hasSecondFactor;
