/** Which changes of the register a post may make, besides how far its right reaches. Knows no row. */
import type { PostRole } from '../kernel/process.ts';
import type { RegisterChange } from '../register/change.ts';
import { rightsOf, scopeOf } from './table.ts';

/** Regulators report what becomes of the businesses they license (BB-01), and nothing else. */
const REPORTS_SUBJECTS_ONLY: ReadonlySet<PostRole> = new Set(['regulator', 'regulator-head']);

/** What everybody sees, how far ever it reaches, makes no role greater. */
const OPEN_TO_ALL = 'office.read';

/** Whether the role has a right over the whole district. */
const reachesDistrict = (role: PostRole): boolean =>
  rightsOf(role).some((right) => right !== OPEN_TO_ALL && scopeOf(role, right) === 'district');

/**
 * Whether a post of the role may make the change. Nobody whose own reach ends at a unit makes a post that reaches the whole
 * district, or makes a post into one.
 */
export function mayMake(role: PostRole, change: RegisterChange): boolean {
  if (scopeOf(role, 'register.change') === 'district') return true;
  if (REPORTS_SUBJECTS_ONLY.has(role)) return change.type.startsWith('subject-');
  if (change.type === 'post-added' || change.type === 'post-corrected') return !reachesDistrict(change.role);
  return true;
}
