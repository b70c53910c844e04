/**
 * What is kept on the phone, by person: drafts, the queue, photographs, and the last answers a round is worked from. Every
 * write is told to the other tabs.
 */
import { createStore, del, delMany, entries, get, keys, set, type UseStore } from 'idb-keyval';
import type { ParcelStore } from './courier.ts';
import { isUnsent, type Parcel } from './delivery.ts';
import type { Draft } from './draft.ts';

const drafts = createStore('zhaodan-drafts', 'kept');
const parcels = createStore('zhaodan-parcels', 'kept');
const photos = createStore('zhaodan-photos', 'kept');
const answers = createStore('zhaodan-answers', 'kept');

const channel = new BroadcastChannel('zhaodan-kept');
const listeners = new Set<() => void>();
const tellHere = (): void => {
  for (const listener of listeners) listener();
};
channel.addEventListener('message', tellHere);
const tell = (): void => {
  tellHere();
  channel.postMessage('changed');
};

/** Called after every change, in whichever tab. */
export function onKept(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Ids hold no line feed, so that joined they are one key. */
const named = (...parts: readonly string[]): string => parts.join('\n');

async function ownOf<T>(store: UseStore, person: string): Promise<readonly T[]> {
  const all = await entries<string, T>(store);
  return all.filter(([key]) => key.startsWith(named(person, ''))).map(([, value]) => value);
}

export const draftsOf = (person: string): Promise<readonly Draft[]> => ownOf(drafts, person);
export const draftOf = (person: string, round: string, subject: string): Promise<Draft | undefined> =>
  get(named(person, round, subject), drafts);
export async function keepDraft(person: string, draft: Draft): Promise<void> {
  await set(named(person, draft.round, draft.subject), draft, drafts);
  tell();
}
export async function dropDraft(person: string, { round, subject }: Pick<Draft, 'round' | 'subject'>): Promise<void> {
  await del(named(person, round, subject), drafts);
  tell();
}

export const parcelsOf = (person: string): Promise<readonly Parcel[]> => ownOf(parcels, person);

/** A visit lies in the queue under its own name, whatever number it is sent by. */
const nameOf = (person: string, { body }: Parcel): string => named(person, body.visit);
export async function keepParcel(person: string, parcel: Parcel): Promise<void> {
  await set(nameOf(person, parcel), parcel, parcels);
  tell();
}
export async function dropParcel(person: string, parcel: Parcel): Promise<void> {
  await del(nameOf(person, parcel), parcels);
  tell();
}

export const keepPhoto = (digest: string, file: Blob): Promise<void> => set(digest, file, photos);
export const photoOf = (digest: string): Promise<Blob | undefined> => get(digest, photos);

export const storeOf = (person: string): ParcelStore => ({
  all: () => parcelsOf(person),
  put: (parcel) => keepParcel(person, parcel),
  file: photoOf,
});

/** How much of the person's would be left behind on this phone. */
export async function unsentOf(person: string): Promise<{ readonly visits: number; readonly drafts: number }> {
  const [queue, begun] = await Promise.all([parcelsOf(person), draftsOf(person)]);
  return { visits: queue.filter(isUnsent).length, drafts: begun.length };
}

/** Files of photographs that neither a draft nor an undelivered visit names any more, whoever's. */
export async function sweepPhotos(): Promise<void> {
  const [files, begun, queue] = await Promise.all([
    keys<string>(photos),
    entries<string, Draft>(drafts),
    entries<string, Parcel>(parcels),
  ]);
  const wanted = new Set([
    ...begun.flatMap(([, { photos: own }]) => own.map(({ digest }) => digest)),
    ...queue.flatMap(([, { photos: own, arrived }]) =>
      own.map(({ digest }) => digest).filter((digest) => !arrived.includes(digest)),
    ),
  ]);
  await delMany(
    files.filter((digest) => !wanted.has(digest)),
    photos,
  );
}

export interface KeptAnswer<T> {
  readonly value: T;
  readonly at: number;
}

export const keepAnswer = (person: string, what: string, value: unknown): Promise<void> =>
  set(named(person, what), { value, at: Date.now() }, answers);
export const answerOf = <T>(person: string, what: string): Promise<KeptAnswer<T> | undefined> =>
  get(named(person, what), answers);
/** At sign-out: what was read goes; what was written stays until it is sent. */
export async function forgetAnswers(): Promise<void> {
  await delMany(await keys<string>(answers), answers);
}
