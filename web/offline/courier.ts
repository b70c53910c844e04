/**
 * Carries the queue to the office, one after another, until all has arrived or the way is barred. Given its store and its
 * transport, so that every failure of a connection can be played.
 */
import { after, goesOn, nextTask, type Outcome, type Parcel, type Photo } from './delivery.ts';

export interface Transport {
  facts(parcel: Parcel): Promise<Outcome>;
  photo(parcel: Parcel, photo: Photo, file: Blob): Promise<Outcome>;
}

export interface ParcelStore {
  all(): Promise<readonly Parcel[]>;
  put(parcel: Parcel): Promise<void>;
  file(digest: string): Promise<Blob | undefined>;
}

/** Why the courier stopped. */
export type Stopped = 'all-sent' | 'unanswered' | 'signed-out';

const LOST: Outcome = {
  kind: 'refused',
  trouble: { code: 'photo-lost', detail: '本机上已没有这张照片的文件，可能被系统清理了。' },
};

export async function deliver(store: ParcelStore, transport: Transport): Promise<Stopped> {
  for (;;) {
    const task = nextTask(await store.all());
    if (task === null) return 'all-sent';
    const outcome =
      task.send === 'facts' ? await transport.facts(task.parcel) : await sendPhoto(task.parcel, task.photo);
    await store.put(after(task, outcome));
    if (!goesOn(outcome)) return outcome.kind === 'signed-out' ? 'signed-out' : 'unanswered';
  }

  async function sendPhoto(parcel: Parcel, photo: Photo): Promise<Outcome> {
    const file = await store.file(photo.digest);
    return file === undefined ? LOST : transport.photo(parcel, photo, file);
  }
}
