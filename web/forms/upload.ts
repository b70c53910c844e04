/** A file becomes evidence: its digest is computed here, before it leaves the machine, and is its name from then on. */
import { api, ApiFailure, ask } from '../api/client.ts';

export const MOST_BYTES = 10_000_000;

export const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The digest under which the API keeps the file. Throws `ApiFailure`. */
export async function uploadEvidence(file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    throw new ApiFailure(413, { code: 'too-large', detail: `「${file.name}」超过 10 MB，请缩小后再传。` });
  const bytes = await file.arrayBuffer();
  const digest = hex(await crypto.subtle.digest('SHA-256', bytes));
  await ask(
    api.PUT('/api/evidence/{sha256}', {
      params: { path: { sha256: digest } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: '',
      bodySerializer: () => bytes,
    }),
  );
  return digest;
}

/** The day a file was made, by the machine that made it; today where it does not say. */
export const madeOn = (file: File): string => new Date(file.lastModified + 8 * 3_600_000).toISOString().slice(0, 10);
