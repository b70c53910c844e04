/** Turns what the layers below throw into what the caller may see. The one place that does. */
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { Busy, CaseMoved, KeyReused, NewerState, UnknownCase, UnknownKind } from '../cases/deps.ts';
import { SignOnRefused } from '../sign-on/deps.ts';
import { malformed } from './malformed.ts';
import { ApiProblem, problemBody } from './problem.ts';
import { factsOf } from './request-id.ts';

const RETRY_AFTER = { 'Retry-After': '2' };

/** PostgreSQL is not there, going or coming: nothing was written, or nobody knows, and the same key answers it. */
const UNREACHABLE = /^(08|57P0|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;
/** Lock or statement time-out, serialization, deadlock, too many connections. */
const CONTENDED = new Set(['55P03', '57014', '40001', '40P01', '53300']);

export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof SignOnRefused) return signOnProblem(error);
  if (error instanceof ZodError) return malformed(error.issues, '');
  if (error instanceof UnknownCase || error instanceof UnknownKind) return new ApiProblem('case-not-found');
  if (error instanceof CaseMoved) return new ApiProblem('case-moved', { details: { what: error.what.join('、') } });
  if (error instanceof KeyReused) return new ApiProblem('key-reused');
  if (error instanceof Busy) return new ApiProblem('busy', { headers: RETRY_AFTER });
  if (error instanceof NewerState) return new ApiProblem('newer-state', { headers: RETRY_AFTER });
  if (error instanceof URIError) return new ApiProblem('ill-formed-text');
  return bodyProblem(error) ?? databaseProblem(error) ?? new ApiProblem('internal');
}

/** A lock says when it ends, also to a program. */
function signOnProblem({ code, details }: SignOnRefused): ApiProblem {
  const { seconds } = details;
  const wait = seconds === undefined ? {} : { headers: { 'Retry-After': String(seconds) } };
  return new ApiProblem(code, { details, ...wait });
}

/** What body-parser throws, by its `type`. */
function bodyProblem(error: unknown): ApiProblem | undefined {
  if (!(error instanceof Error) || !('type' in error)) return undefined;
  switch (error.type) {
    case 'entity.parse.failed':
      return new ApiProblem('malformed-json');
    case 'entity.too.large': {
      const limit = 'limit' in error && typeof error.limit === 'number' ? `${Math.floor(error.limit / 1000)} kB` : '—';
      return new ApiProblem('too-large', { details: { limit } });
    }
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ApiProblem('unsupported-media-type', { details: { accepts: 'application/json; charset=utf-8' } });
    case 'entity.verify.failed':
      return new ApiProblem('ill-formed-text');
    case 'request.aborted':
    case 'request.size.invalid':
    case 'stream.encoding.set':
      return new ApiProblem('invalid-request');
    default:
      return undefined;
  }
}

function databaseProblem(error: unknown): ApiProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (CONTENDED.has(code) || error.message.includes('timeout exceeded when trying to connect')) {
    return new ApiProblem('busy', { headers: RETRY_AFTER });
  }
  const gone = UNREACHABLE.test(code) || error.message.startsWith('Connection terminated');
  return gone ? new ApiProblem('database-unavailable', { headers: RETRY_AFTER }) : undefined;
}

/** Last in the list. A fault is logged with the request's number; the caller sees the number only. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = toProblem(error);
    const { id } = factsOf(request);
    if (['internal', 'database-unavailable'].includes(problem.code)) log.error({ requestId: id, err: error }, 'fault');
    if (response.headersSent) {
      next(error);
      return;
    }
    const body = problemBody(problem, id);
    for (const [name, value] of Object.entries(problem.extras.headers ?? {})) response.set(name, value);
    // A body that was not read to its end would be taken for the next request.
    if (!request.complete) response.set('Connection', 'close');
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  };
}
