/**
 * What becomes of a visit on its way to the office: which is sent next, and what each answer makes of it. Pure: knows no
 * network, no storage and no clock. Facts go before photographs, the oldest first; a number is used once.
 */
import type { Schemas } from '../api/client.ts';

export type VisitBody = Schemas['Visit'];

/** How the visit is told: as a new record, or as an amendment of the one that stands. */
export type Telling =
  { readonly as: 'visit' } | { readonly as: 'amendment'; readonly of: string; readonly reason: string };

export interface Photo {
  readonly digest: string;
  /** When the shutter was pressed, epoch ms. */
  readonly takenAt: number;
  readonly takenOn: string;
  readonly size: number;
  /** The checklist item whose finding it shows; null: the place as such. */
  readonly item: string | null;
}

export interface Receipt {
  readonly seq: number;
  readonly head: string;
  readonly at: number;
}

export interface Trouble {
  readonly code: string;
  readonly detail: string;
}

export interface Parcel {
  /** The Idempotency-Key, from the first touch of the record. */
  readonly key: string;
  readonly post: string;
  /** Key of the round. */
  readonly round: string;
  readonly subjectName: string;
  readonly body: VisitBody;
  readonly telling: Telling;
  readonly photos: readonly Photo[];
  /** When it was put into the queue. */
  readonly at: number;
  readonly receipt: Receipt | null;
  /** Digests of the photographs that arrived. */
  readonly arrived: readonly string[];
  /** The office said no: a person decides. */
  readonly trouble: Trouble | null;
  /** Kept on the phone by decision; not sent. */
  readonly shelved: boolean;
}

/** What a parcel waits for. */
export type Place = 'facts' | 'photos' | 'delivered' | 'decision' | 'shelved';

export function placeOf({ receipt, photos, arrived, trouble, shelved }: Parcel): Place {
  if (shelved) return 'shelved';
  if (trouble !== null) return 'decision';
  if (receipt === null) return 'facts';
  return arrived.length < photos.length ? 'photos' : 'delivered';
}

/** Something that did not reach the office, or has parts that did not. */
export const isUnsent = (parcel: Parcel): boolean => ['facts', 'photos', 'decision'].includes(placeOf(parcel));

export type Task =
  | { readonly send: 'facts'; readonly parcel: Parcel }
  | { readonly send: 'photo'; readonly parcel: Parcel; readonly photo: Photo };

const byAge = (a: Parcel, b: Parcel): number => a.at - b.at || a.key.localeCompare(b.key);

/** What goes next; null: nothing can go. */
export function nextTask(parcels: readonly Parcel[]): Task | null {
  const queue = [...parcels].sort(byAge);
  const facts = queue.find((parcel) => placeOf(parcel) === 'facts');
  if (facts !== undefined) return { send: 'facts', parcel: facts };
  for (const parcel of queue) {
    if (placeOf(parcel) !== 'photos') continue;
    const photo = parcel.photos.find(({ digest }) => !parcel.arrived.includes(digest));
    if (photo !== undefined) return { send: 'photo', parcel, photo };
  }
  return null;
}

/** How the network answered. */
export type Outcome =
  | { readonly kind: 'arrived'; readonly receipt: Receipt | null }
  /** Whether it arrived is not known: the same number asks again. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly trouble: Trouble };

/** The parcel after an attempt. What did not arrive stays as it was. */
export function after(task: Task, outcome: Outcome): Parcel {
  const { parcel } = task;
  switch (outcome.kind) {
    case 'unknown':
    case 'signed-out':
      return parcel;
    case 'refused':
      return { ...parcel, trouble: outcome.trouble };
    case 'arrived':
      return task.send === 'facts'
        ? { ...parcel, receipt: outcome.receipt }
        : { ...parcel, arrived: [...parcel.arrived, task.photo.digest] };
  }
}

/** Whether anything else can be tried now. */
export const goesOn = ({ kind }: Outcome): boolean => kind === 'arrived' || kind === 'refused';

const FIRST_MS = 2_000;
const MOST_MS = 300_000;

/** How long to wait after so many attempts in a row that were not answered. */
export const waitMs = (attempts: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));

/** Refused before, tried again as another act. */
export const again = (parcel: Parcel, key: string): Parcel =>
  parcel.receipt === null
    ? { ...parcel, key, trouble: null, shelved: false }
    : { ...parcel, trouble: null, shelved: false };

/** Said as an amendment of the record that stands. */
export const asAmendment = (parcel: Parcel, key: string, of: string, reason: string): Parcel => ({
  ...again(parcel, key),
  telling: { as: 'amendment', of, reason },
});
