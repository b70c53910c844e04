/** A photograph as it is kept: made smaller on the phone, named by its digest, with the time the shutter was pressed. */
import { hex } from '../forms/upload.ts';
import { dayAndTime } from '../words/dates.ts';
import type { Photo } from './delivery.ts';
import { keepPhoto } from './kept.ts';

const MOST_PIXELS = 1_600;
const QUALITY = 0.8;

/** Keeps the file and says what to remember of it. Throws where the file is no picture. */
export async function takePhoto(file: File, item: string | null, now: number): Promise<Photo> {
  const takenAt = Math.min(file.lastModified, now);
  const small = await reduced(file);
  const digest = hex(await crypto.subtle.digest('SHA-256', await small.arrayBuffer()));
  await keepPhoto(digest, small);
  return { digest, takenAt, takenOn: dayAndTime(takenAt).on, size: small.size, item };
}

async function reduced(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('no canvas');
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/jpeg', QUALITY),
  );
}
