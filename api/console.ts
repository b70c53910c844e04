/**
 * The console, served by the API's own process under a policy that lets it reach nobody else: its built files, and one
 * page for every address that is no file and no part of the API. Each answer of the page has a nonce of its own.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { Router, type Request, type Response } from 'express';
import { noteMatch } from './request-log.ts';

/** Stands in the built page where the nonce belongs (vite.config.ts). */
const PLACE = '__NONCE__';

/** Ant Design writes its styles into the page, all of them under the nonce (vite.config.ts sees to it). */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** Addresses that belong to the API or to the processes that watch it, never to a page. */
const NOT_A_PAGE = /^\/(api|health|metrics)(\/|$)/;

/** What a person's browser asks for when it opens a page. */
const wantsPage = ({ method, path: at, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') && !NOT_A_PAGE.test(at) && (headers.accept ?? '').includes('text/html');

/** `folder` is where vite put the build. Throws when there is none: an API without its console is not the product. */
export function consolePages(folder: string): Router {
  const index = path.join(folder, 'index.html');
  if (!existsSync(index)) throw new Error(`the console is not built: ${index}`);
  const template = readFileSync(index, 'utf8');
  const routes = Router();

  // Hashed names never change what they hold.
  routes.use(
    '/assets',
    express.static(path.join(folder, 'assets'), { index: false, immutable: true, maxAge: '365d', redirect: false }),
  );
  // A service worker is bound by its own policy, and must never be older than the pages it keeps.
  routes.get('/rounds-worker.js', (_request, response, next) => {
    response.set('Content-Security-Policy', "default-src 'none'; connect-src 'self'");
    response.sendFile('rounds-worker.js', { root: folder, cacheControl: false }, (error: unknown) => {
      // Called when all went well too; the next route would send the file once more.
      if (error !== undefined && error !== null) next(error);
    });
  });
  routes.use(express.static(folder, { index: false, maxAge: '1h', redirect: false, extensions: false }));

  routes.use((request: Request, response: Response, next) => {
    if (!wantsPage(request)) {
      next();
      return;
    }
    noteMatch(request, { route: 'console' });
    const nonce = randomBytes(16).toString('base64');
    response
      .set('Content-Security-Policy', policy(nonce))
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(template.replaceAll(PLACE, nonce));
  });
  return routes;
}
