/** How operations become routes: person, number, media type, parameters and body are checked in that order, then handled. */
import express, { type IRouter, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { actingPerson, type SignOn } from './acting-person.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { accepted } from './malformed.ts';
import { mustBeVisible, noteShown, noteUnseen, reached, type Doorkeeper } from './doorkeeper.ts';
import { toProblem } from './errors.ts';
import type { CommandCall, Operation, Reply } from './operation.ts';
import { ApiProblem } from './problem.ts';
import { factsOf } from './request-id.ts';
import { noteMatch } from './request-log.ts';
import { handlerOf } from './shared-reads.ts';
import { assertKeepable, refuseIllFormedBytes } from './safe-text.ts';

export interface MountOptions extends SignOn {
  readonly doorkeeper: Doorkeeper;
  /** Tests and development: an answer that is not as documented is a fault. */
  readonly checkAnswers: boolean;
}

const JSON_LIMIT = 1_000_000;

/** `/api/cases/{id}` as Express writes it. */
const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Mounts every operation, and refuses the other methods of their paths. */
export function mount(router: IRouter, operations: readonly Operation[], options: MountOptions): void {
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const here = operations.filter((operation) => operation.path === path);
    const route = router.route(expressPath(path));
    for (const operation of here) {
      route[operation.method](identify(operation, options), ...readBody(operation), serve(operation, options));
    }
    const methods = here.map(({ method }) => method.toUpperCase());
    const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
    route.all((request) => {
      noteMatch(request, { route: path });
      throw new ApiProblem('method-not-allowed', { details: { allow }, headers: { Allow: allow } });
    });
  }
}

/** Which row or file a call is about: its last parameter, under the word of the path, or the parameter, before it. */
function aboutOf({ path }: Operation, params: unknown): string | undefined {
  const parts = path.split('/');
  const given = (params ?? {}) as Readonly<Record<string, unknown>>;
  const valueOf = (part: string | undefined): string => {
    const name = /^\{(\w+)\}$/.exec(part ?? '')?.[1];
    return name === undefined ? (part ?? '') : String(given[name]);
  };
  const last = parts.findLastIndex((part) => part.startsWith('{'));
  return last < 0 ? undefined : `${valueOf(parts[last - 1])}/${valueOf(parts[last])}`;
}

/** Who acts and under which number, from `identify` to `serve`. */
const identified = new WeakMap<Request, Partial<Pick<CommandCall<never, never, never>, 'actor' | 'key' | 'reach'>>>();

/** Comes before the body is read: nobody's megabyte is parsed before it is known who sends it. */
function identify(operation: Operation, options: MountOptions): RequestHandler {
  const { access, path: route } = operation;
  return async (request, _response, next) => {
    noteMatch(request, { route });
    if (access !== 'open') {
      const actor = await actingPerson(request, options);
      const reach = await reached(options.doorkeeper, operation, actor, factsOf(request).id);
      identified.set(request, { actor, reach, ...(access === 'command' ? { key: idempotencyKey(request) } : {}) });
    }
    next();
  };
}

function readBody({ upload, body }: Operation): RequestHandler[] {
  if (upload !== undefined)
    return [
      requireMediaType(upload.mediaTypes, 'any charset'),
      express.raw({ type: () => true, limit: upload.limitBytes }),
    ];
  if (body === undefined) return [];
  const json = express.json({ limit: JSON_LIMIT, type: () => true, verify: refuseIllFormedBytes, strict: true });
  return [requireMediaType(['application/json']), json];
}

/** JSON is UTF-8; an uploaded text says its charset for the reader of the file, not for us. */
function requireMediaType(accepts: readonly string[], charsets: 'utf-8' | 'any charset' = 'utf-8'): RequestHandler {
  return (request, _response, next) => {
    const [type = '', ...parameters] = (request.get('Content-Type') ?? '').toLowerCase().split(';');
    const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith('charset='));
    const wrongCharset = charsets === 'utf-8' && charset !== undefined && !/^charset="?utf-8"?$/.test(charset);
    if (!accepts.includes(type.trim()) || wrongCharset) {
      throw new ApiProblem('unsupported-media-type', { details: { accepts: accepts.join('、') } });
    }
    next();
  };
}

function serve(operation: Operation, options: MountOptions): RequestHandler {
  const { doorkeeper } = options;
  const handle = handlerOf(operation);
  return async (request: Request, response: Response) => {
    const { id: requestId, received } = factsOf(request);
    const params = accepted(operation.params, request.params, 'path');
    const caller = identified.get(request);
    const caseId = operation.caseOf?.(params as never);
    const about = caseId ?? aboutOf(operation, params);
    if (caseId !== undefined) noteMatch(request, { route: operation.path, caseId });
    try {
      if (caseId !== undefined) await mustBeVisible(doorkeeper, caller, caseId);
      const query = accepted(operation.query, request.query, 'query');
      const body = bodyOf(operation, request);
      const call = { ...caller, params, query, body, requestId, received, request };
      const reply = await handle(call as unknown as CommandCall<never, never, never>);
      if (options.checkAnswers) assertDocumented(operation, reply);
      const sealed = 'json' in reply && reply.sealed === true;
      await noteShown(doorkeeper, operation, caller, about, { sealed, request: requestId });
      await send(response, reply);
    } catch (error) {
      await noteUnseen(doorkeeper, operation, caller, about, { problem: toProblem(error), request: requestId });
      throw error;
    }
  };
}

function bodyOf({ body, upload }: Operation, request: Request): unknown {
  const sent: unknown = request.body;
  if (upload !== undefined) {
    if (!Buffer.isBuffer(sent) || sent.length === 0) throw new ApiProblem('body-missing');
    return sent;
  }
  if (body === undefined) return undefined;
  if (sent === undefined) throw new ApiProblem('body-missing');
  assertKeepable(sent);
  return accepted(body, sent, '');
}

async function send(response: Response, reply: Reply): Promise<void> {
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.set(name, value);
  if ('streamed' in reply) return reply.streamed(response);
  response.status(reply.status ?? 200);
  if ('json' in reply) {
    response.json(reply.json);
    return;
  }
  response.type(reply.mediaType).send(typeof reply.bytes === 'string' ? reply.bytes : Buffer.from(reply.bytes));
}

/** Throws when the answer is not what the document says. */
function assertDocumented({ method, path, answers }: Operation, reply: Reply): void {
  if (!('json' in reply)) return;
  const status = reply.status ?? 200;
  const schema: z.ZodType | undefined = answers.find((answer) => answer.status === status)?.json;
  if (schema === undefined) throw new Error(`${method} ${path} answers ${status}, which is not documented`);
  const checked = schema.safeParse(JSON.parse(JSON.stringify(reply.json)));
  if (!checked.success)
    throw new Error(`${method} ${path} answers otherwise than documented: ${checked.error.message}`);
}
