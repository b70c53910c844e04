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
export async function mustBeVisible(
  door: Doorkeeper,
  operation: Operation,
  caller: Caller,
  caseId: string,
  request: string,
): Promise<void> {
  const { actor, reach } = caller ?? {};
  if (actor === undefined || reach === undefined || (await door.maySee(reach, caseId))) return;
  const right = operation.right ?? 'signed-in';
  await door.log(actor, { outcome: 'not-visible', right, route: named(operation), about: caseId, request });
  throw new ApiProblem('case-not-found');
}

/** Writes down that sensitive data was shown. */
export async function noteShown(
  door: Doorkeeper,
  operation: Operation,
  caller: Caller,
  about: string | undefined,
  request: string,
): Promise<void> {
  const { shows, right = 'signed-in' } = operation;
  if (shows === undefined || caller?.actor === undefined) return;
  await door.log(caller.actor, { outcome: 'read', right, route: named(operation), about, what: shows, request });
}
