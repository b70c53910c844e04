/** The posts that keep the system instead of working cases (三员分立), and what is asked of them when they sign in. */

const ADMINISTRATORS: ReadonlySet<string> = new Set(['system-admin', 'security-admin', 'audit-admin']);

export const isAdministrator = (role: string): boolean => ADMINISTRATORS.has(role);

/**
 * Whether the session must first bring a second factor before the post may act (GB/T 22239-2019 8.1.4.1 d: two kinds of
 * authentication). A local sample asks only those who enrolled one.
 */
export const mustStepUp = (
  role: string,
  { level, hasSecondFactor }: { readonly level: string; readonly hasSecondFactor: boolean },
  localMode: boolean,
): boolean => isAdministrator(role) && level !== 'totp' && (!localMode || hasSecondFactor);
