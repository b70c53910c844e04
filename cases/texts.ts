/**
 * Text of people never stands in an entry: it goes into an erasable side table, and the entry holds a reference with a
 * salted digest that still proves what was written.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Json, Typed } from '../domain/kernel/process.ts';

export interface SealedText {
  readonly id: string;
  readonly field: string;
  readonly salt: string;
  readonly body: string;
}

export const textDigest = (salt: string, body: string): string =>
  createHash('sha256').update(`zhaodan/text/1\n${salt}\n`).update(body).digest('hex');

/** The command with every string under one of `fields`, at any depth, replaced by `{ text, digest }`. */
export function sealTexts<C extends Typed>(command: C, fields: readonly string[]): { readonly command: C; readonly texts: readonly SealedText[] } {
  if (fields.length === 0) return { command, texts: [] };
  const texts: SealedText[] = [];
  const wanted = new Set(fields);
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value as { readonly [key: string]: Json }).map(([key, inner]) => {
        if (!wanted.has(key) || typeof inner !== 'string') return [key, walk(inner)];
        const sealed = { id: randomUUID(), field: key, salt: randomBytes(16).toString('hex'), body: inner };
        texts.push(sealed);
        return [key, { text: sealed.id, digest: textDigest(sealed.salt, inner) }];
      }),
    );
  };
  return { command: walk(command as unknown as Json) as unknown as C, texts };
}

export async function storeTexts(client: pg.ClientBase, chain: string, texts: readonly SealedText[]): Promise<void> {
  if (texts.length === 0) return;
  await client.query({
    name: 'store-texts',
    text: `INSERT INTO texts (id, chain, field, salt, body)
           SELECT t.id, $1, t.field, t.salt, t.body FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS t(id, field, salt, body)`,
    values: [chain, texts.map(({ id }) => id), texts.map(({ field }) => field), texts.map(({ salt }) => salt), texts.map(({ body }) => body)],
  });
}

/** The texts of a chain by id; `null` where the text was erased. */
export async function readTexts(client: Pick<pg.ClientBase, 'query'>, chain: string): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await client.query<{ id: string; body: string | null }>('SELECT id, body FROM texts WHERE chain = $1', [chain]);
  return new Map(rows.map(({ id, body }) => [id, body]));
}
