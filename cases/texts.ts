/**
 * Text of people never stands in an entry: it goes into an erasable side table, and the entry holds a reference with a
 * salted digest that still proves what was written.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Typed } from '../domain/kernel/process.ts';
import { sealTexts } from '../domain/kernel/text.ts';

export interface SealedText {
  readonly id: string;
  readonly field: string;
  readonly salt: string;
  readonly body: string;
}

export const textDigest = (salt: string, body: string): string =>
  createHash('sha256').update(`zhaodan/text/1\n${salt}\n`).update(body).digest('hex');

/** The command with the text of every field in `fields` replaced by its reference, and what must be stored for it. */
export function sealCommand<C extends Typed>(
  command: C,
  fields: readonly string[] = [],
): { readonly command: C; readonly texts: readonly SealedText[] } {
  const texts: SealedText[] = [];
  const sealed = sealTexts(command, fields, (field, body) => {
    const text = { id: randomUUID(), field, salt: randomBytes(16).toString('hex'), body };
    texts.push(text);
    return { text: text.id, digest: textDigest(text.salt, body) };
  });
  return { command: sealed, texts };
}

export async function storeTexts(client: pg.ClientBase, chain: string, texts: readonly SealedText[]): Promise<void> {
  if (texts.length === 0) return;
  await client.query({
    name: 'store-texts',
    text: `INSERT INTO texts (id, chain, field, salt, body)
           SELECT t.id, $1, t.field, t.salt, t.body FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS t(id, field, salt, body)`,
    values: [
      chain,
      texts.map(({ id }) => id),
      texts.map(({ field }) => field),
      texts.map(({ salt }) => salt),
      texts.map(({ body }) => body),
    ],
  });
}
