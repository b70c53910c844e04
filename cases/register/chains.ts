/** The register's chains: locked in one order, one entry each, personal data sealed. Knows no rule. */
import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../domain/kernel/process.ts';
import { dataIdentity } from '../../domain/register/amend-people.ts';
import { chainsOf, type PersonalData, type RegisterChange, type WrittenChange } from '../../domain/register/change.ts';
import { GENESIS, seal, type SealedEntry } from '../journal.ts';
import { textDigest } from '../texts.ts';

export interface Chain {
  readonly id: string;
  readonly seq: number;
  readonly head: string;
  readonly lastAt: number;
}

/** What stands in an entry of a register chain; `kind` tells it from a case's. */
export interface RegisterEntry {
  readonly v: 1;
  readonly kind: 'register';
  readonly chain: string;
  readonly seq: number;
  /** Written-at; each change carries the day on which it takes effect. */
  readonly at: number;
  readonly effectiveOn: string;
  readonly actor: Actor;
  readonly cause: { readonly type: 'change'; readonly key: string };
  readonly changes: readonly WrittenChange[];
  readonly build: string;
}

/** Makes the chains that do not exist yet. Sorted, so that two batches wait for each other in one order. */
export async function ensureChains(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'register-ensure-chains',
    text: `INSERT INTO register_chains (id, seq, head, last_at) SELECT id, 0, $2, 0 FROM unnest($1::text[]) AS t(id) ORDER BY id COLLATE "C"
           ON CONFLICT DO NOTHING`,
    values: [[...ids].sort(), GENESIS],
  });
}

export async function lockChains(client: pg.ClientBase, ids: readonly string[]): Promise<ReadonlyMap<string, Chain>> {
  const { rows } = await client.query<{ id: string; seq: number; head: string; last_at: string }>({
    name: 'register-lock-chains',
    text: 'SELECT id, seq, head, last_at FROM register_chains WHERE id = ANY($1) ORDER BY id COLLATE "C" FOR NO KEY UPDATE',
    values: [ids],
  });
  return new Map(rows.map(({ last_at, ...row }) => [row.id, { ...row, lastAt: Number(last_at) }]));
}

interface StoredText {
  readonly id: string;
  readonly chain: string;
  readonly salt: string;
  readonly body: string;
}

function sealed(change: RegisterChange, texts: StoredText[]): WrittenChange {
  if (!('data' in change)) return change;
  const body = dataIdentity(change.data);
  const text = { id: randomUUID(), chain: `person/${change.person}`, salt: randomBytes(16).toString('hex'), body };
  texts.push(text);
  return { ...change, data: { text: text.id, digest: textDigest(text.salt, body) } };
}

export interface Writing {
  readonly at: number;
  readonly effectiveOn: string;
  readonly actor: Actor;
  readonly key: string;
  readonly build: string;
}

/** Where each change of a batch is told first: what it sets off is a consequence of that entry. */
export interface Written {
  readonly entries: readonly SealedEntry[];
  /** By the index of the change. */
  readonly causeOf: readonly (SealedEntry | undefined)[];
}

/**
 * Writes one entry a chain, in the order of the chains' ids; every change stands in each of its chains. What a change
 * sets off hangs on its last chain: the subject's for a binding, the post's for a tenure.
 */
export async function writeEntries(
  client: pg.ClientBase,
  chains: ReadonlyMap<string, Chain>,
  changes: readonly RegisterChange[],
  writing: Writing,
): Promise<Written> {
  const texts: StoredText[] = [];
  const byChain = new Map<string, WrittenChange[]>();
  for (const change of changes) {
    const written = sealed(change, texts);
    for (const chain of chainsOf(change)) {
      const told = byChain.get(chain);
      if (told === undefined) byChain.set(chain, [written]);
      else told.push(written);
    }
  }
  const { at, effectiveOn, actor, key, build } = writing;
  const entries = [...byChain.keys()].sort().map((id): SealedEntry => {
    const { seq, head } = chains.get(id) ?? { seq: 0, head: GENESIS };
    const content: RegisterEntry = {
      v: 1,
      kind: 'register',
      chain: id,
      seq: seq + 1,
      at,
      effectiveOn,
      actor,
      cause: { type: 'change', key },
      changes: byChain.get(id) ?? [],
      build,
    };
    return seal(id, seq + 1, at, head, content);
  });
  await insertEntries(client, entries);
  await insertTexts(client, texts);
  const entryOf = new Map(entries.map((entry) => [entry.chain, entry]));
  return { entries, causeOf: changes.map((change) => entryOf.get(chainsOf(change).at(-1) ?? '')) };
}

async function insertEntries(client: pg.ClientBase, entries: readonly SealedEntry[]): Promise<void> {
  await client.query({
    name: 'register-write-entries',
    text: `WITH input AS (
             SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[]) AS t(chain, seq, previous, hash, body)),
           moved AS (UPDATE register_chains c SET seq = i.seq, head = i.hash, last_at = $6 FROM input i WHERE c.id = i.chain)
           INSERT INTO entries (chain, seq, at, previous, hash, body) SELECT chain, seq, $6, previous, hash, body FROM input`,
    values: [
      entries.map(({ chain }) => chain),
      entries.map(({ seq }) => seq),
      entries.map(({ previous }) => previous),
      entries.map(({ hash }) => hash),
      entries.map(({ body }) => body),
      entries[0]?.at ?? 0,
    ],
  });
}

async function insertTexts(client: pg.ClientBase, texts: readonly StoredText[]): Promise<void> {
  if (texts.length === 0) return;
  await client.query({
    name: 'register-write-texts',
    text: `INSERT INTO texts (id, chain, field, salt, body)
           SELECT id, chain, 'data', salt, body FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS t(id, chain, salt, body)`,
    values: [
      texts.map(({ id }) => id),
      texts.map(({ chain }) => chain),
      texts.map(({ salt }) => salt),
      texts.map(({ body }) => body),
    ],
  });
}

/** The personal data last given to each person of a batch. */
export function dataOf(
  changes: readonly RegisterChange[],
): ReadonlyMap<string, PersonalData & { readonly generated?: boolean }> {
  return new Map(
    changes.flatMap((change) => {
      if (change.type === 'person-added')
        return [[change.person, { ...change.data, generated: change.generated }] as const];
      return change.type === 'person-changed' ? [[change.person, change.data] as const] : [];
    }),
  );
}
