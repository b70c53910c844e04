/** For which posts may a person act today? Their own first, then those they stand in for. */
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { heldPosts, type HeldPost } from '../cases/register/acting.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { SignOnDeps } from './deps.ts';

export async function postsOf(
  deps: Pick<SignOnDeps, 'now'>,
  client: pg.ClientBase,
  person: string,
): Promise<readonly HeldPost[]> {
  const held = await heldPosts(client, person, localDate(await readClock(deps, client)));
  return [...held.filter(({ absence }) => absence === null), ...held.filter(({ absence }) => absence !== null)];
}

/** The post a new session acts for until another is chosen; `null`: the person has none today. */
export async function firstPost(
  deps: Pick<SignOnDeps, 'now'>,
  client: pg.ClientBase,
  person: string,
): Promise<string | null> {
  const [first] = await postsOf(deps, client, person);
  return first?.post ?? null;
}
