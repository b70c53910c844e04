/** Photographs of a finding or of the place: taken, made smaller, kept on the phone, taken off again. */
import { useEffect, useState } from 'react';
import type { Photo } from '../../offline/delivery.ts';
import type { Draft } from '../../offline/draft.ts';
import { photoOf } from '../../offline/kept.ts';
import { takePhoto } from '../../offline/photo.ts';
import { dayAndTime } from '../../words/dates.ts';
import styles from './Rounds.module.css';

interface PhotosProps {
  readonly draft: Draft;
  /** The checklist item they show; null: the place. */
  readonly item: string | null;
  readonly change: (how: (before: Draft) => Draft) => void;
}

export function Photos({ draft, item, change }: PhotosProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const photos = draft.photos.filter((photo) => photo.item === item);
  async function take(files: readonly File[]): Promise<void> {
    setBusy(true);
    setFailure(null);
    for (const file of files) {
      try {
        const photo = await takePhoto(file, item, Date.now());
        change((before) =>
          before.photos.some(({ digest }) => digest === photo.digest)
            ? before
            : { ...before, photos: [...before.photos, photo] },
        );
      } catch {
        setFailure(`「${file.name}」不是能用的照片，或本机存不下。其他照片不受影响。`);
      }
    }
    setBusy(false);
  }
  return (
    <>
      <ul className={styles['photos']}>
        {photos.map((photo) => (
          <Thumbnail
            key={photo.digest}
            photo={photo}
            remove={() =>
              change((before) => ({
                ...before,
                photos: before.photos.filter(({ digest }) => digest !== photo.digest),
              }))
            }
          />
        ))}
        <li>
          <label className={styles['take']}>
            {busy ? '正在存' : '拍照'}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              multiple
              aria-label={item === null ? '拍现场照片' : '拍这个问题的照片'}
              onChange={({ target }) => {
                const files = [...(target.files ?? [])];
                target.value = '';
                void take(files);
              }}
            />
          </label>
        </li>
      </ul>
      {failure !== null && <p role="alert">{failure}</p>}
    </>
  );
}

function Thumbnail({ photo, remove }: { readonly photo: Photo; readonly remove: () => void }) {
  const [url, setUrl] = useState<string | null>(null);
  const { digest, takenAt } = photo;
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    const show = (file: Blob | undefined) => {
      if (file === undefined || gone) return;
      made = URL.createObjectURL(file);
      setUrl(made);
    };
    photoOf(digest).then(show, () => setUrl(null));
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [digest]);
  const { time } = dayAndTime(takenAt);
  return (
    <li className={styles['photo']} title={digest}>
      {url === null ? <span>{time}</span> : <img src={url} alt={`${time} 拍的照片，校验码 ${digest.slice(0, 8)}`} />}
      <small aria-hidden="true">{time}</small>
      <button type="button" onClick={remove} aria-label={`去掉 ${time} 拍的照片`}>
        去掉
      </button>
    </li>
  );
}
