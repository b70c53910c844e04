/**
 * Who is let through: the operation's right, how far it reaches, whether the case lies within. Refusals and reads of what
 * is sensitive are written down before the answer leaves. Knows no case and no database.
 */
import type { Access } from '../cases/access-log.ts';
import { ROLE_TITLES } from '../domain/notices/role-titles.ts';
import type { Actor } from '../domain/kernel/process.ts';
import { RIGHTS } from '../domain/rights/rights.ts';
import { holdersOf, reachOf, type Reach } from '../domain/rights/table.ts';
import type { CommandCall, Operation } from './operation.ts';
import { ApiProblem } from './problem.ts';

export interface Doorkeeper {
  readonly log: (actor: Actor, access: Access) => Promise<void>;
  readonly maySee: (reach: Reach, caseId: string) => Promise<boolean>;
}

type Caller = Partial<Pick<CommandCall<never, never, never>, 'actor' | 'reach'>> | undefined;

const named = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

/** Throws `right-missing`, which names the right and who has it. */
export async function reached(door: Doorkeeper, operation: Operation, actor: Actor, request: string): Promise<Reach> {
  const { right } = operation;
  if (right === undefined) throw new Error(`${named(operation)} names no right`);
  if (right === 'signed-in') return { scope: 'own', person: actor.person, post: actor.post, unit: actor.unit };
  const reach = reachOf(actor, right);
  if (reach !== null) return reach;
  await door.log(actor, { outcome: 'refused', right, route: named(operation), request });
  const holders = holdersOf(right).map((role) => ROLE_TITLES[role]);
  throw new ApiProblem('right-missing', { details: { right: RIGHTS[right][0], holders: holders.join('、') } });
}

/** Throws `case-not-found` for a case out of reach as for one that does not exist: which it is, is nobody's to learn. */
export async function mustBeVisible(door: Doorkeeper, caller: Caller, caseId: string): Promise<void> {
  const { reach } = caller ?? {};
  if (reach === undefined || (await door.maySee(reach, caseId))) return;
  throw new ApiProblem('case-not-found');
}

/** What says that something was asked for which is not there, or not for the caller. */
const UNSEEN: ReadonlySet<string> = new Set([
  'account-not-found',
  'case-not-found',
  'change-out-of-reach',
  'cycle-not-found',
  'evidence-not-found',
  'import-not-found',
  'notice-not-found',
  'preview-unknown',
  'register-row-not-found',
  'unit-out-of-reach',
  'view-not-found',
]);

/** Writes down that something out of reach, or nothing, was asked for. */
export async function noteUnseen(
  door: Doorkeeper,
  operation: Operation,
  caller: Caller,
  about: string | undefined,
  { problem, request }: { readonly problem: ApiProblem; readonly request: string },
): Promise<void> {
  if (caller?.actor === undefined || !UNSEEN.has(problem.code)) return;
  const { right = 'signed-in' } = operation;
  const { unit } = problem.extras.details ?? {};
  const what = about ?? (typeof unit === 'string' ? `unit/${unit}` : undefined);
  await door.log(caller.actor, { outcome: 'not-visible', right, route: named(operation), about: what, request });
}

/** Writes down that sensitive data was shown; an answer whose sensitive part was sealed shows none. */
export async function noteShown(
  door: Doorkeeper,
  operation: Operation,
  caller: Caller,
  about: string | undefined,
  { sealed, request }: { readonly sealed: boolean; readonly request: string },
): Promise<void> {
  const { shows, right = 'signed-in' } = operation;
  if (shows === undefined || sealed || caller?.actor === undefined) return;
  await door.log(caller.actor, { outcome: 'read', right, route: named(operation), about, what: shows, request });
}
