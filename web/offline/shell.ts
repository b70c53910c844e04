/** Asks the service worker to keep the rounds pages and every file this page was made of. */
const WORKER = '/rounds-worker.js';
const SCOPE = '/rounds';

/** Does nothing where the browser has no service workers: the page then needs a connection to open, not to record. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.onLine) return;
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE, type: 'module' });
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  const named = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const files = [...named, ...loaded].filter((name) => name.startsWith(`${window.location.origin}/assets/`));
  worker?.postMessage(files);
}
