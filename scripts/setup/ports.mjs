/** Which ports are free on loopback. An answer holds only until somebody else takes the port. */
import { createServer } from 'node:net';

/** @param {number} port */
export function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * The preferred port, or the next free one above it.
 * @param {number} preferred
 * @param {Set<number>} [taken] ports already given to somebody in this run; the answer is added
 * @param {number} [companion] the port so far above the answer must be free as well
 */
export async function nextFree(preferred, taken = new Set(), companion = 0) {
  for (let port = preferred; port < preferred + 200; port += 1) {
    if (taken.has(port) || !(await isFree(port)) || !(await isFree(port + companion))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`no free port between ${preferred} and ${preferred + 199}`);
}

/** Any free port, chosen by the system. */
export function anyFree() {
  return /** @type {Promise<number>} */ (
    new Promise((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen({ port: 0, host: '127.0.0.1' }, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    })
  );
}
