/** This process says every twenty seconds that it is there. Each worker for itself: the keeper is held by one of them only. */
import type pg from 'pg';
import { heartbeat, left } from '../cases/workers.ts';

const EVERY_MS = 20_000;

export interface PresenceOptions {
  readonly pool: pg.Pool;
  readonly id: string;
  readonly build: string;
  readonly onFault: (error: unknown) => void;
  readonly everyMs?: number;
}

/** Returns how to take leave: an orderly end is no outage. */
export function startPresence({ pool, id, build, onFault, everyMs = EVERY_MS }: PresenceOptions): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const beat = (): void => {
    last = heartbeat(pool, { id, build }).catch(onFault);
  };
  beat();
  const timer = setInterval(beat, everyMs);
  return async () => {
    clearInterval(timer);
    await last;
    await left(pool, id).catch(onFault);
  };
}
