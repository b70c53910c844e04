/** Which number does this request go by in answers and logs? Takes a proxy's number only when it looks like one. */
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const LOOKS_LIKE_ONE = /^[\w.-]{8,64}$/;

/** What middleware learns about a request; kept beside it, so that `Request` needs no new members. */
export interface RequestFacts {
  readonly id: string;
  /** When the API received it, by this machine's clock, epoch ms. */
  readonly received: number;
}

const known = new WeakMap<Request, RequestFacts>();

export function giveRequestId(request: Request, response: Response, next: NextFunction): void {
  const offered = request.get('X-Request-Id');
  const id = offered !== undefined && LOOKS_LIKE_ONE.test(offered) ? offered : randomUUID();
  known.set(request, { id, received: Date.now() });
  response.set('X-Request-Id', id);
  next();
}

/** Throws for a request that did not pass `giveRequestId`: a fault in the order of middleware. */
export function factsOf(request: Request): RequestFacts {
  const facts = known.get(request);
  if (facts === undefined) throw new Error('request has no id: giveRequestId must come first');
  return facts;
}
