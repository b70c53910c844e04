/**
 * Where a browser goes to the government's single sign-on and comes back from it. Redirects, not operations: people never
 * call them, and what a provider adds to the address is its own affair.
 */
import { Router, type Request, type Response } from 'express';
import { SignOnRefused } from '../../sign-on/deps.ts';
import type { Oidc } from '../../sign-on/oidc.ts';
import { noteMatch } from '../request-log.ts';
import type { Context } from './context.ts';
import { given, taken, tokenIn } from './cookies.ts';

export const OIDC_START = '/api/sign-on/oidc';
export const OIDC_BACK = '/api/sign-on/oidc/callback';

const FLOW_SECONDS = 600;

/** A page of ours, or the first one: never another site's. */
export const pageOfOurs = (next: unknown): string =>
  typeof next === 'string' && /^\/(?![/\\])[^\s\\\p{C}]{0,500}$/u.test(next) ? next : '/';

export function oidcPages(oidc: Oidc, context: Context): Router {
  const { cookies, callerOf } = context;
  const routes = Router();

  /** What went wrong is said on the sign-in page. */
  const orSignIn = (work: (request: Request, response: Response) => Promise<string>) => {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        response.redirect(302, await work(request, response));
      } catch (error) {
        if (!(error instanceof SignOnRefused)) throw error;
        response.redirect(302, `/sign-in?problem=${encodeURIComponent(error.code)}`);
      }
    };
  };

  routes.get(
    OIDC_START,
    orSignIn(async (request, response) => {
      noteMatch(request, { route: OIDC_START });
      const { url, flowToken } = await oidc.start(pageOfOurs(request.query['next']));
      response.append('Set-Cookie', given(cookies.flow, flowToken, cookies, FLOW_SECONDS));
      return url;
    }),
  );

  routes.get(
    OIDC_BACK,
    orSignIn(async (request, response) => {
      noteMatch(request, { route: OIDC_BACK });
      response.append('Set-Cookie', taken(cookies.flow, cookies));
      const begun = await oidc.finish({
        query: request.originalUrl.slice(OIDC_BACK.length),
        flowToken: tokenIn(request, cookies.flow),
        sessionToken: tokenIn(request, cookies.session),
        caller: callerOf(request),
      });
      context.giveBegun(request, begun);
      return begun.awaits === null ? begun.next : `/sign-in?step=second-factor&next=${encodeURIComponent(begun.next)}`;
    }),
  );
  return routes;
}
