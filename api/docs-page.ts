/** A viewer for the API's document: Scalar's own file served from this host, under a policy that lets it reach nobody else. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { Router } from 'express';
import { noteMatch } from './request-log.ts';

/**
 * Scalar writes its styles into the page, hence `unsafe-inline` for styles only. `connect-src 'self'` is what keeps it
 * from asking other hosts, whatever its options come to mean.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>照单 API</title></head>
<body><div id="app"></div><script src="/api/docs/scalar.js"></script><script src="/api/docs/start.js"></script></body>
</html>
`;

const START = `Scalar.createApiReference('#app', ${JSON.stringify({
  url: '/api/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
})});\n`;

/** The paths of the viewer; they are pages, not operations, and stand in no document. */
export const DOCS_PATHS = ['/api/docs', '/api/docs/start.js', '/api/docs/scalar.js'] as const;

/** The viewer's one file, or undefined where its package is not installed: then there is no viewer. */
function viewerFile(): string | undefined {
  // A build puts it beside this file, so that production needs no development package.
  const built = fileURLToPath(new URL('./scalar-standalone.js', import.meta.url));
  if (existsSync(built)) return built;
  try {
    const entry = fileURLToPath(import.meta.resolve('@scalar/api-reference'));
    const file = path.join(entry.slice(0, entry.lastIndexOf('/dist/')), 'dist/browser/standalone.js');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

export function docsPage(): Router {
  const routes = Router();
  const scalar = viewerFile();
  if (scalar === undefined) return routes;
  routes.use('/api/docs', (request, response, next) => {
    noteMatch(request, { route: '/api/docs' });
    response.set('Content-Security-Policy', POLICY);
    next();
  });
  routes.get('/api/docs', (_request, response) => void response.type('html').send(PAGE));
  routes.get('/api/docs/start.js', (_request, response) => void response.type('text/javascript').send(START));
  routes.get('/api/docs/scalar.js', (_request, response) => {
    response.sendFile(scalar, { dotfiles: 'allow', maxAge: '1h' });
  });
  return routes;
}
