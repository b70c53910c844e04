/**
 * The loop that keeps the whole together: wakes drivers, delivers inboxes, counts again after a publication, sweeps,
 * restores missing duties. One process at a time holds it, by an advisory lock; it does not live in Temporal, because it
 * guards against losing Temporal.
 */
import pg from 'pg';
import type { CasesDeps } from './deps.ts';
import type { Drivers } from './drivers.ts';
import { deliverInbox } from './inbox.ts';
import { drainOutbox } from './outbox.ts';
import { workRecounts } from './publication.ts';
import { sweep } from './sweep.ts';

/** What is done now and then besides, each at its own pace. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

export interface KeeperOptions {
  readonly deps: CasesDeps;
  readonly drivers: Drivers;
  readonly databaseUrl: string;
  readonly chores: readonly Chore[];
  /** A part of the loop failed; it is tried again at the next turn. */
  readonly onFault: (part: string, error: unknown) => void;
  readonly pollMs?: number;
}

export interface Keeper {
  stop(): Promise<void>;
}

const POLL_MS = 2_000;
const SWEEP_MS = 30_000;

/** One turn: everything that waits, until nothing does. Tests call it between sleeps. */
export async function keepOnce(deps: CasesDeps, drivers: Drivers): Promise<void> {
  for (;;) {
    const told = await deliverInbox(deps);
    const counted = await workRecounts(deps);
    const woken = await drainOutbox(deps.pool, drivers);
    if (told + counted + woken === 0) return;
  }
}

export function startKeeper({ deps, drivers, databaseUrl, chores, onFault, pollMs = POLL_MS }: KeeperOptions): Keeper {
  let stopping = false;
  /** Something was written while the turn ran: the next turn follows at once. */
  let nudged = false;
  let nudge: () => void = () => undefined;
  const parts: Chore[] = [
    { name: 'inbox', everyMs: 0, run: () => drainFully(() => deliverInbox(deps)) },
    { name: 'recounts', everyMs: 0, run: () => workRecounts(deps) },
    { name: 'outbox', everyMs: 0, run: () => drainFully(() => drainOutbox(deps.pool, drivers)) },
    { name: 'sweep', everyMs: SWEEP_MS, run: () => sweep(deps, drivers) },
    ...chores,
  ];
  const lastRun = new Map<string, number>();

  async function turn(): Promise<void> {
    for (const { name, everyMs, run } of parts) {
      if (stopping) return;
      const started = performance.now();
      if (started - (lastRun.get(name) ?? -Infinity) < everyMs) continue;
      lastRun.set(name, started);
      await run().catch((error: unknown) => {
        onFault(name, error);
      });
    }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      nudge = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Holds the lock for as long as the connection lives; another process takes over when it breaks. */
  async function hold(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'zhaodan-keeper' });
    let broken = false;
    client.on('error', () => {
      broken = true;
      nudge();
    });
    client.on('notification', () => {
      nudged = true;
      nudge();
    });
    await client.connect();
    try {
      await client.query('LISTEN zhaodan');
      while (!stopping && !broken) {
        const { rows } = await client.query<{ mine: boolean }>(
          "SELECT pg_try_advisory_lock(hashtext('zhaodan/keeper')) AS mine",
        );
        if (rows[0]?.mine === true) break;
        await pause(pollMs * 5);
      }
      while (!stopping && !broken) {
        nudged = false;
        await turn();
        if (!stopping && !nudged) await pause(pollMs);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const done = (async () => {
    while (!stopping) {
      await hold().catch((error: unknown) => {
        onFault('keeper', error);
      });
      if (!stopping) await pause(pollMs);
    }
  })();

  return {
    async stop() {
      stopping = true;
      nudge();
      await done;
    },
  };
}

async function drainFully(work: () => Promise<number>): Promise<void> {
  while ((await work()) > 0);
}
