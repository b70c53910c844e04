/**
 * What can be shown of the journal, three things apart: intact (hashes and sequence), folds (each entry's state), and
 * re-decided (the same revision decides the same today). What another revision decided is counted, never passed over.
 */
import type { LadderInForce } from '../domain/kernel/alarms.ts';
import type pg from 'pg';
import { verifyCheckpoints, type WrongCheckpoint } from './checkpoint.ts';
import { changedTexts } from './changed-texts.ts';
import { decidedAgain } from './decided-again.ts';
import type { CasesDeps } from './deps.ts';
import { afterEntry, EMPTY, foldHash, parseEntry, type EntryContent, type Fold } from './entry.ts';
import { entryHash, GENESIS } from './journal.ts';
import { UnknownContent, type InForce } from './office.ts';
import { readEntries, type StoredEntry } from './refold.ts';
import { compareTables, type TableDifference } from './register/compare-tables.ts';

export interface Difference {
  readonly chain: string;
  readonly seq: number;
  readonly about: 'intact' | 'folds' | 're-decided';
  /** What was found, stable code. */
  readonly code: string;
}

export interface Verified {
  readonly chains: number;
  readonly entries: number;
  /** Entries decided again with the same answer. */
  readonly redecided: number;
  /** Entries of another revision, or whose kind this build does not know: not re-decidable here. */
  readonly notRedecidable: number;
  readonly differences: readonly Difference[];
  /** Daily checkpoints recomputed from the journal as it stands; none when a single chain was asked for. */
  readonly checkpoints: { readonly count: number; readonly wrong: readonly WrongCheckpoint[] };
  /** Rows of the register that are not what its chains say; none when a single chain was asked for. */
  readonly register: readonly TableDifference[];
}

/** Whether everything that can be shown here holds. What is not re-decidable here is no fault. */
export const holds = ({ differences, checkpoints, register }: Verified): boolean =>
  differences.length === 0 && checkpoints.wrong.length === 0 && register.length === 0;

/** Verifies one chain, or all of them; `onChain` is told after each. */
export async function verify(
  deps: CasesDeps,
  { chain, onChain }: { chain?: string; onChain?: (done: number) => void } = {},
): Promise<Verified> {
  const client = await deps.pool.connect();
  try {
    const total = { chains: 0, entries: 0, redecided: 0, notRedecidable: 0, differences: [] as Difference[] };
    for await (const one of chain === undefined ? chainsOf(client) : [chain]) {
      const found = await verifyChain(deps, client, one);
      total.chains += 1;
      total.entries += found.entries;
      total.redecided += found.redecided;
      total.notRedecidable += found.notRedecidable;
      total.differences.push(...found.differences);
      onChain?.(total.chains);
    }
    const whole = chain === undefined;
    if (whole) total.differences.push(...(await changedContents(client)));
    return {
      ...total,
      checkpoints: whole ? await verifyCheckpoints(client) : { count: 0, wrong: [] },
      register: whole ? await compareTables(client) : [],
    };
  } finally {
    client.release();
  }
}

/** Rules, calendars, ladders and policies whose text is not what their name says; each as a chain `content/<hash>`. */
async function changedContents(client: pg.ClientBase): Promise<Difference[]> {
  const { rows } = await client.query<{ hash: string }>(
    `SELECT hash FROM contents WHERE encode(sha256(convert_to(body, 'UTF8')), 'hex') <> hash ORDER BY hash`,
  );
  return rows.map(({ hash }) => ({ chain: `content/${hash}`, seq: 0, about: 'intact', code: 'content-hash' }));
}

async function* chainsOf(client: pg.ClientBase): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const { rows } = await client.query<{ chain: string }>(
      `SELECT chain FROM (SELECT DISTINCT chain FROM entries WHERE chain > $1
         UNION SELECT id FROM cases WHERE id > $1 UNION SELECT id FROM register_chains WHERE id > $1) c ORDER BY chain LIMIT 500`,
      [after],
    );
    if (rows.length === 0) return;
    for (const { chain } of rows) yield chain;
    after = rows.at(-1)?.chain ?? after;
  }
}

interface Head {
  readonly seq: number;
  readonly head: string;
  readonly state?: unknown;
  readonly armings?: Fold['armings'];
  readonly state_version?: number;
}

async function headOf(client: pg.ClientBase, chain: string): Promise<Head | undefined> {
  const { rows } = await client.query<Head>(
    'SELECT seq, head, state, armings, state_version FROM cases WHERE id = $1',
    [chain],
  );
  if (rows[0] !== undefined) return rows[0];
  const register = await client.query<Head>('SELECT seq, head FROM register_chains WHERE id = $1', [chain]);
  return register.rows[0];
}

async function verifyChain(
  deps: CasesDeps,
  client: pg.ClientBase,
  chain: string,
): Promise<Pick<Verified, 'entries' | 'redecided' | 'notRedecidable' | 'differences'>> {
  const entries = await readEntries(client, chain);
  const head = await headOf(client, chain);
  const differences: Difference[] = intactness(chain, entries, head);
  let redecided = 0;
  let notRedecidable = 0;
  const kind = head?.state === undefined ? undefined : chain.slice(0, chain.indexOf('/'));
  const process = kind === undefined ? undefined : deps.processes.get(kind);
  if (kind !== undefined && process === undefined) notRedecidable = entries.length;
  if (process !== undefined) {
    let fold: Fold = EMPTY;
    const readable = untilChanged(entries, differences);
    notRedecidable = entries.length - readable.length;
    const contents = readable.map((entry) => ({ entry, seq: entry.seq, content: parseEntry(entry.body) }));
    for (const { seq, code } of await changedTexts(client, contents))
      differences.push({ chain, seq, about: 'intact', code });
    for (const { entry, content } of contents) {
      const before = fold;
      fold = afterEntry(process, fold, content);
      const comparable = content.stateVersion === process.stateVersion;
      if (comparable && foldHash(fold) !== content.state)
        differences.push({ chain, seq: entry.seq, about: 'folds', code: 'state-hash' });
      if (content.revision !== process.revision) {
        notRedecidable += 1;
        continue;
      }
      const inForce = await versionsInForce(deps, client, content);
      if (inForce === null) {
        differences.push({ chain, seq: entry.seq, about: 're-decided', code: 'content-missing' });
        continue;
      }
      const again = decidedAgain(process, before, entry, content, inForce);
      if ('sealed' in again && again.sealed.body === entry.body) redecided += 1;
      else differences.push({ chain, seq: entry.seq, about: 're-decided', code: 'other-decision' });
    }
    const stored = { state: head?.state, armings: head?.armings ?? {} };
    if (
      readable.length === entries.length &&
      head?.state_version === process.stateVersion &&
      entries.length > 0 &&
      foldHash(stored) !== foldHash(fold)
    ) {
      differences.push({ chain, seq: entries.at(-1)?.seq ?? 0, about: 'folds', code: 'row-differs' });
    }
  }
  return { entries: entries.length, redecided, notRedecidable, differences };
}

/** Sequence without gaps, each entry naming the one before, each hash its own, and the row at the last of them. */
function intactness(chain: string, entries: readonly StoredEntry[], head: Head | undefined): Difference[] {
  const found: Difference[] = [];
  let previous = GENESIS;
  entries.forEach((entry, index) => {
    const bad = (code: string) => found.push({ chain, seq: entry.seq, about: 'intact', code });
    if (entry.seq !== index + 1) bad('gap');
    if (entry.previous !== previous) bad('previous');
    if (entryHash(chain, entry.seq, entry.previous, entry.body) !== entry.hash) bad('hash');
    previous = entry.hash;
  });
  const last = entries.at(-1);
  if (head === undefined || head.seq !== (last?.seq ?? 0) || (last !== undefined && head.head !== last.hash)) {
    found.push({ chain, seq: last?.seq ?? 0, about: 'intact', code: head === undefined ? 'no-row' : 'head' });
  }
  return found;
}

/** The entries before the first that was changed or whose forerunner is missing: what follows cannot be folded from it. */
function untilChanged(entries: readonly StoredEntry[], differences: readonly Difference[]): readonly StoredEntry[] {
  const changed = differences.find(({ code }) => code === 'hash' || code === 'gap' || code === 'previous');
  return changed === undefined ? entries : entries.filter(({ seq }) => seq < changed.seq);
}

/** What the entry was decided with; `null` when the database has lost some of it. */
async function versionsInForce(deps: CasesDeps, client: pg.ClientBase, content: EntryContent): Promise<InForce | null> {
  return compiledVersions(deps, client, content).catch((error: unknown) => {
    if (error instanceof UnknownContent) return null;
    throw error;
  });
}

async function compiledVersions(deps: CasesDeps, client: pg.ClientBase, { versions }: EntryContent): Promise<InForce> {
  const ladders = new Map<string, LadderInForce>();
  for (const [name, hash] of Object.entries(versions.ladders))
    ladders.set(name, await deps.office.ladderOf(client, hash));
  return {
    publication: 0n,
    rules: await deps.office.rulesOf(client, versions.rules, versions.policy),
    calendar: await deps.office.calendarOf(client, versions.calendar),
    policy: await deps.office.policyOf(client, versions.policy),
    ladders,
  };
}
