/** How the tests sign in without a password: real sessions, begun by the product's own code for whoever is named. */
import { inTransaction } from '../../cases/transaction.ts';
import { cookiesOf } from '../../api/sign-on/cookies.ts';
import type { SignOnDeps } from '../../sign-on/deps.ts';
import { beginSession } from '../../sign-on/sessions.ts';
import { NOON } from './district.ts';

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

export type SessionOf = (person: string, post?: string) => Promise<Cookie>;

/** The address the application under test believes to have; its pages are at home there. */
export const PUBLIC_URL = 'http://127.0.0.1:3000';

const PERSON = 'X-Zhaodan-Person';
const POST = 'X-Zhaodan-Post';

/** One session a person and post, kept for the tests' whole run. */
export function sessionsOf(deps: SignOnDeps): SessionOf {
  const begun = new Map<string, Promise<Cookie>>();
  return (person, post) => {
    const key = `${person} ${post ?? ''}`;
    const session = begun.get(key) ?? begin(deps, person, post ?? null);
    begun.set(key, session);
    return session;
  };
}

const begin = (deps: SignOnDeps, person: string, post: string | null): Promise<Cookie> =>
  inTransaction(deps.pool, async (client) => {
    const at = deps.now === undefined ? NOON : await deps.now(client);
    await client.query(
      'INSERT INTO accounts (person_id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (person_id) DO NOTHING',
      [person, `test-${person}`, at],
    );
    const caller = { address: null, browser: null };
    const session = { person, post, method: 'password', level: 'totp', awaits: null, caller } as const;
    const { token } = await beginSession(client, deps, session, at);
    return { name: cookiesOf(PUBLIC_URL).session, value: token };
  });

/** The request as the office's own page sends it, with the session of the person its header names. */
export async function signed(init: RequestInit | undefined, sessionOf: SessionOf): Promise<RequestInit> {
  const headers = new Headers(init?.headers);
  if (!headers.has('Sec-Fetch-Site') && !headers.has('Origin')) headers.set('Sec-Fetch-Site', 'same-origin');
  const person = headers.get(PERSON);
  headers.delete(PERSON);
  if (person !== null && person !== '') {
    const { name, value } = await sessionOf(person, headers.get(POST) ?? undefined);
    headers.set('Cookie', `${name}=${value}`);
  }
  return { ...init, headers };
}
