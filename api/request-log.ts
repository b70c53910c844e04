/** One line a request: method, route, status, time, case. No body, no query, no person, no address text. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { factsOf } from './request-id.ts';

/** What is measured when a response has gone out. */
export interface Served {
  readonly method: string;
  /** The route's pattern, never the address; `unmatched` where no route answered. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What the log and the metrics may know of a matched request. */
export interface Matched {
  readonly route: string;
  readonly caseId?: string;
}

const matched = new WeakMap<Request, Matched>();

/** Called by the mounted operation once its route is known. */
export const noteMatch = (request: Request, match: Matched): void => void matched.set(request, match);

export function logRequests(log: Logger, observe: (served: Served) => void): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const startedAt = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
      const { route, caseId } = matched.get(request) ?? { route: 'unmatched' };
      const status = response.writableFinished ? response.statusCode : 499;
      observe({ method: request.method, route, status, seconds });
      log[status >= 500 ? 'warn' : 'info'](
        {
          requestId: factsOf(request).id,
          method: request.method,
          route,
          status,
          ms: Math.round(seconds * 1000),
          ...(caseId === undefined ? {} : { case: caseId }),
        },
        'request',
      );
    });
    next();
  };
}
