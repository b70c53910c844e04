/**
 * Step one of three: from queued notices to frozen messages, in one transaction. Finds who reads today, leaves out what
 * was overtaken, and writes the texts that every attempt will send unchanged. Sends nothing.
 */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/civil-day.ts';
import { readerOf, type Directory, type DirectoryPerson } from '../../domain/notices/addressee.ts';
import type { SendingPolicy } from '../../domain/notices/sending-policy.ts';
import { nextWindow, readyAt, windowAt, type SendingWindow } from '../../domain/notices/sending-window.ts';
import { readClock } from '../deps.ts';
import { inTransaction } from '../transaction.ts';
import { sendingOf, type NoticesDeps } from './deps.ts';
import { readDirectory } from './directory.ts';
import { writeParcels, type Addressed, type Parcel, type Round, type Written } from './parcels.ts';
import { lockQueued, waitingPosts, type Queued, type Waiting } from './queue.ts';

export interface FreezeResult extends Omit<Written, 'alerts'> {
  /** More can be frozen now: call again. */
  readonly more: boolean;
  /** Until the next notice in the queue may be frozen; `null` when the queue is empty. */
  readonly waitMs: number | null;
}

const NOTHING: Written = { messages: 0, notices: 0, overtaken: 0, undeliverable: 0, alerts: 0, faults: [] };
/** Readers a transaction: large enough for a window of thousands, small enough to hold locks for a moment only. */
const MOST_READERS = 200;

/**
 * Freezes what may be frozen now. Only one worker freezes at a time, so that a person's notices never end up in two
 * digests; another one that tries is told to come back in a second.
 */
export function freezeNotices(deps: NoticesDeps): Promise<FreezeResult> {
  return inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      "SELECT pg_try_advisory_xact_lock(hashtext('zhaodan/freeze-notices')) AS mine",
    );
    if (rows[0]?.mine !== true) return { ...NOTHING, more: false, waitMs: 1_000 };
    const now = await readClock(deps, client);
    const inForce = await deps.office.inForce(client);
    const policy = sendingOf(deps, inForce.policy);
    const round = { deps, client, inForce, policy, window: windowAt(now, policy, inForce.calendar), now };
    const atOnce = await atOnceParcels(round);
    const digests = await digestParcels(round);
    const { alerts, ...written } = await writeParcels(round, [...atOnce.parcels, ...digests.parcels]);
    return {
      ...written,
      // An alert raised just now is queued too, and perhaps urgent.
      more: atOnce.more || digests.more || alerts > 0,
      waitMs: earliest(atOnce.readyAt, digests.readyAt, now),
    };
  });
}

interface Freezing extends Round {
  readonly policy: SendingPolicy;
  readonly window: SendingWindow | null;
}

interface Chosen {
  readonly parcels: readonly Parcel[];
  readonly more: boolean;
  /** When the next of those left may be frozen; `null` when none is left. */
  readonly readyAt: number | null;
}

const NONE: Chosen = { parcels: [], more: false, readyAt: null };

function earliest(a: number | null, b: number | null, now: number): number | null {
  const instants = [a, b].filter((at) => at !== null);
  return instants.length === 0 ? null : Math.max(0, Math.min(...instants) - now);
}

/** One message a notice, at any hour unless the district wants its nights quiet without exception. */
async function atOnceParcels({ client, policy, window, inForce, now }: Freezing): Promise<Chosen> {
  const posts = (await waitingPosts(client, 'at-once')).map(({ post }) => post);
  if (posts.length === 0) return NONE;
  if (window === null && !policy.atOnceOutsideHours) {
    return { ...NONE, readyAt: nextWindow(now, policy, inForce.calendar).opensAt };
  }
  const directory = await readDirectory(client, posts, localDate(now));
  const notices = await lockQueued(client, { urgency: 'at-once', posts, limit: MOST_READERS });
  const parcels = notices.map((notice) => {
    const person = readerOf(notice.post, directory)?.person ?? null;
    return { person, windowId: null, notices: [addressed(notice, directory)] };
  });
  return { parcels, more: notices.length === MOST_READERS, readyAt: null };
}

/** One message a person and window, for all posts the person reads for. */
async function digestParcels({ client, policy, window, inForce, now }: Freezing): Promise<Chosen> {
  const waiting = await waitingPosts(client, 'digest');
  if (waiting.length === 0) return NONE;
  const laterAt = nextWindow(now, policy, inForce.calendar).opensAt + policy.gatherMs;
  if (window === null) return { ...NONE, readyAt: laterAt };

  const directory = await readDirectory(
    client,
    waiting.map(({ post }) => post),
    localDate(now),
  );
  const served = await servedIn(client, window);
  const { ready, nextAt, left } = readyReaders(waiting, directory, served, {
    window,
    gatherMs: policy.gatherMs,
    now,
    laterAt,
  });
  const notices = await lockQueued(client, {
    urgency: 'digest',
    posts: ready.flatMap(({ posts }) => posts),
    limit: null,
  });
  const parcels = ready.map(({ person, posts }) => {
    const own = notices.filter(({ post }) => posts.includes(post));
    return { person, windowId: window.id, notices: own.map((notice) => addressed(notice, directory)) };
  });
  return { parcels, more: left, readyAt: nextAt };
}

/** Why it comes to this reader: `null` words for the own post. */
function addressed(notice: Queued, directory: Directory): Addressed {
  const capacity = readerOf(notice.post, directory)?.capacity;
  const title = directory.posts.get(notice.post)?.title ?? notice.post;
  if (capacity === 'deputy') return { notice, through: `您代理:${title}`, ownDuty: true };
  if (capacity === 'superior')
    return { notice, through: `${title} 无人在岗也无人代理,由您作为上级岗位收件`, ownDuty: false };
  return { notice, through: null, ownDuty: true };
}

async function servedIn(client: pg.ClientBase, window: SendingWindow): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ person_id: string }>('SELECT person_id FROM messages WHERE window_id = $1', [
    window.id,
  ]);
  return new Set(rows.map(({ person_id }) => person_id));
}

interface ReadyReader {
  /** `null`: nobody reads for these posts. */
  readonly person: DirectoryPerson | null;
  readonly posts: readonly string[];
}

/** Who gets a digest now, when the next one is ready, and whether some had to be left for another transaction. */
function readyReaders(
  waiting: readonly Waiting[],
  directory: Directory,
  served: ReadonlySet<string>,
  { window, gatherMs, now, laterAt }: { window: SendingWindow; gatherMs: number; now: number; laterAt: number },
): { readonly ready: readonly ReadyReader[]; readonly nextAt: number | null; readonly left: boolean } {
  const groups = new Map<
    string | null,
    { person: DirectoryPerson | null; posts: string[]; oldestAt: number; newestAt: number }
  >();
  for (const { post, oldestAt, newestAt } of waiting) {
    const person = readerOf(post, directory)?.person ?? null;
    const group = groups.get(person?.id ?? null) ?? { person, posts: [], oldestAt, newestAt };
    group.posts.push(post);
    group.oldestAt = Math.min(group.oldestAt, oldestAt);
    group.newestAt = Math.max(group.newestAt, newestAt);
    groups.set(person?.id ?? null, group);
  }
  const placed = [...groups.values()].map((group) => ({
    ...group,
    at: group.person !== null && served.has(group.person.id) ? laterAt : readyAt(group, window, gatherMs),
  }));
  const due = placed.filter(({ at }) => at <= now);
  const waits = placed.filter(({ at }) => at > now).map(({ at }) => at);
  return {
    ready: due.slice(0, MOST_READERS),
    left: due.length > MOST_READERS,
    nextAt: waits.length === 0 ? null : Math.min(...waits),
  };
}
