/** Who acts? The holder of the session, for the post chosen in it. Never a name in a header, never the body. */
import type { Request } from 'express';
import type { Actor, Refusal } from '../domain/kernel/process.ts';
import { mustStepUp } from '../sign-on/administrators.ts';
import type { SignedIn } from '../sign-on/sessions.ts';
import { ApiProblem, refusalProblem } from './problem.ts';
import { tokenIn } from './sign-on/cookies.ts';

/** Which post the caller believes to act for; refused when the session has another by now. */
export const POST_HEADER = 'X-Zhaodan-Post';

/** Says that the page asks by itself, so that nobody's absence looks like use. */
export const BACKGROUND_HEADER = 'X-Zhaodan-Background';

/** Finds the post a person acts for today; `post` chooses among several. */
export type FindActor = (person: string, post: string | undefined) => Promise<Actor | Refusal>;

export interface SignOn {
  readonly sessionCookie: string;
  readonly findSession: (token: string, how: { readonly quiet: boolean }) => Promise<SignedIn | null>;
  readonly findActor: FindActor;
  readonly localMode: boolean;
}

/** The session of the request. Throws `not-signed-in`. */
export async function signedIn(
  request: Request,
  { sessionCookie, findSession }: Pick<SignOn, 'sessionCookie' | 'findSession'>,
): Promise<SignedIn> {
  const token = tokenIn(request, sessionCookie);
  const session =
    token === undefined ? null : await findSession(token, { quiet: request.get(BACKGROUND_HEADER) === 'true' });
  if (session === null) throw new ApiProblem('not-signed-in');
  return session;
}

/** Throws what is wrong with the session, `post-changed`, or the register's refusal. */
export async function actingPerson(request: Request, signOn: SignOn): Promise<Actor> {
  const session = await signedIn(request, signOn);
  if (session.awaits !== null) throw new ApiProblem('second-factor-awaited');
  if (session.mustChangePassword) throw new ApiProblem('password-change-due');
  const believed = headerText(request, POST_HEADER);
  if (believed !== undefined && session.post !== null && believed !== session.post)
    throw new ApiProblem('post-changed');
  const found = await signOn.findActor(session.person, session.post ?? undefined);
  if ('code' in found) throw refusalProblem(found);
  if (believed !== undefined && believed !== found.post) throw new ApiProblem('post-changed');
  if (mustStepUp(found.role, session, signOn.localMode)) throw new ApiProblem('second-factor-required');
  return found;
}

/** Node hands header bytes over as Latin-1; ids may be Chinese, sent as UTF-8 or percent-encoded. */
function headerText(request: Request, name: string): string | undefined {
  const raw = request.get(name);
  if (raw === undefined || raw === '') return undefined;
  const text = Buffer.from(raw, 'latin1').toString('utf8');
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ApiProblem('ill-formed-text');
  }
}
