/** How an entry is sealed: canonical text, chained by hash. Knows no case and no database. */
import { createHash } from 'node:crypto';
import { canonical } from '../domain/kernel/journal.ts';

/** The previous hash of a chain's first entry. */
export const GENESIS = '0'.repeat(64);

export interface SealedEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly previous: string;
  readonly hash: string;
  /** Canonical JSON (RFC 8785), kept as text: what is hashed is what is read. */
  readonly body: string;
}

/** SHA-256 over a domain tag, chain, sequence, previous hash and the canonical text. */
export function entryHash(chain: string, seq: number, previous: string, body: string): string {
  return createHash('sha256')
    .update(`zhaodan/entry/1\n${chain}\n${String(seq)}\n${previous}\n`)
    .update(body)
    .digest('hex');
}

export function seal(chain: string, seq: number, at: number, previous: string, content: unknown): SealedEntry {
  const body = canonical(content);
  return { chain, seq, at, previous, hash: entryHash(chain, seq, previous, body), body };
}
