/** Where evidence lies: on disk by its SHA-256, so that a name is a proof. Knows no case and no person. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type pg from 'pg';

export const EVIDENCE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'video/mp4'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

export interface EvidenceStore {
  /** Keeps the bytes under their digest; the same bytes twice are one file. */
  keep(digest: string, bytes: Buffer): Promise<void>;
  /** Undefined when the file is not there. */
  read(digest: string): Promise<{ size: number; stream: () => Readable } | undefined>;
}

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const startsWith = (bytes: Buffer, signature: readonly number[], from = 0): boolean =>
  bytes.length >= from + signature.length && signature.every((byte, i) => bytes[from + i] === byte);
const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** What the bytes say they are, by their first ones; what the sender calls them is not asked. */
export function sniff(bytes: Buffer): EvidenceType | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, ascii('RIFF')) && startsWith(bytes, ascii('WEBP'), 8)) return 'image/webp';
  if (startsWith(bytes, ascii('%PDF-'))) return 'application/pdf';
  if (
    startsWith(bytes, ascii('ftyp'), 4) &&
    /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash)$/.test(bytes.toString('latin1', 8, 12))
  ) {
    return 'video/mp4';
  }
  return undefined;
}

/** `directory/ab/cd/<digest>`. */
export function evidenceOnDisk(directory: string): EvidenceStore {
  const placeOf = (digest: string) => path.join(directory, digest.slice(0, 2), digest.slice(2, 4), digest);
  return {
    async keep(digest, bytes) {
      const place = placeOf(digest);
      const existing = await stat(place).catch(() => undefined);
      if (existing?.size === bytes.length) return;
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      const unfinished = `${place}.${randomUUID()}.part`;
      try {
        const file = await open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, place);
      } finally {
        await rm(unfinished, { force: true });
      }
    },
    async read(digest) {
      const place = placeOf(digest);
      const entry = await stat(place).catch(() => undefined);
      return entry === undefined ? undefined : { size: entry.size, stream: () => createReadStream(place) };
    },
  };
}

/** Stores the file, then its row; whether it was new. The file first: a row without its file would be a proof that cannot be shown. */
export async function keepEvidence(
  { pool, store }: { readonly pool: Pick<pg.Pool, 'query'>; readonly store: EvidenceStore },
  { digest, bytes, mediaType, person }: { digest: string; bytes: Buffer; mediaType: EvidenceType; person: string },
): Promise<boolean> {
  await store.keep(digest, bytes);
  const { rowCount } = await pool.query({
    name: 'keep-evidence',
    text: `INSERT INTO evidence (digest, media_type, size, uploaded_by, uploaded_at)
      VALUES ($1, $2, $3, $4, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) ON CONFLICT DO NOTHING`,
    values: [digest, mediaType, bytes.length, person],
  });
  return rowCount === 1;
}
