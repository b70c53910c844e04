/** Is it our own page that asks for a change? A browser says so with every request; another site's page cannot say it for us. */
import type { RequestHandler } from 'express';
import { ApiProblem } from './problem.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * `Sec-Fetch-Site` is the browser's own word and decides where it is sent; else `Origin` must be the office's address.
 * Neither: refused, so that a program states the origin it speaks for.
 */
export function refuseCrossSite(publicUrl: string): RequestHandler {
  const ours = new URL(publicUrl).origin;
  return (request, _response, next) => {
    const site = request.get('Sec-Fetch-Site');
    const sameSite = site === undefined ? request.get('Origin') === ours : site === 'same-origin';
    if (!SAFE.has(request.method) && !sameSite) throw new ApiProblem('cross-site-refused');
    next();
  };
}
