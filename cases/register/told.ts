/** A chain of the register as people read it: what changed, by whom, in sentences; and what it said at the end of a day. */
import type pg from 'pg';
import { endOfDay } from '../../domain/kernel/civil-day.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import { foldRegister, type FoldedRegister } from '../../domain/register/fold.ts';
import { holdsOn } from '../../domain/register/register.ts';
import { ROLE_TITLES } from '../../domain/notices/role-titles.ts';
import {
  changeSentence,
  namesIn,
  RISK_WORDS,
  STATUS_WORDS,
  UNIT_KIND_WORDS,
  type NameOf,
} from '../../domain/words/register.ts';
import { listEntries } from '../lists.ts';
import type { RegisterEntry } from './chains.ts';
import { capacitySaid } from '../replay/entries.ts';
import { speakerOf } from '../replay/names.ts';
import { registerHistory } from './history.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;
type Of = Parameters<NameOf>[0];

export interface ToldEntry {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly person: string;
  /** Null for the office itself. */
  readonly who: string | null;
  readonly what: readonly string[];
}

const COLUMNS: Readonly<Record<Of, readonly [table: string, column: string]>> = {
  unit: ['units', 'name'],
  post: ['posts', 'title'],
  person: ['persons', 'name'],
  subject: ['subjects', 'name'],
};

/** The names of today; an id that has none reads as it is. One query a kind. */
async function namesOf(db: Queryable, wanted: readonly (readonly [Of, string])[]): Promise<NameOf> {
  const found = new Map<string, string>();
  for (const of of ['unit', 'post', 'person', 'subject'] as const) {
    const ids = [...new Set(wanted.filter(([one]) => one === of).map(([, id]) => id))];
    if (ids.length === 0) continue;
    const [table, column] = COLUMNS[of];
    const { rows } = await db.query<{ id: string; name: string }>(
      `SELECT id, ${column} AS name FROM ${table} WHERE id = ANY($1)`,
      [ids],
    );
    for (const { id, name } of rows) found.set(`${of}/${id}`, name);
  }
  return (of, id) => found.get(`${of}/${id}`) ?? id;
}

/** Newest first, before a sequence number. */
export async function toldEntries(
  db: Queryable,
  chain: string,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<{ readonly rows: readonly ToldEntry[]; readonly next: number | null }> {
  const { rows, next } = await listEntries(db, chain, { order: 'newest', limit, after: before });
  const entries = rows.map(({ content, ...row }) => ({ ...row, content: content as RegisterEntry }));
  const name = await namesOf(
    db,
    entries.flatMap(({ content: { actor, changes } }) => [['post', actor.post] as const, ...changes.flatMap(namesIn)]),
  );
  const say = await speakerOf(
    db,
    entries.map(({ content }) => content.actor),
  );
  const whoSaid = (actor: Actor): string => {
    const deputy = actor.capacity === 'self' ? '' : `，${capacitySaid(actor, say)}`;
    return `${say.person(actor.person)}（${name('post', actor.post)}${deputy}）`;
  };
  return {
    rows: entries.map(({ seq, at, hash, content: { actor, changes } }) => ({
      seq,
      at,
      hash,
      person: actor.person,
      who: actor.capacity === 'system' ? null : whoSaid(actor),
      what: changes.map((change) => changeSentence(change, name)),
    })),
    next,
  };
}

export interface AsOnDay {
  readonly on: string;
  /** Entries written by the end of the day, and later ones that are not counted here. */
  readonly entries: number;
  readonly later: number;
  /** Empty while it was not registered yet. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What the chain said at the end of the day: entries written by then, folded; names as they are today. */
export async function asOnDay(db: Queryable, of: Of, id: string, on: string): Promise<AsOnDay> {
  const chain = `${of}/${id}`;
  const lines = await registerHistory(db, chain);
  const by = lines.filter(({ at }) => at < endOfDay(on));
  const folded = foldRegister([{ chain, changes: by.flatMap(({ changes }) => changes) }]);
  const name = await namesOf(db, [[of, id], ...by.flatMap(({ changes }) => changes.flatMap(namesIn))]);
  const facts = FACTS[of](folded, id, on, name);
  return {
    on,
    entries: by.length,
    later: lines.length - by.length,
    facts: facts.map(([label, value]) => ({ name: label, value })),
  };
}

type Fact = readonly [name: string, value: string];

const FACTS: Readonly<Record<Of, (folded: FoldedRegister, id: string, on: string, name: NameOf) => readonly Fact[]>> = {
  unit: ({ units }, id, _on, name) => {
    const unit = units.get(id);
    if (unit === undefined) return [];
    return [
      ['名称', unit.name],
      ['类型', UNIT_KIND_WORDS[unit.kind]],
      ['隶属', unit.parent === null ? '—' : name('unit', unit.parent)],
    ];
  },
  post: ({ posts, tenures }, id, on, name) => {
    const post = posts.get(id);
    if (post === undefined) return [];
    const holder = [...tenures.values()].find((tenure) => holdsOn(tenure, on));
    return [
      ['岗位', post.title],
      ['类别', ROLE_TITLES[post.role]],
      ['包保级别', post.class ?? '不包保主体'],
      ['单位', name('unit', post.unit)],
      ['上级', post.superior === null ? '—' : name('post', post.superior)],
      ['在任', holder === undefined ? '空缺' : `${name('person', holder.person)}，${holder.fromOn} 起`],
      ['设岗', `${post.fromOn}${post.toOn === null ? '' : ` 至 ${post.toOn}`}`],
    ];
  },
  person: ({ persons, absences, pledges }, id, on, name) => {
    if (!persons.has(id)) return [];
    const away = [...absences.values()].find(({ fromOn, toOn }) => fromOn <= on && on <= toOn);
    return [
      ['姓名', name('person', id)],
      ['请假', away === undefined ? '没有' : `${away.fromOn} 至 ${away.toOn}，${away.cause}`],
      ['代理人', away === undefined || away.deputy === null ? '—' : name('person', away.deputy)],
      [
        '承诺书',
        [...pledges.values()].map(({ post, version }) => `${name('post', post)} ${version} 版`).join('；') || '没有',
      ],
    ];
  },
  subject: ({ subjects, bindings }, id, on, name) => {
    const subject = subjects.get(id);
    if (subject === undefined) return [];
    const binding = [...bindings.values()].find((one) => holdsOn(one, on));
    return [
      ['名称', subject.name],
      ['状态', STATUS_WORDS[subject.status]],
      ['分级', `${subject.class} 级`],
      ['风险', RISK_WORDS[subject.risk]],
      ['业态', subject.trade],
      ['单位', name('unit', subject.unit)],
      ['地址', subject.address],
      ['包保', binding === undefined ? '没有' : `${name('post', binding.post)}，${binding.fromOn} 起`],
    ];
  },
};
