/** Who acts? Until sign-on exists, whoever the development header names; production refuses it. Never the body. */
import type { Request } from 'express';
import type { Actor, Refusal } from '../domain/kernel/process.ts';
import { ApiProblem, refusalProblem } from './problem.ts';

export const PERSON_HEADER = 'X-Zhaodan-Person';
export const POST_HEADER = 'X-Zhaodan-Post';

/** Finds the post a person acts for today; `post` chooses among several. */
export type FindActor = (person: string, post: string | undefined) => Promise<Actor | Refusal>;

export interface SignOn {
  readonly allowDevHeader: boolean;
  readonly findActor: FindActor;
}

const ID = /^[^\s/\p{C}]{1,100}$/u;

/** Throws `dev-header-refused`, `not-signed-in`, or the register's refusal. */
export async function actingPerson(request: Request, { allowDevHeader, findActor }: SignOn): Promise<Actor> {
  const person = headerText(request, PERSON_HEADER);
  const post = headerText(request, POST_HEADER);
  if (person === undefined) throw new ApiProblem('not-signed-in');
  if (!allowDevHeader) throw new ApiProblem('dev-header-refused');
  if (!ID.test(person) || (post !== undefined && !ID.test(post))) throw new ApiProblem('unknown-person');
  const found = await findActor(person, post);
  if ('code' in found) throw refusalProblem(found);
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
