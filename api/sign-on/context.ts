/** What the operations of signing on share: the browser's cookies, who asks, and the session of a request. */
import type { Request } from 'express';
import type { Caller, SignOnDeps } from '../../sign-on/deps.ts';
import type { Begun } from '../../sign-on/sign-in.ts';
import { findSession, type SignedIn } from '../../sign-on/sessions.ts';
import { KNOWN_MS } from '../../sign-on/known-browsers.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { cookiesOf, given, taken, tokenIn, type Cookies } from './cookies.ts';

export interface Context {
  readonly deps: SignOnDeps;
  readonly cookies: Cookies;
  /** The request's session, whatever it still awaits. Throws `not-signed-in`. */
  readonly anySession: (request: Request, quiet?: boolean) => Promise<SignedIn>;
  /** The request's session, past its second factor. Throws `second-factor-awaited` besides. */
  readonly session: (request: Request, quiet?: boolean) => Promise<SignedIn>;
  readonly callerOf: (request: Request) => Caller;
  /** Hands the browser a session's token; it ends with the browser, or before. */
  readonly give: (request: Request, token: string) => void;
  /** Hands it the session and what makes the browser known. */
  readonly giveBegun: (request: Request, begun: Begun) => void;
  readonly takeSession: (request: Request) => void;
}

export function signOnContext({ signOn: deps, settings }: Pick<ApiDeps, 'signOn' | 'settings'>): Context {
  const cookies = cookiesOf(settings.publicUrl);
  const set = (request: Request, cookie: string): void => void request.res?.append('Set-Cookie', cookie);

  const anySession = async (request: Request, quiet = false): Promise<SignedIn> => {
    const token = tokenIn(request, cookies.session);
    const session = token === undefined ? null : await findSession(deps, token, { quiet });
    if (session === null) throw new ApiProblem('not-signed-in');
    return session;
  };
  const give = (request: Request, token: string) => set(request, given(cookies.session, token, cookies));

  return {
    deps,
    cookies,
    anySession,
    async session(request, quiet) {
      const session = await anySession(request, quiet);
      if (session.awaits !== null) throw new ApiProblem('second-factor-awaited');
      return session;
    },
    callerOf: (request) => ({ address: request.ip ?? null, browser: request.get('User-Agent') ?? null }),
    give,
    giveBegun(request, { token, browserToken }) {
      give(request, token);
      set(request, given(cookies.browser, browserToken, cookies, KNOWN_MS / 1_000));
    },
    takeSession: (request) => set(request, taken(cookies.session, cookies)),
  };
}
