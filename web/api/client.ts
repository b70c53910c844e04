/**
 * The one way the console asks the API: typed by the OpenAPI document, an answer or an `ApiFailure`. Every act carries an
 * Idempotency-Key made when the person began it, and the post the person believes to act for.
 */
import createClient from 'openapi-fetch';
import { isUnattended } from './activity.ts';
import type { components, paths } from './schema.d.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
/** A right by its name: one that the API does not know does not compile. */
export type Right = NonNullable<NonNullable<paths['/api/rights']['get']['parameters']['query']>['wanted']>;

/** The API said no, or was not reached (`status` 0). */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  /** A sentence for the person. */
  readonly detail: string;
  readonly article: string | undefined;
  /** The request's number, as the log has it. */
  readonly requestId: string | undefined;
  readonly errors: NonNullable<Problem['errors']>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.code ?? 'unreachable');
    this.name = 'ApiFailure';
    this.status = status;
    this.code = problem.code ?? 'unreachable';
    this.detail = problem.detail ?? '连不上服务器，请检查网络后重试。';
    this.article = problem.article;
    this.requestId = problem.instance;
    this.errors = problem.errors ?? [];
  }
}

let actingPost: string | undefined;

/** The post shown in the shell; the API refuses an act for another one than the session's. */
export const actFor = (post: string | undefined): void => {
  actingPost = post;
};

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use({
  onRequest: ({ request }) => {
    if (isUnattended()) request.headers.set('X-Zhaodan-Background', 'true');
    if (actingPost !== undefined) request.headers.set('X-Zhaodan-Post', encodeURIComponent(actingPost));
    return request;
  },
});

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer's data. Throws `ApiFailure`. */
export async function ask<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    if (cause instanceof TypeError) throw new ApiFailure(0, {});
    throw cause;
  });
  if (response.ok) return data as T;
  const problem = typeof error === 'object' && error !== null ? (error as Partial<Problem>) : {};
  throw new ApiFailure(response.status, {
    code: `http-${response.status}`,
    detail: `服务器没有正常答复（${response.status}）。`,
    ...problem,
  });
}

/** A new Idempotency-Key: made once when an act begins, kept for every attempt to send it. */
export const newKey = (): string => crypto.randomUUID();

/** The header of an act. */
export const numbered = (key: string) => ({ header: { 'Idempotency-Key': key } });
