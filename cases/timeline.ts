/**
 * The course of a case, newest first, a page at a time: who did what in which capacity, what the clocks did, which papers
 * came; and all its instants, for an axis. Reads entries; folds nothing.
 */
import type pg from 'pg';
import type { KernelEvent } from '../domain/kernel/alarms.ts';
import type { Actor } from '../domain/kernel/process.ts';
import { wordsOf } from '../domain/words/index.ts';
import type { CasesDeps } from './deps.ts';
import { parseEntry, type EntryContent } from './entry.ts';
import { capacitySaid, entrySpeaker } from './replay/entries.ts';
import { speakerOf } from './replay/names.ts';
import { libraryOf } from './replay/versions.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** Who made the entry; `breach`: a limit ran out in it. */
export type Mark = 'person' | 'system' | 'breach';

export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  /** When it was received, where that was earlier. */
  readonly received: number;
  readonly mark: Mark;
  /** Sentences: what happened. */
  readonly what: readonly string[];
  /** Null for the office itself. */
  readonly who: {
    readonly person: string;
    readonly name: string;
    readonly post: string;
    readonly postTitle: string;
    readonly capacity: Actor['capacity'];
    /** With the name of whom a deputy stands in for. */
    readonly capacityTitle: string;
    readonly authority: string | null;
  } | null;
  /** Sentences: what the clocks did. */
  readonly effects: readonly string[];
  /** Clocks it touched. */
  readonly clocks: readonly string[];
  readonly papers: readonly { readonly digest: string; readonly madeOn: string | null }[];
  readonly hash: string;
}

export interface TimelineFilter {
  /** Entries that touched this clock. */
  readonly clock?: string | undefined;
  /** Entries of this person, or of the office itself: `system`. */
  readonly person?: string | undefined;
  /** Entries that brought papers. */
  readonly papers?: boolean | undefined;
}

/** Entries are canonical JSON, keys in order: these stand in a body exactly where a limit ran out, and where a file came. */
const RAN_OUT = '%"rung":"due","type":"rung-fired"%';
const FILE = '%"takenOn":"%';
const ARMED = '%"type":"clock-armed"%';

const likePattern = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** At most `limit` entries before `before`, and the sequence number of the last one when more follow. */
export async function readTimeline(
  deps: CasesDeps,
  client: pg.ClientBase,
  caseId: string,
  filter: TimelineFilter,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ readonly rows: readonly TimelineEntry[]; readonly next: number | null }> {
  const { rows } = await client.query<{ seq: number; hash: string; body: string }>({
    name: 'timeline',
    text: `SELECT seq, hash, body FROM entries
            WHERE chain = $1 AND seq < $2 AND ($3::text IS NULL OR body LIKE $3) AND ($4::text IS NULL OR person = $4)
              AND ($5::text IS NULL OR body LIKE $5) ORDER BY seq DESC LIMIT $6`,
    values: [
      caseId,
      before ?? 2_147_483_647,
      filter.clock === undefined ? null : `%"clock":"${likePattern(filter.clock)}"%`,
      filter.person ?? null,
      filter.papers === true ? FILE : null,
      limit + 1,
    ],
  });
  const page = rows.slice(0, limit).map(({ seq, hash, body }) => ({ seq, hash, content: parseEntry(body) }));
  const said = await sayPage(deps, client, caseId, page);
  return { rows: said, next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
}

interface Stored {
  readonly seq: number;
  readonly hash: string;
  readonly content: EntryContent;
}

/** Says a page's entries, which come newest first, in the order in which they happened. */
async function sayPage(
  deps: CasesDeps,
  client: pg.ClientBase,
  caseId: string,
  page: readonly Stored[],
): Promise<readonly TimelineEntry[]> {
  const oldest = page.at(-1);
  if (oldest === undefined) return [];
  const contents = page.map(({ content }) => content);
  const { ladders, armedBy } = await laddersBefore(client, caseId, oldest.seq, clocksOf(contents));
  const library = await libraryOf(client, deps, [...contents, ...armedBy]);
  const say = await speakerOf(
    client,
    contents.map(({ events, actor }) => ({ events, actor })),
  );
  const words = wordsOf(caseId);
  const saidOf = entrySpeaker({ say, library, labelOf: (clock) => words?.clocks[clock] ?? clock }, ladders);
  return [...page]
    .reverse()
    .map(({ seq, hash, content }): TimelineEntry => {
      const { because, events, clocks } = saidOf(content);
      const { person, post, capacity, authority } = content.actor;
      const system = isSystem(content.actor);
      return {
        seq,
        at: content.at,
        received: content.received,
        mark: content.kernel.some(isBreach) ? 'breach' : system ? 'system' : 'person',
        what: events.length > 0 ? [...events, ...because] : because,
        who: system
          ? null
          : {
              person,
              name: say.person(person),
              post,
              postTitle: say.post(post),
              capacity,
              capacityTitle: capacitySaid(content.actor, say),
              authority: authority ?? null,
            },
        effects: clocks,
        clocks: [...clocksOf([content])],
        papers: papersIn(content.events),
        hash,
      };
    })
    .reverse();
}

const isSystem = ({ person, capacity }: Actor): boolean => capacity === 'system' || person === 'system';
const isBreach = (event: KernelEvent): boolean => event.type === 'rung-fired' && event.rung === 'due';
const clocksOf = (contents: readonly EntryContent[]): ReadonlySet<string> =>
  new Set(contents.flatMap(({ kernel }) => kernel.map(({ clock }) => clock)));

/** How many armings back a page looks for the ladder a rung belongs to. */
const ARMINGS_BACK = 50;

/** The ladder each of these clocks ran on just before an entry. */
async function laddersBefore(client: Queryable, caseId: string, seq: number, clocks: ReadonlySet<string>) {
  const ladders = new Map<string, string>();
  const armedBy: EntryContent[] = [];
  if (clocks.size === 0) return { ladders, armedBy };
  const { rows } = await client.query<{ body: string }>({
    name: 'timeline-armings',
    text: 'SELECT body FROM entries WHERE chain = $1 AND seq < $2 AND body LIKE $3 ORDER BY seq DESC LIMIT $4',
    values: [caseId, seq, ARMED, ARMINGS_BACK],
  });
  for (const { body } of rows) {
    const content = parseEntry(body);
    for (const event of [...content.kernel].reverse()) {
      if (event.type !== 'clock-armed' || !clocks.has(event.clock) || ladders.has(event.clock)) continue;
      ladders.set(event.clock, event.ladderHash);
      armedBy.push(content);
    }
    if (ladders.size === clocks.size) break;
  }
  return { ladders, armedBy };
}

/** Files that events name, wherever in them. */
function papersIn(events: readonly unknown[]): TimelineEntry['papers'] {
  const found = new Map<string, string | null>();
  const waiting: unknown[] = [...events];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { digest, takenOn } = next as { readonly digest?: unknown; readonly takenOn?: unknown };
    if (typeof digest === 'string' && typeof takenOn === 'string') found.set(digest, takenOn);
    waiting.push(...(Object.values(next) as unknown[]));
  }
  return [...found].map(([digest, madeOn]) => ({ digest, madeOn }));
}

export interface CaseInstant {
  readonly seq: number;
  readonly at: number;
  readonly mark: Mark;
}

/** More than this nobody tells apart on an axis. */
export const MOST_INSTANTS = 2_000;

/** All entries as points in time, oldest first; the newest ones of a longer case, and how many there are. */
export async function readInstants(
  client: Queryable,
  caseId: string,
): Promise<{ readonly entries: readonly CaseInstant[]; readonly total: number; readonly people: readonly Acting[] }> {
  const { rows } = await client.query<{
    seq: number;
    at: string;
    person: string | null;
    name: string | null;
    breach: boolean;
  }>({
    name: 'case-instants',
    text: `SELECT e.seq, e.at, e.person, p.name, e.body LIKE $2 AS breach
             FROM entries e LEFT JOIN persons p ON p.id = e.person WHERE e.chain = $1 ORDER BY e.seq DESC LIMIT $3`,
    values: [caseId, RAN_OUT, MOST_INSTANTS],
  });
  const people = new Map<string, string>();
  for (const { person, name } of rows) if (person !== null && person !== 'system') people.set(person, name ?? person);
  return {
    entries: rows
      .map(({ seq, at, person, breach }): CaseInstant => {
        const mark = breach ? 'breach' : person === null || person === 'system' ? 'system' : 'person';
        return { seq, at: Number(at), mark };
      })
      .reverse(),
    total: rows[0]?.seq ?? 0,
    people: [...people].map(([id, name]) => ({ id, name })),
  };
}

/** Somebody who acted in the case. */
export interface Acting {
  readonly id: string;
  readonly name: string;
}
