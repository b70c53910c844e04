/**
 * Do the texts that people wrote still read as the journal proves they did? An entry holds a salted digest of each; the
 * text itself stands in an erasable table. An erased text is no difference: that it may go is why it stands there.
 */
import type pg from 'pg';
import { isTextRef, type TextRef } from '../domain/kernel/text.ts';
import type { EntryContent } from './entry.ts';
import { textDigest } from './texts.ts';

export interface ChangedText {
  readonly seq: number;
  /** `text-changed`: it reads otherwise. `text-missing`: its row is gone, which erasing does not do. */
  readonly code: 'text-changed' | 'text-missing';
}

/** One finding a text, at the first entry that refers to it. */
export async function changedTexts(
  client: Pick<pg.ClientBase, 'query'>,
  entries: readonly { readonly seq: number; readonly content: EntryContent }[],
): Promise<readonly ChangedText[]> {
  const referred = new Map<string, { readonly seq: number; readonly ref: TextRef }>();
  for (const { seq, content } of entries) {
    for (const ref of refsIn([content.cause, content.events]))
      if (!referred.has(ref.text)) referred.set(ref.text, { seq, ref });
  }
  if (referred.size === 0) return [];
  const { rows } = await client.query<{ id: string; salt: string; body: string | null }>(
    'SELECT id, salt, body FROM texts WHERE id = ANY($1::text[])',
    [[...referred.keys()]],
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  return [...referred.values()].flatMap(({ seq, ref }): ChangedText[] => {
    const row = stored.get(ref.text);
    if (row === undefined) return [{ seq, code: 'text-missing' }];
    if (row.body === null || textDigest(row.salt, row.body) === ref.digest) return [];
    return [{ seq, code: 'text-changed' }];
  });
}

function refsIn(value: unknown): readonly TextRef[] {
  if (isTextRef(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(refsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}
