/**
 * What an .xlsx file claims to hold, and its small text parts, without trusting it: sizes from the directory first, then
 * each part unpacked with a hard bound. Knows no spreadsheet.
 */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** Neither a zip nor whole, or with a feature no spreadsheet writes. */
export class NotAZip extends Error {}

/** Unpacks to more than it may, or says so. */
export class TooLarge extends Error {}

export interface ZipPart {
  readonly name: string;
  readonly declaredSize: number;
  readonly method: number;
  readonly packedSize: number;
  readonly headerAt: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const HEADER = 0x04034b50;
const MOST_PARTS = 2_000;

/** The directory at the file's end. Throws `NotAZip`. */
export function zipParts(bytes: Buffer): readonly ZipPart[] {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new NotAZip('no directory');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > MOST_PARTS) throw new TooLarge(`${String(count)} parts`);
  const parts: ZipPart[] = [];
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) throw new NotAZip('a broken directory');
    const nameLength = bytes.readUInt16LE(at + 28);
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      declaredSize: bytes.readUInt32LE(at + 24),
      headerAt: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** A part as text, whatever its header claims: at most `limit` bytes are unpacked, off the main thread. */
export async function zipText(bytes: Buffer, part: ZipPart, limit: number): Promise<string> {
  const { headerAt, method, packedSize } = part;
  if (headerAt + 30 > bytes.length || bytes.readUInt32LE(headerAt) !== HEADER) throw new NotAZip('a broken part');
  const from = headerAt + 30 + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  const packed = bytes.subarray(from, from + packedSize);
  if (method === 0) return packed.toString('utf8');
  if (method !== 8) throw new NotAZip(`compression ${String(method)}`);
  try {
    return (await inflate(packed, { maxOutputLength: limit })).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge(part.name);
    throw new NotAZip('damaged data');
  }
}
