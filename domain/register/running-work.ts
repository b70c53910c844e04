/** Which running work a change of the register may reach. Read by `cases/register`, looked at by `effects.ts`. */
import type { RoundCommand } from '../supervision/round-messages.ts';
import type { Register, SubjectClass } from './register.ts';
import { holdsOn } from './register.ts';

export type RoundOpening = RoundCommand & { readonly type: 'open' };

/** The newest episode of a duty. */
export interface Episode {
  readonly episode: number;
  readonly open: boolean;
}

/** A cycle whose period has not ended: late joiners still get their visit in it. */
export interface RunningCycle {
  /** `cycle/<key>`. */
  readonly caseId: string;
  readonly key: string;
  readonly period: { readonly fromOn: string; readonly toOn: string };
  /** Which subjects it covers; the whole district where nothing narrows it. */
  readonly scope: { readonly unit?: string; readonly class?: string };
  /** Posts that have a round in it, or a row of the plan that will become one. */
  readonly posts: ReadonlySet<string>;
  /** Of those, the ones whose round is still to be opened, with its first command as the frozen plan has it. */
  readonly planned: ReadonlyMap<string, RoundOpening>;
}

export interface RunningWork {
  /** By subject. */
  readonly bindingDuties: ReadonlyMap<string, Episode>;
  /** By `<post>/<person>`. */
  readonly pledgeDuties: ReadonlyMap<string, Episode>;
  readonly cycles: readonly RunningCycle[];
  /** Open corrections by subject. */
  readonly corrections: ReadonlyMap<string, readonly string[]>;
}

export const NO_RUNNING_WORK: RunningWork = {
  bindingDuties: new Map(),
  pledgeDuties: new Map(),
  cycles: [],
  corrections: new Map(),
};

export const roundOf = (cycle: Pick<RunningCycle, 'key'>, post: string): string => `round/${cycle.key}/${post}`;

/** Whether the cycle covers a subject of that unit and class. */
export function covers(
  { scope }: Pick<RunningCycle, 'scope'>,
  units: Register['units'],
  subject: { readonly unit: string; readonly class: SubjectClass },
): boolean {
  if (scope.class !== undefined && scope.class !== subject.class) return false;
  if (scope.unit === undefined) return true;
  return `/${units.get(subject.unit)?.path ?? ''}`.includes(`/${scope.unit}/`);
}

/** The office post that must act for a unit: its town's, else the district's; `null` where there is neither. */
export function officeOver(register: Pick<Register, 'units' | 'posts'>, unit: string, on: string): string | null {
  const path = `/${register.units.get(unit)?.path ?? ''}`;
  let district: string | null = null;
  for (const post of register.posts.values()) {
    if (!holdsOn(post, on)) continue;
    if (post.role === 'town-office' && path.includes(`/${post.unit}/`)) return post.id;
    if (post.role === 'district-office' && (district === null || post.id < district)) district = post.id;
  }
  return district;
}
