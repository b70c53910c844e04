/** The HTTP application, as a list: what every request passes, in order, and the operations it may reach. */
import express, { type Express } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { PERSON_HEADER } from './acting-person.ts';
import { consolePages } from './console.ts';
import type { ApiDeps } from './deps.ts';
import { docsPage } from './docs-page.ts';
import { answerErrors } from './errors.ts';
import { httpMetrics } from './http-metrics.ts';
import { mount } from './mount.ts';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations.ts';
import { ApiProblem } from './problem.ts';
import { giveRequestId } from './request-id.ts';
import { logRequests, noteMatch } from './request-log.ts';
import { refuseUnkeepableAddress } from './safe-text.ts';

const VERSION = '0.1.0';

/** Where the document lies; it does not describe itself. */
export const DOCUMENT_PATH = '/api/openapi.json';

export function createApp(deps: ApiDeps): Express {
  const { log, settings } = deps;
  const metrics = httpMetrics(deps);
  const all = operations(deps, metrics.registry);
  const document = JSON.stringify(openApiDocument(all, settings.publicUrl, VERSION));

  const app = express();
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.disable('x-powered-by');
  app.disable('etag');

  app.use(giveRequestId);
  app.use(logRequests(log, metrics.observe));
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  if (settings.requestsAMinute > 0) app.use(limit(settings));
  app.use(refuseUnkeepableAddress);

  app.use(docsPage());
  if (deps.consoleDir !== undefined) app.use(consolePages(deps.consoleDir));
  app.get(DOCUMENT_PATH, (request, response) => {
    noteMatch(request, { route: DOCUMENT_PATH });
    response.type('json').send(document);
  });
  mount(app, all, { ...settings, findActor: deps.findActor });

  app.use(() => {
    throw new ApiProblem('not-found');
  });
  app.use(answerErrors(log));
  return app;
}

/** Counted by acting person where the header is taken, else by address: behind a proxy everyone has one address. */
const limit = ({ requestsAMinute, allowDevHeader }: ApiDeps['settings']) =>
  rateLimit({
    windowMs: 60_000,
    limit: requestsAMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => {
      const person = allowDevHeader ? request.get(PERSON_HEADER) : undefined;
      return person === undefined ? ipKeyGenerator(request.ip ?? '') : `person ${person}`;
    },
    skip: ({ path }) => path.startsWith('/health/'),
    handler: (_request, _response, next) => {
      next(new ApiProblem('rate-limited', { headers: { 'Retry-After': '60' } }));
    },
  });
