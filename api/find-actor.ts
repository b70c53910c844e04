/** Finds the acting person's post of today in the register, by the database's clock. */
import type { CasesDeps } from '../cases/deps.ts';
import { actorOf, type ActingProblem } from '../cases/register/acting.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { Refusal } from '../domain/kernel/process.ts';
import type { FindActor } from './acting-person.ts';

export const findActorIn =
  (deps: Pick<CasesDeps, 'pool' | 'now'>): FindActor =>
  async (person, post) => {
    const client = await deps.pool.connect();
    try {
      // One question: the database knows what day it is, unless a test says so.
      const on = deps.now === undefined ? null : localDate(await deps.now(client));
      const acting = await actorOf(client, person, post, on);
      return 'actor' in acting ? acting.actor : refusalOf(acting.problem);
    } finally {
      client.release();
    }
  };

function refusalOf(problem: ActingProblem): Refusal {
  const { code } = problem;
  if ('post' in problem) return { code, details: { post: problem.post } };
  if ('posts' in problem)
    return { code, details: { posts: problem.posts.map(({ post, title }) => `${post} ${title}`) } };
  return { code };
}
