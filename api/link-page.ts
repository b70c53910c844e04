/** Where links in mails lead until there are pages: how to see the case. Shows nothing of it, and asks nobody's name. */
import { Router, type Response } from 'express';
import { noteMatch } from './request-log.ts';

/** Ids of cases, as they may stand in an address. */
const CASE_ID = /^[a-z][a-z-]*\/[A-Za-z0-9._/-]{1,300}$/;

const page = (title: string, lines: readonly string[]): string => `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</body>
</html>
`;

function send(response: Response, html: string): void {
  response.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'").type('html').send(html);
}

export function linkPages(): Router {
  const routes = Router();
  routes.get('/', (request, response) => {
    noteMatch(request, { route: '/' });
    send(
      response,
      page('照单', ['网页界面尚未提供;请用命令行 <code>npx zhaodan --help</code>,或 <a href="/api/docs">接口</a>。']),
    );
  });
  routes.get('/cases/{*id}', (request, response, next) => {
    const id = (request.params as { readonly id?: readonly string[] }).id?.join('/') ?? '';
    if (!CASE_ID.test(id)) {
      next();
      return;
    }
    noteMatch(request, { route: '/cases/{id}' });
    const lines = [
      '网页界面尚未提供。查看这个案件:',
      `命令行:<code>npx zhaodan case show ${id}</code>,全部经过:<code>npx zhaodan replay ${id}</code>`,
      `接口:<code>GET /api/cases/${encodeURIComponent(id)}</code>`,
    ];
    send(response, page(`案件 ${id}`, lines));
  });
  return routes;
}
