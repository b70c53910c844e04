/**
 * From chosen notices and their readers to frozen messages: leaves out what was overtaken, tells the office of what can
 * reach nobody, words the rest. Runs in the caller's transaction; chooses nothing itself.
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { DirectoryPerson } from '../../domain/notices/addressee.ts';
import { compose, type Composed, type Item } from '../../domain/notices/digest.ts';
import { itemOf, plainItemOf, type ItemEnv } from '../../domain/notices/item.ts';
import { textOf } from '../../domain/notices/says.ts';
import { overtakenBy, type Overtaken } from '../../domain/notices/still-applies.ts';
import type { InForce } from '../office.ts';
import { raiseAlerts } from './alerts.ts';
import { sendingOf, type NoticesDeps } from './deps.ts';
import { linkTo } from './links.ts';
import { idsIn, readMatters, readNames, type Matter } from './matters.ts';
import type { Queued } from './queue.ts';

export interface Round {
  readonly deps: NoticesDeps;
  readonly client: pg.ClientBase;
  readonly inForce: InForce;
  readonly now: number;
}

export interface Addressed {
  readonly notice: Queued;
  /** Why it comes to this reader, in Chinese; `null` for the own post. */
  readonly through: string | null;
  /** Whether the reader acts for the addressed post, as its holder or deputy. */
  readonly ownDuty: boolean;
}

export interface Parcel {
  /** `null`: nobody reads for these posts. */
  readonly person: DirectoryPerson | null;
  /** The window of a digest; `null` for what is sent at once. */
  readonly windowId: string | null;
  readonly notices: readonly Addressed[];
}

/** A notice whose date could not be worded; it goes out without one, and the operator is told. */
export interface Fault {
  readonly notice: string;
  readonly caseId: string;
  readonly error: string;
}

export interface Written {
  readonly messages: number;
  readonly notices: number;
  readonly overtaken: number;
  /** Notices nobody can be reached for; each with an alert to the office where the office has a post. */
  readonly undeliverable: number;
  readonly alerts: number;
  readonly faults: readonly Fault[];
}

interface NewState {
  readonly id: string;
  readonly state: 'frozen' | 'overtaken' | 'refused' | 'no-addressee';
  readonly why: Overtaken | 'no-addressee' | 'no-address' | null;
  readonly messageId: string | null;
}

export async function writeParcels(round: Round, parcels: readonly Parcel[]): Promise<Written> {
  const { client, deps, inForce, now } = round;
  const queued = parcels.flatMap(({ notices }) => notices.map(({ notice }) => notice));
  if (queued.length === 0) return { messages: 0, notices: 0, overtaken: 0, undeliverable: 0, alerts: 0, faults: [] };
  const matters = await readMatters(
    client,
    deps.processes,
    queued.map(({ caseId }) => caseId),
  );
  const nameOf = await readNames(client, idsIn(queued));
  const { rules, calendar, ladders } = inForce;
  const env: ItemEnv = {
    rules,
    calendar,
    ladders,
    sendingStartMs: sendingOf(deps, inForce.policy).startMs,
    now,
    nameOf,
  };

  const faults: Fault[] = [];
  const states: NewState[] = [];
  const lost: (Queued & { why: 'no-addressee' | 'no-address' })[] = [];
  const messages: Message[] = [];
  for (const parcel of parcels) {
    const live: Addressed[] = [];
    for (const addressed of parcel.notices) {
      const { notice } = addressed;
      const overtaken = judged(notice, matterOf(notice, matters), env, faults);
      if (overtaken === null) live.push(addressed);
      else states.push({ id: notice.id, state: 'overtaken', why: overtaken, messageId: null });
    }
    const { person, windowId } = parcel;
    const address = person?.address ?? null;
    if (person === null || address === null) {
      const why = person === null ? 'no-addressee' : 'no-address';
      lost.push(...live.map(({ notice }) => ({ ...notice, why }) as const));
      continue;
    }
    if (live.length === 0) continue;
    const id = `${randomUUID()}@${deps.mailDomain}`;
    const items = itemsOf(live, matters, env, deps.publicUrl, faults);
    messages.push({ id, person: person.id, address, windowId, ...compose(person, items, linkTo(deps.publicUrl), now) });
    states.push(...live.map(({ notice }) => ({ id: notice.id, state: 'frozen', why: null, messageId: id }) as const));
  }
  const undelivered = lost.map(
    ({ id, why }) => ({ id, state: why === 'no-address' ? 'refused' : why, why, messageId: null }) as const,
  );
  await insertMessages(client, messages, now);
  await writeStates(client, [...states, ...undelivered]);
  return {
    messages: messages.length,
    notices: states.filter(({ state }) => state === 'frozen').length,
    overtaken: states.filter(({ state }) => state === 'overtaken').length,
    undeliverable: lost.length,
    alerts: await raiseAlerts(client, lost, now),
    faults,
  };
}

function matterOf(notice: Queued, matters: ReadonlyMap<string, Matter>): Matter {
  const matter = matters.get(notice.caseId);
  if (matter === undefined) throw new Error(`no matter was read for ${notice.caseId}`);
  return matter;
}

/** A rule or calendar that cannot answer must neither hold back other people's mail nor silence this one. */
function judged(notice: Queued, matter: Matter, env: ItemEnv, faults: Fault[]): Overtaken | null {
  try {
    return overtakenBy(notice, { ...matter, laterRung: notice.laterRung }, env);
  } catch (error) {
    faults.push(faultOf(notice, error));
    return null;
  }
}

/** The same entry told to two posts of one person is one item. */
function itemsOf(
  live: readonly Addressed[],
  matters: ReadonlyMap<string, Matter>,
  env: ItemEnv,
  publicUrl: string,
  faults: Fault[],
): readonly Item[] {
  const items = new Map<string, Item>();
  for (const { notice, through, ownDuty } of live) {
    const key = `${notice.caseId} ${notice.seq} ${notice.template} ${textOf(notice.details['notice']) ?? ''}`;
    if (items.has(key)) continue;
    const reading = { through, ownDuty, link: linkTo(publicUrl, notice.caseId) };
    const matter = matterOf(notice, matters);
    try {
      items.set(key, itemOf(notice, matter, reading, env));
    } catch (error) {
      faults.push(faultOf(notice, error));
      items.set(key, plainItemOf(notice, matter, reading));
    }
  }
  return [...items.values()];
}

const faultOf = ({ id, caseId }: Queued, error: unknown): Fault => ({
  notice: id,
  caseId,
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

interface Message extends Composed {
  readonly id: string;
  readonly person: string;
  readonly address: string;
  readonly windowId: string | null;
}

async function insertMessages(client: pg.ClientBase, messages: readonly Message[], now: number): Promise<void> {
  if (messages.length === 0) return;
  await client.query({
    name: 'notices-insert-messages',
    text: `INSERT INTO messages (id, person_id, address, subject, body, html, window_id, state, retry_at, frozen_at)
           SELECT id, person, address, subject, text, html, "windowId", 'frozen', $2, $2
             FROM jsonb_to_recordset($1::jsonb)
               AS x(id text, person text, address text, subject text, text text, html text, "windowId" text)`,
    values: [JSON.stringify(messages), now],
  });
}

async function writeStates(client: pg.ClientBase, states: readonly NewState[]): Promise<void> {
  await client.query({
    name: 'notices-write-states',
    text: `UPDATE notices n SET state = x.state, why = x.why, message_id = x."messageId"
             FROM jsonb_to_recordset($1::jsonb) AS x(id bigint, state text, why text, "messageId" text) WHERE n.id = x.id`,
    values: [JSON.stringify(states)],
  });
}
