/**
 * When the queue is sent: at once, when the connection returns, when the person comes back to the page or has signed in
 * again, and again after longer and longer pauses. Of all tabs one sends at a time.
 */
import { api, ask } from '../api/client.ts';
import { noticeSessionEnded } from '../app/session-ended.ts';
import { deliver, type Stopped } from './courier.ts';
import { nextTask, waitMs } from './delivery.ts';
import { parcelsOf, storeOf, sweepPhotos } from './kept.ts';
import { overHttp } from './transport.ts';

export type Sending = 'idle' | 'sending' | Stopped;

let state: Sending = 'idle';
const listeners = new Set<() => void>();
const become = (next: Sending): void => {
  state = next;
  for (const listener of listeners) listener();
};
export const sendingNow = (): Sending => state;
export const onSending = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

let person: string | null = null;
let waiting = false;
let attempts = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tries now, unless a try is already waiting its turn. */
export function sendSoon(): void {
  clearTimeout(timer);
  if (waiting || person === null || !navigator.onLine) return;
  waiting = true;
  void navigator.locks.request('zhaodan-visits', async () => {
    waiting = false;
    if (person !== null) await sendOnce(person);
  });
}

async function sendOnce(who: string): Promise<void> {
  if (nextTask(await parcelsOf(who)) === null) {
    become('idle');
    return;
  }
  become('sending');
  const stopped = await tried(who);
  become(stopped);
  if (stopped === 'signed-out') noticeSessionEnded();
  if (stopped === 'all-sent') {
    attempts = 0;
    await sweepPhotos();
  }
  if (stopped === 'unanswered') {
    attempts += 1;
    timer = setTimeout(sendSoon, waitMs(attempts));
  }
}

/** One person's visits never go under another's session. */
async function tried(who: string): Promise<Stopped> {
  try {
    const session = await ask(api.GET('/api/session'));
    if (session.person.id !== who) return 'signed-out';
  } catch (cause) {
    return isSignedOut(cause) ? 'signed-out' : 'unanswered';
  }
  return deliver(storeOf(who), overHttp);
}

const isSignedOut = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 401;

const afresh = (): void => {
  attempts = 0;
  sendSoon();
};

/** From now on the person's queue is sent. Gives back how to stop. */
export function sendFor(who: string): () => void {
  person = who;
  window.addEventListener('online', afresh);
  window.addEventListener('focus', afresh);
  sendSoon();
  return () => {
    person = null;
    clearTimeout(timer);
    window.removeEventListener('online', afresh);
    window.removeEventListener('focus', afresh);
  };
}
