/** A case from its journal: when the stored fold has another shape, and when an auditor asks. */
import type pg from 'pg';
import type { AnyProcess } from './deps.ts';
import { afterEntry, EMPTY, parseEntry, type EntryContent, type Fold } from './entry.ts';

export interface StoredEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly previous: string;
  readonly hash: string;
  readonly body: string;
}

/** A chain's entries in order, optionally only up to an instant or a sequence number. */
export async function readEntries(
  client: Pick<pg.ClientBase, 'query'>,
  chain: string,
  until: { readonly at?: number; readonly seq?: number } = {},
): Promise<readonly StoredEntry[]> {
  const { rows } = await client.query<Omit<StoredEntry, 'at'> & { at: string }>({
    name: 'read-entries',
    text: `SELECT chain, seq, at, previous, hash, body FROM entries
            WHERE chain = $1 AND ($2::bigint IS NULL OR at <= $2) AND ($3::int IS NULL OR seq <= $3) ORDER BY seq`,
    values: [chain, until.at ?? null, until.seq ?? null],
  });
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

export async function refold(client: Pick<pg.ClientBase, 'query'>, process: AnyProcess, caseId: string): Promise<Fold> {
  return foldEntries(
    process,
    (await readEntries(client, caseId)).map(({ body }) => parseEntry(body)),
  );
}

export const foldEntries = (process: AnyProcess, entries: readonly EntryContent[]): Fold =>
  entries.reduce<Fold>((fold, entry) => afterEntry(process, fold, entry), EMPTY);
