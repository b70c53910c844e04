/**
 * The local stack's mail server: takes every mail, sends none on, shows them on a page and as JSON. Loopback only.
 * Usage: node main.mjs --smtp-port N --page-port N --dir DIRECTORY
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { PAGE_SIZE, listPage, mailPage, missingPage } from './pages.mjs';
import { mailStore } from './store.mjs';

const LOOPBACK = '127.0.0.1';
const MAX_BYTES = 30 * 1024 * 1024;

const { values } = parseArgs({
  options: { 'smtp-port': { type: 'string' }, 'page-port': { type: 'string' }, dir: { type: 'string' } },
});
const store = await mailStore(values.dir ?? '.zhaodan/mail');

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  size: MAX_BYTES,
  onData(stream, _session, done) {
    const chunks = /** @type {Buffer[]} */ ([]);
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      if (stream.sizeExceeded) return done(Object.assign(new Error('too large'), { responseCode: 552 }));
      store.keep(Buffer.concat(chunks)).then(() => done(), done);
    });
  },
});
smtp.on('error', (error) => {
  console.error(String(error));
  // A client that hangs up is no reason to stop; a port that cannot be had is.
  if ('syscall' in error && error.syscall === 'listen') process.exit(1);
});
smtp.listen(Number(values['smtp-port'] ?? 1025), LOOPBACK);

/** @returns {Promise<[status: number, type: string, body: string]>} */
async function answer(/** @type {URL} */ url) {
  const html = 'text/html; charset=utf-8';
  const json = 'application/json';
  const from = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
  const [, mailId = ''] = /^\/mail\/([\w.-]+)$/.exec(url.pathname) ?? [];
  if (url.pathname === '/') return [200, html, listPage(await store.list(from, PAGE_SIZE), from, await store.count())];
  if (url.pathname === '/mails.json') return [200, json, JSON.stringify(await store.list(from, PAGE_SIZE))];
  const mail = mailId === '' ? undefined : await store.read(mailId);
  return mail === undefined ? [404, html, missingPage()] : [200, html, mailPage(mail)];
}

const http = createServer((request, response) => {
  answer(new URL(request.url ?? '/', `http://${LOOPBACK}`)).then(
    ([status, type, body]) => {
      response.writeHead(status, {
        'content-type': type,
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      });
      response.end(body);
    },
    (error) => {
      console.error(String(error));
      response.writeHead(500).end();
    },
  );
});
http.listen(Number(values['page-port'] ?? 8025), LOOPBACK);
await once(http, 'listening');

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    http.close();
    http.closeAllConnections();
    smtp.close(() => process.exit(0));
  });
}
