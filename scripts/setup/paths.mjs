/** Where things lie: the clone, its private state, and the cache that all clones share. Needs nothing installed. */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone itself. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Components that are fetched or built once and used by every clone; ZHAODAN_CACHE moves it. */
export const cacheDir = path.resolve(process.env['ZHAODAN_CACHE'] ?? path.join(homedir(), '.cache', 'zhaodan'));

/** What belongs to one local stack: data, secrets, logs. Never committed; ZHAODAN_STATE makes a second stack. */
export const stateDir = path.resolve(process.env['ZHAODAN_STATE'] ?? path.join(root, '.zhaodan'));

export const inRoot = (/** @type {string[]} */ ...parts) => path.join(root, ...parts);
export const inState = (/** @type {string[]} */ ...parts) => path.join(stateDir, ...parts);

/** Outside of the clone, for when the user that PostgreSQL runs as cannot enter the clone; one for each stack. */
export const reachableFallback = path.join(
  '/var/tmp',
  `zhaodan-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}`,
);
