/**
 * The service worker of the rounds pages: keeps their page and its files, so that they open without a connection. The page
 * is kept as it was answered, with its policy and nonce. It touches no data and nothing but reads of this host.
 */
export {};

/** What of a service worker is used here. */
interface FetchSeen extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Told extends Lasting {
  readonly data: unknown;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'message', listener: (event: Told) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchSeen) => void): void;
}
const scope = self as unknown as Scope;

const CACHE = 'zhaodan-rounds';
/** Every address of the rounds is answered with the same page. */
const PAGE = '/rounds';

const isAsset = (path: string): boolean => path.startsWith('/assets/');

/** Files that the page itself names. */
const namedIn = (page: string): readonly string[] =>
  [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');

/** Keeps the page, the files it names and those it was seen to load; and no others. */
async function keep(loaded: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { headers: { Accept: 'text/html' } });
  if (!page.ok) return;
  const files = [...loaded, ...namedIn(await page.clone().text())];
  const wanted = new Set(files.map((file) => new URL(file, scope.location.origin).pathname).filter(isAsset));
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll([...wanted].filter((path) => !kept.has(path)));
  await cache.put(PAGE, page);
  const old = [...kept].filter((path) => isAsset(path) && !wanted.has(path));
  await Promise.all(old.map((path) => cache.delete(path)));
}

async function pageFor(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    const kept = await caches.match(PAGE, { ignoreVary: true });
    if (kept === undefined) throw cause;
    return kept;
  }
}

/** A hashed name says all: who asks for it, and how, does not matter. */
const fileFor = async (request: Request): Promise<Response> =>
  (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('message', (event) => {
  if (Array.isArray(event.data)) event.waitUntil(keep(event.data.filter((file) => typeof file === 'string')));
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageFor(request));
  else if (isAsset(pathname)) event.respondWith(fileFor(request));
});
