/** The HTTP application, as a list: what every request passes, in order, and the operations it may reach. */
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { findSession } from '../sign-on/sessions.ts';
import { consolePages } from './console.ts';
import { refuseCrossSite } from './cross-site.ts';
import { noteAccess } from '../cases/access-log.ts';
import { maySeeCase } from '../cases/visible.ts';
import type { ApiDeps } from './deps.ts';
import type { Doorkeeper } from './doorkeeper.ts';
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
import { signOnContext } from './sign-on/context.ts';
import { oidcPages } from './sign-on/oidc-pages.ts';
import { knownCallers, type Callers } from './sign-on/callers.ts';
import { cookiesOf } from './sign-on/cookies.ts';

const VERSION = '0.1.0';

/** Where the document lies; it does not describe itself. */
export const DOCUMENT_PATH = '/api/openapi.json';

export function createApp(deps: ApiDeps): Express {
  const { log, settings } = deps;
  const metrics = httpMetrics(deps);
  const all = operations(deps, metrics.registry);
  const { session: sessionCookie } = cookiesOf(settings.publicUrl);
  const callers = knownCallers(sessionCookie);
  const document = JSON.stringify(openApiDocument(all, settings.publicUrl, VERSION));

  const app = express();
  app.set('trust proxy', settings.trustedProxies.length === 0 ? false : settings.trustedProxies);
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
  if (settings.requestsAMinute > 0) app.use(limit(settings.requestsAMinute, callers));
  app.use(refuseUnkeepableAddress);
  app.use(refuseCrossSite(settings.publicUrl));

  app.use(docsPage());
  if (deps.consoleDir !== undefined) app.use(consolePages(deps.consoleDir));
  app.get(DOCUMENT_PATH, (request, response) => {
    noteMatch(request, { route: DOCUMENT_PATH });
    response.type('json').send(document);
  });
  if (deps.oidc !== undefined) app.use(oidcPages(deps.oidc, signOnContext(deps)));
  mount(app, all, {
    ...settings,
    doorkeeper: doorkeeper(deps),
    sessionCookie,
    findActor: deps.findActor,
    localMode: deps.signOn.localMode,
    findSession: async (token, how) => {
      const session = await findSession(deps.signOn, token, how);
      if (session !== null) callers.note(token, session.person);
      return session;
    },
  });

  app.use(() => {
    throw new ApiProblem('not-found');
  });
  app.use(answerErrors(log));
  return app;
}

/** The doorkeeper on this database. */
const doorkeeper = ({ pool, cases }: Pick<ApiDeps, 'pool' | 'cases'>): Doorkeeper => ({
  maySee: (reach, caseId) => maySeeCase(pool, reach, caseId),
  log: (actor, access) => noteAccess(cases, actor, access),
});

/** Pages and their files are not counted: only what asks the database. */
const limit = (requestsAMinute: number, callers: Callers) =>
  rateLimit({
    windowMs: 60_000,
    limit: requestsAMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => callers.keyOf(request),
    skip: ({ path }) => !path.startsWith('/api/'),
    handler: (_request, _response, next) => {
      next(new ApiProblem('rate-limited', { headers: { 'Retry-After': '60' } }));
    },
  });
