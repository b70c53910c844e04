/** A real OpenID provider in this process, with one client and a sign-in that a test walks through. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import type { Browser } from './clerk.ts';

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  stop(): Promise<void>;
}

export async function startProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'zhaodan', clientSecret: 'a-secret-of-the-tests' };
  const configuration: Configuration = {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['of the tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'person'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, person: sub.replace(/^sub-/, '') }) }),
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return { issuer, ...client, stop: () => closed(server) };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Signs in at the provider as `subject`, says yes to everything, and gives the address it sends the browser back to. */
export async function walk(browser: Browser, start: string, subject: string, back: string): Promise<string> {
  let at = start;
  for (let step = 0; step < 12; step += 1) {
    const response = await browser.fetch(at);
    const location = response.headers.get('Location');
    if (location !== null) {
      at = new URL(location, at).href;
      if (at.startsWith(back)) return at;
      continue;
    }
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`${at}: ${page.slice(0, 300)}`);
    const form = new URLSearchParams({ prompt, login: subject, password: 'any' });
    const answer = await browser.fetch(new URL(action, at).href, { method: 'POST', body: form });
    at = new URL(answer.headers.get('Location') ?? '', at).href;
    if (at.startsWith(back)) return at;
  }
  throw new Error('the provider never sent the browser back');
}
