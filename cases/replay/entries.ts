/** Every entry of a case as sentences: who in which capacity did what, when; what the clocks did; what was refused beside. */
import type { KernelEvent } from '../../domain/kernel/alarms.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import { instantText, kernelSaid, type ClockWords } from '../../domain/words/kernel-said.ts';
import { eventSaid } from '../../domain/words/said.ts';
import type { EntryContent } from '../entry.ts';
import type { Queryable } from '../office.ts';
import { refusalText } from '../refusal-texts.ts';
import { itemsOf } from './items.ts';
import type { Names } from './names.ts';
import type { Library } from './versions.ts';

export interface ReplayEntry {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  /** 张三(翠苑一区 包保干部,本人). */
  readonly who: string;
  /** One sentence an event, the person's first. */
  readonly said: readonly string[];
  readonly content: EntryContent;
}

export interface ReplayRefusal {
  readonly at: number;
  readonly who: string;
  readonly command: string;
  readonly code: string;
  readonly article: string | null;
  readonly text: string;
}

const CAPACITIES: Readonly<Record<Actor['capacity'], string>> = {
  self: '本人',
  deputy: '代理',
  delegate: '受委托',
  'recorded-for': '代为登记',
  system: '系统',
};

/** 本人; 代理 李四: a deputy's act bears both names. */
export function capacitySaid({ capacity, authority }: Actor, say: Names): string {
  const absent = authority === undefined ? null : say.absent(authority);
  return `${CAPACITIES[capacity]}${absent === null ? '' : ` ${absent}`}`;
}

function whoSaid(actor: Actor, say: Names): string {
  const { person, post, capacity, authority } = actor;
  if (capacity === 'system' || person === 'system') return '系统';
  const on = authority === undefined ? '' : `,依据 ${authority}`;
  return `${say.person(person)}(${say.post(post)},${capacitySaid(actor, say)}${on})`;
}

export interface EntryWords {
  readonly say: Names;
  readonly library: Library;
  readonly labelOf: (clock: string) => string;
}

/** What an entry says, part by part. */
export interface EntrySaid {
  /** What brought it about, where it was no person's own command. */
  readonly because: readonly string[];
  /** One sentence an event. */
  readonly events: readonly string[];
  /** What the clocks did. */
  readonly clocks: readonly string[];
}

/**
 * Says entries in their order: ladders are followed from arming to arming, so that a rung is named as it was then.
 * `ladderOf` holds the ladder of each clock before the first entry said.
 */
export function entrySpeaker(
  { say, library, labelOf }: EntryWords,
  ladderOf: Map<string, string> = new Map(),
): (content: EntryContent) => EntrySaid {
  return (content) => {
    const words: ClockWords = {
      clock: labelOf,
      rung: (clock, rung) => library.ladder(ladderOf.get(clock) ?? '')?.rungs.find(({ id }) => id === rung),
      ladder: (ladderHash, name) => library.ladder(ladderHash)?.title ?? name,
      calendar: library.name(content.versions.calendar).version,
    };
    const clocks = content.kernel.map((event: KernelEvent) => {
      if (event.type === 'clock-armed') ladderOf.set(event.clock, event.ladderHash);
      return kernelSaid(event, words);
    });
    const speaker = { ...say, item: itemsOf(library.policy(content.versions)) };
    const events = content.events.map((event) => eventSaid(content.kind, event, speaker));
    return { because: because(content), events, clocks };
  };
}

/** The entries of a case from its first one on. */
export function saidEntries(
  entries: readonly { readonly seq: number; readonly hash: string; readonly content: EntryContent }[],
  words: EntryWords,
): readonly ReplayEntry[] {
  const saidOf = entrySpeaker(words);
  return entries.map(({ seq, hash, content }) => {
    const { because: why, events, clocks } = saidOf(content);
    return {
      seq,
      at: content.at,
      hash,
      who: whoSaid(content.actor, words.say),
      said: [...why, ...events, ...clocks],
      content,
    };
  });
}

/** What brought the entry about, where it was no person's own command; and a receipt earlier than the writing. */
function because({ cause, at, received }: EntryContent): string[] {
  const late = at - received >= 1_000 ? [`收到于 ${instantText(received)}`] : [];
  if (cause.type === 'told') return [`由 ${cause.from} 告知`, ...late];
  if (cause.type === 'recount') return [`因公布(第 ${cause.publication} 号)重新计算`, ...late];
  return late;
}

/** What was asked of the case and not done, oldest first. */
export async function refusedUntil(
  client: Queryable,
  caseId: string,
  at: number,
  labelOf: (command: string) => string,
  say: Names,
): Promise<readonly ReplayRefusal[]> {
  const { rows } = await client.query<{
    at: string;
    person: string;
    post: string;
    command: string;
    code: string;
    article: string | null;
    details: object | null;
  }>(
    'SELECT at, person, post, command, code, article, details FROM refusals WHERE case_id = $1 AND at <= $2 ORDER BY at, id',
    [caseId, at],
  );
  return rows.map(({ at: when, person, post, command, code, article, details }) => ({
    at: Number(when),
    who: person === 'system' ? '系统' : `${say.person(person)}(${say.post(post)})`,
    command: labelOf(command),
    code,
    article,
    text: refusalText({ code, ...(details === null ? {} : { details: details as Record<string, string> }) }),
  }));
}
